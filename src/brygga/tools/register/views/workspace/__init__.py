"""The register's pages on the desk of a dialogue, and those of an organisation."""
