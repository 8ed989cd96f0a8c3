"""How the refusal of a file is worded, and a file's name made fit to be shown and kept."""

import re
import unicodedata

from kbk.errors import FileProblem

MAX_NAME = 150

_UNSAFE = re.compile(r'[<>:"|?*]')
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def refusal(name: str, fault: str, way_out: str) -> FileProblem:
    """One sentence naming the file and its fault, one naming the way out; both without the full stop."""
    return FileProblem(f"Berkas “{name}” {fault}. {way_out}.")


def clean_filename(filename: str) -> str:
    """The name without folders, invisible and unsafe characters, in NFC, of at most 150 characters.

    The extension survives the shortening; a name of which nothing is left becomes ``berkas``.
    """
    name = unicodedata.normalize("NFC", filename).replace("\\", "/").rpartition("/")[2]
    name = "".join(sign for sign in name if sign.isspace() or unicodedata.category(sign) not in _INVISIBLE)
    name = " ".join(_UNSAFE.sub("_", name).split()).strip(" .")
    stem, dot, extension = name.rpartition(".")
    if len(name) > MAX_NAME and dot and len(extension) <= 10:
        return f"{stem[: MAX_NAME - len(extension) - 1].rstrip()}.{extension}"
    return name[:MAX_NAME].rstrip() or "berkas"
