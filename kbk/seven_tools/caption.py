"""What stands above and below every drawing: title, subtitle, source of the data."""

from dataclasses import dataclass

from kbk.seven_tools.parsing import Reader

CAPTION_FIELDS = ("title", "subtitle", "source")


@dataclass(frozen=True, slots=True)
class Caption:
    """`source` says where the data come from; jurors ask for it first."""

    title: str
    subtitle: str
    source: str


def parse_caption(data: Reader, title: str) -> Caption:
    """The three caption texts of the input, with `title` where none is given."""
    return Caption(
        title=data.at("title").text() if data.has("title") else title,
        subtitle=optional_text(data, "subtitle"),
        source=optional_text(data, "source"),
    )


def optional_text(data: Reader, key: str, default: str = "") -> str:
    """The text under `key`, or `default` where it is left out."""
    return data.at(key).text() if data.has(key) else default
