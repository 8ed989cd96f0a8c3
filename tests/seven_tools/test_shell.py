"""The shell interface as a teacher or tester meets it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

import pytest

from kbk.seven_tools import KINDS, ToolInputError
from kbk.seven_tools.__main__ import MOST_BYTES, decode
from tests.seven_tools.cases import HISTOGRAM
from tests.seven_tools.more_cases import ALL

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "kbk.seven_tools"]


def run(*arguments: str, given: bytes | str) -> subprocess.CompletedProcess[bytes]:
    data = given.encode() if isinstance(given, str) else given
    return subprocess.run(
        [*COMMAND, *arguments], input=data, capture_output=True, cwd=ROOT, timeout=20, check=False
    )


def test_pareto_prints_its_result_as_json() -> None:
    done = run("pareto", given='{"items": [["B", 1], ["A", 3]]}')
    assert done.returncode == 0
    assert json.loads(done.stdout) == {
        "items": [
            {"label": "A", "count": 3, "percent": 75.0, "cumulative_percent": 75.0},
            {"label": "B", "count": 1, "percent": 25.0, "cumulative_percent": 100.0},
        ],
        "total": 4,
        "vital_few": 2,
    }


def test_svg_and_table_are_printed_on_request() -> None:
    given = json.dumps(HISTOGRAM["plain"])
    drawing, table = run("histogram", "--svg", given=given), run("histogram", "--table", given=given)
    assert drawing.stdout.startswith(b"<svg ")
    assert drawing.stdout.endswith(b"</svg>\n")
    assert json.loads(table.stdout)["header"] == ["Kelas (Lama layanan (menit))", "Banyak nilai", "Persen"]


@pytest.mark.parametrize(
    ("arguments", "given", "sentence"),
    [
        (("pareto",), '{"items": [["A", NaN]]}', 'Isi "items" ke-1, ke-2 harus berupa angka yang terhingga.'),
        (
            ("pareto",),
            '{"items": [["A", 1e999]]}',
            'Isi "items" ke-1, ke-2 harus berupa angka yang terhingga.',
        ),
        (("pareto",), '{"items": 1, "items": 2}', 'Isi "items" ditulis lebih dari satu kali.'),
        (("pareto",), "[1, 2]", 'Isi data harus berupa satu objek JSON, misalnya {"items": [["A", 12]]}.'),
        (("pareto",), "", "Isi data bukan JSON yang benar (baris 1, kolom 1)."),
        (("pareto",), b'{"items": "\xff"}', "Isi data bukan teks UTF-8 (bita ke-12)."),
        (("histogram",), '{"values":' + "[" * 100_000, "Isi data bersarang terlalu dalam."),
        (("histogram",), '{"values":[' + "1," * 3_000_000 + "1]}", "Isi data lebih besar dari 4 MB."),
        (
            ("histogram",),
            '{"values":[1,' + "9" * 100_000 + "]}",
            'Isi "values" ke-2 harus berupa angka yang terhingga.',
        ),
    ],
)
def test_bad_input_exits_2_with_one_sentence(
    arguments: tuple[str, ...], given: bytes | str, sentence: str
) -> None:
    done = run(*arguments, given=given)
    assert (done.returncode, done.stdout, done.stderr.decode()) == (2, b"", sentence + "\n")


@pytest.mark.parametrize("arguments", [(), ("bogus",), ("pareto", "--png"), ("pareto", "histogram")])
def test_wrong_arguments_exit_2_with_the_usage(arguments: tuple[str, ...]) -> None:
    done = run(*arguments, given="{}")
    assert done.returncode == 2
    assert done.stderr.decode().startswith("Pakai: python -m kbk.seven_tools JENIS")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_served(kind: str) -> None:
    done = run(kind, given=json.dumps(next(iter(ALL[kind].values()))))
    assert (done.returncode, done.stderr) == (0, b"")
    assert isinstance(json.loads(done.stdout), dict)


def test_decode_reads_at_most_the_limit() -> None:
    with pytest.raises(ToolInputError, match="lebih besar dari 4 MB"):
        decode(b" " * (MOST_BYTES + 1))


def test_decode_ignores_a_byte_order_mark() -> None:
    assert decode(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


def test_start_takes_less_than_150_milliseconds() -> None:
    """Counted in processor time, so that other work on the machine does not count."""
    times = []
    for _ in range(5):
        before = getrusage(RUSAGE_CHILDREN)
        run("pareto", given='{"items": [["A", 1]]}')
        after = getrusage(RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(times) < 0.15


def test_package_imports_only_itself_and_the_standard_library() -> None:
    script = (
        "import sys\n"
        "from kbk.seven_tools import KINDS, tool\n"
        "for kind in KINDS: tool(kind)\n"
        "names = {name.partition('.')[0] for name in sys.modules}\n"
        "print(sorted(names - set(sys.stdlib_module_names) - {'__main__', 'sitecustomize'}))\n"
        "print(sorted(n for n in sys.modules if n.startswith('kbk.') and not n.startswith('kbk.seven_tools')))\n"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", script], capture_output=True, cwd=ROOT, text=True, check=True
    )
    assert done.stdout == "['kbk']\n[]\n"


def test_second_use_of_a_key_is_found_at_once_among_many() -> None:
    keys = ",".join(f'"{number}":1' for number in range(200_000))
    with pytest.raises(ToolInputError, match=r'^Isi "last" ditulis lebih dari satu kali\.$'):
        decode(f'{{{keys},"last":1,"last":1}}'.encode())


@pytest.mark.parametrize(("typed", "read"), [("0.0", 0), ("-0e5", 0), ("0.00e-999", 0), ("12.5e-1", 1.25)])
def test_decimals_are_read_as_typed(typed: str, read: float) -> None:
    assert decode(f"[{typed}]".encode()) == [read]


def test_number_too_small_for_a_double_is_no_zero() -> None:
    done = run("pareto", given='{"items": [["A", 1], ["B", 1e-400]]}')
    assert done.stderr.decode() == ('Isi "items" ke-2, ke-2 terlalu kecil untuk dihitung dengan teliti.\n')


PARETO = [*COMMAND, "pareto"]
ITEMS = '{"items": [["A", 1]]}'


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('"$@" <&-', "Isi data tidak dapat dibaca.\n"),
        ("echo '" + ITEMS + '\' | "$@" >&-', "Hasil tidak dapat ditulis.\n"),
        ("echo '" + ITEMS + '\' | "$@" > /dev/full', "Hasil tidak dapat ditulis.\n"),
    ],
)
def test_closed_and_full_streams_exit_2_with_one_sentence(line: str, sentence: str) -> None:
    done = subprocess.run(
        ["sh", "-c", line, "sh", *PARETO], capture_output=True, cwd=ROOT, timeout=20, check=False
    )
    assert (done.returncode, done.stderr.decode()) == (2, sentence)


def test_reader_that_has_gone_away_is_told_in_one_sentence() -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    with os.fdopen(write_end, "wb") as output:
        done = subprocess.run(
            PARETO,
            input=ITEMS.encode(),
            stdout=output,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            timeout=20,
            check=False,
        )
    assert (done.returncode, done.stderr.decode()) == (2, "Hasil tidak dapat ditulis.\n")


def test_interruption_exits_2_with_one_sentence() -> None:
    script = (
        "import signal, sys\n"
        "from kbk.seven_tools.__main__ import main\n"
        "signal.signal(signal.SIGALRM, signal.default_int_handler)\n"
        "signal.setitimer(signal.ITIMER_REAL, 0.1)\n"
        "sys.exit(main(['pareto']))\n"
    )
    read_end, write_end = os.pipe()
    with os.fdopen(read_end) as waiting, os.fdopen(write_end, "wb"):
        done = subprocess.run(
            [sys.executable, "-c", script],
            stdin=waiting,
            capture_output=True,
            cwd=ROOT,
            timeout=20,
            check=False,
        )
    assert (done.returncode, done.stderr.decode()) == (2, "Dihentikan sebelum selesai.\n")
