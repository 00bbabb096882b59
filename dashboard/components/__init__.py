"""Parts of pages: plain values in, Dash components out."""
