"""The pages, each a module with `register(app, site)`; the shell lists those in `NAVIGATION`."""
