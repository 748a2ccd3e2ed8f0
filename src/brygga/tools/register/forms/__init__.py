"""What is asked for on the register's pages."""
