"""The shell interface as a teacher or tester meets it."""

import json
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
