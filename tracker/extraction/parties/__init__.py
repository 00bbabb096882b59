"""Who gives an amount and who receives it."""
