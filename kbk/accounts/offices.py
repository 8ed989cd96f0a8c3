"""What this feature has to know of offices whose features stand above it; the program's assembly tells."""

from collections.abc import Callable, Sequence
from typing import cast

from flask import Flask, current_app

from kbk.accounts.rules import SittingJudge

_JUDGES = "accounts.sitting_judges"
SittingJudges = Callable[[], Sequence[SittingJudge]]


def init_offices(app: Flask, *, sitting_judges: SittingJudges) -> None:
    """Tell the feature how to learn who judges an edition that is not decided yet."""
    app.extensions[_JUDGES] = sitting_judges


def sitting_judges() -> Sequence[SittingJudge]:
    """Those who judge an edition that is not decided yet."""
    return cast(SittingJudges, current_app.extensions[_JUDGES])()
