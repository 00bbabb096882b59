"""Fixtures that several packages share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings
from samples import FIRST, GIVEN, SECOND, THIRD

from tracker.store import Store

# No test depends on how quick the machine is.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture
def sample_store(tmp_path: Path) -> Store:
    """A store of `FIRST`, `SECOND` and `THIRD` with the mentions in `GIVEN`."""
    store = Store(tmp_path / "data")
    for document in (FIRST, SECOND, THIRD):
        store.add(document, document.text.encode(), GIVEN[document.document_id])
    return store
