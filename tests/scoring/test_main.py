import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from scoring.__main__ import main
from scoring.record import parse_record
from scoring.recount import recount

RECORD = {
    "format": "kbk-scores/1",
    "stages": [
        {
            "name": "Risalah",
            "weight": "100",
            "method": "mean",
            "missing": "wait",
            "rubric": {"criteria": [{"id": "isi", "weight": "100", "maximum": "10"}]},
            "ties": ["isi"],
            "sheets": [
                {"entry": "Ma'ruf – A", "judge": "J1", "marks": {"isi": "8.5"}},
                {"entry": "B", "judge": "J1", "marks": {"isi": "9"}},
            ],
        }
    ],
}
USAGE = "Cara pakai: python -m scoring recount BERKAS.json [--terangkan PESERTA].\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "nilai.json"
    path.write_text(json.dumps(RECORD), encoding="utf-8")
    return path


def test_recount_prints_the_result(file: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["recount", str(file)]) == 0
    output = capfdbinary.readouterr().out
    assert json.loads(output) == recount(parse_record(file.read_bytes()))
    assert "Ma'ruf – A".encode() in output


def test_terangkan_prints_the_explanation(file: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["recount", str(file), "--terangkan", "B"]) == 0
    assert capfdbinary.readouterr().out.decode().splitlines()[-1] == "Peringkat 1."


@pytest.mark.parametrize("arguments", [[], ["hitung"], ["recount"], ["recount", "a", "b"]])
def test_wrong_command_is_refused_with_one_sentence(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err == USAGE


def test_hostile_record_is_refused_with_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "nilai.json"
    path.write_text(json.dumps(RECORD).replace('"8.5"', '"NaN"'), encoding="utf-8")
    assert main(["recount", str(path)]) == 2
    assert capsys.readouterr().err == (
        "Tahap Risalah: lembar juri J1 untuk Ma'ruf – A harus angka desimal biasa, misalnya 8.5.\n"
    )


def test_module_hands_its_arguments_to_the_command(
    file: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "argv", ["scoring", "recount", str(file), "--terangkan", "B"])
    monkeypatch.delitem(sys.modules, "scoring.__main__")
    with pytest.raises(SystemExit, match=r"^0$"):
        runpy.run_module("scoring", run_name="__main__")
    assert capfdbinary.readouterr().out.endswith(b"Peringkat 1.\n")


def test_command_runs_as_a_module(file: Path) -> None:
    command = [sys.executable, "-m", "scoring", "recount", str(file)]
    once, twice = (subprocess.run(command, capture_output=True, check=True) for _ in range(2))
    assert once.stdout == twice.stdout
    assert json.loads(once.stdout)["places"][0]["entry"] == "B"
    refused = subprocess.run([*command[:4], str(file.parent)], capture_output=True, check=False)
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert refused.stderr.decode() == "Berkas catatan nilai tidak dapat dibuka.\n"


@pytest.mark.parametrize("line", ['"$@" >&-', '"$@" > /dev/full'])
def test_result_that_cannot_be_written_is_refused_with_one_sentence(line: str, file: Path) -> None:
    command = [sys.executable, "-m", "scoring", "recount", str(file)]
    done = subprocess.run(["sh", "-c", line, "sh", *command], capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (2, "Hasil tidak dapat ditulis.\n")


def test_interruption_is_told_in_one_sentence() -> None:
    script = (
        "import signal, sys\n"
        "from scoring.__main__ import main\n"
        "signal.signal(signal.SIGALRM, signal.default_int_handler)\n"
        "signal.setitimer(signal.ITIMER_REAL, 0.1)\n"
        "sys.exit(main(['recount', '/dev/stdin']))\n"
    )
    read_end, write_end = os.pipe()
    with os.fdopen(read_end) as waiting, os.fdopen(write_end, "wb"):
        done = subprocess.run([sys.executable, "-c", script], stdin=waiting, capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (2, "Dihentikan sebelum selesai.\n")
