"""Pages: each registers its layout and its callbacks, which call plain functions."""
