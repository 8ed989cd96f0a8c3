"""`python -m kbk` is the `kbk` command."""

from kbk.cli import main

main()
