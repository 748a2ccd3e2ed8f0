"""What the team types. A form gives the operation's own data, and shows its errors."""
