"""The one error of this package."""


class ScoringError(ValueError):
    """What was given cannot be counted. The message is one Indonesian sentence for the reader."""
