"""The organisation in the workspace: what it is, its bodies, its people, its invitations."""
