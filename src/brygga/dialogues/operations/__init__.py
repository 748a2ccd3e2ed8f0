"""Writes, one module per noun. Each does one thing in one transaction, with its audit row."""
