"""The committee's arithmetic: rubrics, sheets, aggregation, places, reasons.

Pure and exact. Nothing in here knows a web, a database, a clock, chance or (outside `agreement`) a float,
so an auditor can read it alone and recount a result from one file: `python -m scoring recount FILE.json`.
"""
