"""Shell interface: `python -m kbk.seven_tools KIND < input.json` prints the result as JSON, `--svg` the drawing."""

import json
import sys
from collections import Counter

from kbk.seven_tools.errors import ToolInputError
from kbk.seven_tools.parsing import clean
from kbk.seven_tools.registry import KINDS, Tool, tool

MOST_BYTES = 4_000_000
_MOST_DIGITS = 400
_OUTPUTS = ("--json", "--svg", "--table")
_USAGE = (
    "Pakai: python -m kbk.seven_tools JENIS [--svg | --table] < data.json;"
    f" JENIS salah satu dari {', '.join(KINDS)}."
)


def main(arguments: list[str]) -> int:
    """Exit status 0, or 2 after one sentence on stderr."""
    if arguments in (["--help"], ["-h"]):
        print(_USAGE)
        return 0
    try:
        kind, output = _read_arguments(arguments)
        _print(_write(tool(kind), decode(_given()), output))
    except ToolInputError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Dihentikan sebelum selesai.", file=sys.stderr)
        return 2
    return 0


def _given() -> bytes:
    try:
        with open(0, "rb", closefd=False) as given:
            return given.read(MOST_BYTES + 1)
    except OSError:
        raise ToolInputError("Isi data tidak dapat dibaca.") from None


def _print(written: str) -> None:
    """Past sys.stdout, which would try again at exit what a closed pipe or a full disk has refused."""
    try:
        with open(1, "wb", closefd=False) as output:
            output.write(written.encode() + b"\n")
    except OSError:
        raise ToolInputError("Hasil tidak dapat ditulis.") from None


def _read_arguments(arguments: list[str]) -> tuple[str, str]:
    kinds = [word for word in arguments if not word.startswith("-")]
    outputs = [word for word in arguments if word.startswith("-")] or ["--json"]
    if len(kinds) != 1 or kinds[0] not in KINDS or len(outputs) > 1 or outputs[0] not in _OUTPUTS:
        raise ToolInputError(_USAGE)
    return kinds[0], outputs[0]


def _write(chosen: Tool, data: object, output: str) -> str:
    if not isinstance(data, dict):
        raise ToolInputError('Isi data harus berupa satu objek JSON, misalnya {"items": [["A", 12]]}.')
    result = chosen.parse(data)
    if output == "--svg":
        return chosen.draw(result)
    if output == "--table":
        found = chosen.table(result)
        return json.dumps(
            {"caption": found.caption, "header": found.header, "rows": found.rows}, ensure_ascii=False
        )
    return json.dumps(result.to_json(), ensure_ascii=False, allow_nan=False)


def decode(raw: bytes) -> object:
    """The JSON value in `raw`; no key may stand twice in an object, and numbers and nesting have an end.

    NaN and Infinity become floats, which every tool refuses where they stand.
    """
    if len(raw) > MOST_BYTES:
        raise ToolInputError(f"Isi data lebih besar dari {MOST_BYTES // 1_000_000} MB.")
    try:
        return json.loads(
            raw.decode("utf-8-sig"), object_pairs_hook=_object, parse_int=_whole, parse_float=_fractional
        )
    except UnicodeDecodeError as error:
        raise ToolInputError(f"Isi data bukan teks UTF-8 (bita ke-{error.start + 1}).") from None
    except json.JSONDecodeError as error:
        raise ToolInputError(
            f"Isi data bukan JSON yang benar (baris {error.lineno}, kolom {error.colno})."
        ) from None
    except RecursionError:
        raise ToolInputError("Isi data bersarang terlalu dalam.") from None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)
        raise ToolInputError(f'Isi "{clean(twice)[:40]}" ditulis lebih dari satu kali.')
    return found


def _whole(digits: str) -> float:
    """An integer, or infinity for one so long that reading it would take time."""
    return int(digits) if len(digits) <= _MOST_DIGITS else float("-inf" if digits[0] == "-" else "inf")


def _fractional(digits: str) -> float:
    """A number with decimals or an exponent; one too small for a double must not become a 0 that nobody typed."""
    nothing = not digits.lower().partition("e")[0].strip("-0.")
    return float(digits) or (0.0 if nothing else sys.float_info.min)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
