"""The HTTP edge: access, identity, errors, headers, forms, filters and navigation."""
