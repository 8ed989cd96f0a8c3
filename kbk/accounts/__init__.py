"""People: signing in, sessions that can be revoked, one-use invitations."""
