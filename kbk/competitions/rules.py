"""Rules of editions, stages and names. Pure."""

import unicodedata


def name_key(name: str) -> str:
    """The compared form of a unit's or group's name: compatible letters, single blanks, no punctuation, lower case."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in text).split())
