"""Judges, the entries they are appointed to, and their score sheets."""
