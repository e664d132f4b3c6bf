"""When documents are told to have changed: never twice at one instant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from feedsvc.ledger import Observation
from feedsvc.ledger.moment import touched

from .runs import DAY, Blog

Make = Callable[..., Observation]
OTHER = "Owls turn their heads. Not all the way round, as people say. Fourteen bones allow it."
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(("later", "own"), [(-1, True), (0, False), (1, False)])
def test_a_post_that_waited_changes_documents_at_its_second_unless_they_have_changed_by_then(
    later: int, own: bool, blog: Blog, post: Make
) -> None:
    blog.run(post())
    start = blog.now + DAY - 9 * SECOND
    latest = start + later * SECOND
    waited = post("b.md", OTHER, published=start, foreseen=True)
    told = blog.run(waited, post(), latest=latest).assignments["b.md"]
    assert told.seen == start
    assert told.changed == (start if own else blog.now)


def test_nothing_is_noted_of_a_change_that_other_instants_tell(blog: Blog, post: Make) -> None:
    blog.run(post(updated=blog.now))
    (record,) = blog.ledger.records()
    ahead = touched(record, blog.now + SECOND)
    assert ahead.touched == blog.now + SECOND
    assert touched(ahead, record.changed) == record
