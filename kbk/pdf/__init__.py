"""Makes PDF papers from HTML. The only package that may import WeasyPrint."""
