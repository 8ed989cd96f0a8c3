"""Commands about people: the first organiser of an installation."""

import click
from flask.cli import with_appcontext

from kbk import clock
from kbk.accounts import service
from kbk.accounts.links import invitation_link
from kbk.accounts.offices import sitting_judges
from kbk.db import transaction
from kbk.errors import DomainError


@click.command("add-organiser")
@click.argument("name")
@with_appcontext
def add_organiser(name: str) -> None:
    """Name a member of the committee and print the link by which NAME chooses a password."""
    try:
        _print_link(name)
    except DomainError as error:
        raise click.ClickException(error.message) from error


def _print_link(name: str) -> None:
    with transaction():
        person = service.add_organiser(None, name=name, judges=sitting_judges(), now=clock.now())
        invitation = service.invite(None, person, clock.now())
    click.echo(invitation_link(invitation, "KBK sebagai panitia gelar").url)


COMMANDS = (add_organiser,)
