"""The trail of changes: who did what to which thing, when; written once and chained by hashes."""
