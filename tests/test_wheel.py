"""The wheel carries everything: unpacked far from the checkout it serves the first page with its styles."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parent.parent
SERVE = """
import sys
from kbk.app import create_app
from kbk.settings import Settings
from flask_migrate import upgrade

app = create_app(Settings(_env_file=None))
with app.app_context():
    upgrade()
client = app.test_client()
for address in sys.argv[1:]:
    answer = client.get(address)
    sys.stdout.write(f"{answer.status_code} {address}\\n{answer.get_data(as_text=True)}\\n")
"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    wheel = next(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"]))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def served(unpacked, tmp_path, *addresses):
    """What the unpacked wheel answers, in a process that knows nothing of the checkout."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(unpacked), "KBK_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-P", "-c", SERVE, *addresses]
    ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    return ran.stdout


def test_the_wheel_serves_the_first_page_with_its_styles(unpacked, tmp_path):
    page = served(unpacked, tmp_path, "/")
    assert page.startswith("200 /\n")
    assert "<h1>Gelar Budaya Kerja</h1>" in page
    styles = re.findall(r'href="(/static/[^"]+\.css)', page)
    assert len(styles) >= 2
    assert served(unpacked, tmp_path, *styles).count("200 /static/") == len(styles)


def test_the_wheel_holds_no_tests_and_no_build_leftovers(unpacked):
    tops = {path.name for path in unpacked.iterdir() if not path.name.endswith(".dist-info")}
    assert tops == {"kbk", "scoring"}
    assert list(unpacked.rglob("node_modules")) == []
    assert (unpacked / "kbk" / "_templates" / "layouts" / "base.html").is_file()
