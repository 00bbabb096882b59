"""What stage the text puts an amount in, and whether it is held: status and hold."""
