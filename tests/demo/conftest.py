"""The demonstration's contest, run to its end once for all tests here, with its papers on disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from kbk.app import create_app
from kbk.cli import main
from kbk.settings import Settings


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder `kbk demo --hasil` has written, and what it printed."""
    folder = tmp_path_factory.mktemp("hasil")
    environment = {"KBK_DATA_DIR": str(tmp_path_factory.mktemp("own")), "KBK_BASE_URL": "http://localhost"}
    ran = CliRunner().invoke(main, ["demo", "--hasil", str(folder)], env=environment, catch_exceptions=False)
    assert ran.exit_code == 0
    return folder, ran.output


@pytest.fixture
def finished_app(finished: tuple[Path, str]) -> Iterator[Flask]:
    """An application on the finished contest's database."""
    data = finished[0] / "data-demo"
    app = create_app(Settings(_env_file=None, data_dir=data, base_url="http://localhost"))
    with app.app_context():
        yield app
