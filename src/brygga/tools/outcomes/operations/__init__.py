"""Writes. Each is one transaction with its audit row and the letters that tell of it."""
