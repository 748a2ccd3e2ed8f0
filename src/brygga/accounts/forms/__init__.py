"""What people fill in: about the organisation and themselves, and to sign in."""
