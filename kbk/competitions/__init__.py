"""Editions of the contest: categories, stages with rubric and dates, units of the city."""
