"""The dashboard: charts, tables and evidence over the data folder, in the browser."""
