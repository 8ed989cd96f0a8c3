"""The groups (KBK) of an edition: profile, members, import from Excel, progress."""
