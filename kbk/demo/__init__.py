"""A whole demonstration edition, the same at every loading."""
