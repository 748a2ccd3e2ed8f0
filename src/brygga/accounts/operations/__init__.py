"""Everything that writes people and organisations, each in one transaction with its audit row."""
