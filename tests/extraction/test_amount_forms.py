"""Every way of writing an amount, with its right reading (amount_forms.toml)."""

import tomllib
from pathlib import Path

import pytest

from tracker import extract

PATH = Path(__file__).with_name("amount_forms.toml")
FORMS = tomllib.loads(PATH.read_text(encoding="utf-8"))["form"]
READ = ("quote", "min", "max", "currency", "qualifier", "per")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form["text"][:60])
def test_form(form):
    expected = [
        tuple(m.get(k, {"qualifier": "exact", "max": m["min"]}.get(k)) for k in READ)
        for m in form["mentions"]
    ]
    found = [
        (m.quote, m.amount_min, m.amount_max, m.currency, m.qualifier, m.per)
        for m in extract(form["text"], country=form.get("country"))
    ]
    assert found == expected
