"""The `kbk` command; features add theirs."""

from flask.cli import FlaskGroup

from kbk.app import create_app


def main() -> None:
    """Run the command line."""
    FlaskGroup(name="kbk", create_app=create_app, add_default_commands=False)()
