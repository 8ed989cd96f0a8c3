"""Pages that look across all features: the committee's overview and the public front page."""
