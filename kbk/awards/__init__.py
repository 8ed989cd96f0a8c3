"""Closing a stage: ranking, ties, who advances, publication, papers."""
