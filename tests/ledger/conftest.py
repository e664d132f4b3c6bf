"""What the tests of the ledger share: an instant, and observations that are short to write."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from feedsvc.ledger import Observation, fingerprint

from .runs import Blog

if TYPE_CHECKING:
    from collections.abc import Callable

BODY = (
    "The ferry leaves at seven, they said. It did not. We waited on the quay; gulls came; the "
    "harbour master shrugged. Somebody sold coffee from a van! At nine a whistle blew. Nobody "
    "moved, since nobody believed it. Then the bow opened: two lorries rolled out, then a hearse."
)


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 6, 1, 12, 0, 0, tzinfo=UTC)


@pytest.fixture
def blog(now: datetime) -> Blog:
    return Blog(now)


@pytest.fixture
def post(now: datetime) -> Callable[..., Observation]:
    """Make an observation of a post as a folder and a rendering would give it."""

    def make(path: str = "a.md", body: str = BODY, **fields: Any) -> Observation:
        title = fields.pop("title", f"Post {path}")
        published = fields.pop("published", now - timedelta(days=100))
        print_ = fingerprint(body, title)
        given: dict[str, Any] = {
            "minted": f"tag:example.org,2026:{path}",
            "dated": published.isoformat(),
            "source": print_.source,
            "sketch": print_.sketch,
            "meaning": f"1.{fingerprint(body, title).source}",
            "link": f"/{path}/",
        }
        return Observation(path, title=title, published=published, **(given | fields))

    return make
