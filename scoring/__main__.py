"""`python -m scoring recount FILE.json [--terangkan ENTRY]`: count a score record again, or explain one entry."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from scoring.errors import ScoringError
from scoring.record import read_record
from scoring.recount import explain_record, recount

REFUSED = 2
"""Exit code for a record or a command that cannot be used."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise ScoringError("Cara pakai: python -m scoring recount BERKAS.json [--terangkan PESERTA].")


def main(arguments: Sequence[str]) -> int:
    """Print the result as JSON, or the explanation as text, in UTF-8; 2 and one sentence when that is impossible."""
    parser = _Parser(prog="python -m scoring", description="Menghitung ulang catatan nilai.")
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("recount", help="hitung ulang satu berkas catatan nilai")
    command.add_argument("file", type=Path, metavar="BERKAS.json")
    command.add_argument("--terangkan", metavar="PESERTA", help="terangkan jalan dari nilai ke peringkat")
    try:
        options = parser.parse_args(arguments)
        record = read_record(options.file)
        if options.terangkan is None:
            text = json.dumps(recount(record), ensure_ascii=False, indent=2)
        else:
            text = explain_record(record, options.terangkan)
        _print(text)
    except ScoringError as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED
    except KeyboardInterrupt:
        sys.stderr.write("Dihentikan sebelum selesai.\n")
        return REFUSED
    return 0


def _print(text: str) -> None:
    """Past sys.stdout, which would try again at exit what a closed pipe or a full disk has refused."""
    try:
        with open(1, "wb", closefd=False) as output:
            output.write(f"{text}\n".encode())
    except OSError:
        raise ScoringError("Hasil tidak dapat ditulis.") from None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
