"""What arrives, freed of what can be no text and no number of ours.

Characters that no page may show and no database keeps come with a paste from a PDF or a table, never from a
keyboard, so they are left out without a word.
"""

import re
from functools import cached_property
from typing import Any

from flask import Flask, Request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.routing import IntegerConverter

NO_TEXT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef"
    + "".join(chr(plane + end) for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF))
    + "]"
)
"""Control characters and the code points that Unicode keeps out of texts (HTML Standard, "noncharacter")."""


def only_text(sent: MultiDict[str, str]) -> ImmutableMultiDict[str, str]:
    """The same fields and values, without what is no text."""
    return ImmutableMultiDict(
        (NO_TEXT.sub("", name), NO_TEXT.sub("", value)) for name, value in sent.items(multi=True)
    )


class TextRequest(Request):
    """A request whose form and query hold nothing but text."""

    @cached_property
    def args(self) -> Any:
        """The fields of the address."""
        return only_text(super().args)

    def _load_form_data(self) -> None:
        loaded = "form" in self.__dict__
        super()._load_form_data()
        if not loaded:
            self.__dict__["form"] = only_text(self.__dict__["form"])


class StoredNumber(IntegerConverter):
    """A number in an address; one that does not fit the databases' columns names nothing."""

    regex = r"\d{1,9}"


def init_incoming(app: Flask) -> None:
    """Read requests so. Must come before any address is added."""
    app.request_class = TextRequest
    app.url_map.converters["int"] = StoredNumber
