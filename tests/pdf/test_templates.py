import pytest
from jinja2 import TemplateNotFound, UndefinedError

from kbk.pdf.templates import fill_template


def test_fill_template_knows_only_paper_templates() -> None:
    with pytest.raises(TemplateNotFound):
        fill_template("../layouts/base.html")


def test_fill_template_refuses_a_missing_value() -> None:
    with pytest.raises(UndefinedError):
        fill_template("ranking.html")
