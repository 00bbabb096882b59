"""A sentence against the known figures: evidence in bands, never a verdict."""
