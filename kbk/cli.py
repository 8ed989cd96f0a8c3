"""The `kbk` command, gathered from the features."""

from flask.cli import FlaskGroup

from kbk.accounts.commands import COMMANDS as ACCOUNTS
from kbk.app import create_app
from kbk.demo.commands import COMMANDS as DEMO
from kbk.installation import COMMANDS as INSTALLATION

main = FlaskGroup(
    name="kbk",
    create_app=create_app,
    add_default_commands=False,
    help="Runs the work-culture contests of an Indonesian local government.",
)
for command in (*INSTALLATION, *ACCOUNTS, *DEMO):
    main.add_command(command)
