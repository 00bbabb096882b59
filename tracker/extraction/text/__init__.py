"""The text itself: its sentences and words, the phrases and names in them."""
