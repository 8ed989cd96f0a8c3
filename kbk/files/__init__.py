"""Uploaded files: what is accepted, where it is kept, and spreadsheets read as rows."""
