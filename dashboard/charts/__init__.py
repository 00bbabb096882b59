"""Charts: a frame in, a Plotly figure out; no files, no requests, no state."""
