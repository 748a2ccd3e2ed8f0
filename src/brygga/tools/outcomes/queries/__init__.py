"""Reads. Fetching is authorising: what is given may be seen by whom it is given to."""
