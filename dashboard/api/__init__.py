"""The data for machines, under the names and with the query strings of the pages."""

from dashboard.api.routes import add_api

__all__ = ["add_api"]
