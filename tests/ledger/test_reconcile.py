"""Identity and dates over time, rule by rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest

from feedsvc.ledger import (
    Assignment,
    Ledger,
    Observation,
    Record,
    reconcile_feeds,
)

from .conftest import BODY
from .runs import DAY, Blog, Run, dump, reconciled

Make = Callable[..., Observation]


def codes(outcome: Run) -> list[str]:
    return [finding.code for finding in outcome.findings]


def edited(body: str = BODY) -> str:
    return body.replace("coffee", "tea")


OTHER = "Bees sleep. Between five and eight hours; often in flowers. They hold each other's feet."
THIRD = "Rust never sleeps, he sang. Paint helps. Zinc helps more! Dry air is best: move inland."


# First publication


def test_the_first_run_over_an_old_blog_sees_every_post_at_its_date(blog: Blog, post: Make) -> None:
    a = post()
    told = blog.told(a, post("b.md"))
    assert told == Assignment(a.minted, *[a.published] * 4)


def test_an_old_post_added_later_is_seen_now(blog: Blog, post: Make) -> None:
    blog.run(post())
    told = blog.told(post("old.md", OTHER), post())
    assert told.seen == blog.now
    assert told.updated == told.published < blog.now


def test_a_late_post_changes_documents_when_it_comes(blog: Blog, post: Make) -> None:
    """A machine without an index cannot tell that it was not waiting."""
    blog.run(post())
    late = post("late.md", OTHER, published=blog.now - 9 * DAY, foreseen=True)
    assert blog.told(late, post()).changed == blog.now


def test_a_scheduled_post_is_seen_at_its_start_whoever_looks_first(blog: Blog, post: Make) -> None:
    start = blog.now + 2 * DAY - timedelta(hours=3)
    soon = post("soon.md", OTHER, published=start, visible=False)
    assert blog.told(soon, post()).seen is None
    assert len(blog.ledger) == 1
    assert blog.told(soon._replace(visible=True), post()).seen == start


def test_a_post_shown_before_its_date_is_seen_now(blog: Blog, post: Make) -> None:
    told = blog.told(post(published=blog.now + 9 * DAY))
    assert told.seen == blog.now
    assert told.updated == told.published


def test_fractions_of_seconds_are_dropped(blog: Blog, post: Make) -> None:
    told = blog.told(post(published=blog.now - DAY + timedelta(microseconds=999_999)))
    assert told.published == blog.now - 2 * DAY


def test_a_naive_now_is_refused(now: datetime) -> None:
    with pytest.raises(ValueError, match="naive"):
        reconciled(Ledger(), (), now.replace(tzinfo=None))


def test_a_present_that_no_clock_shows_is_refused(now: datetime) -> None:
    """Whatever was told then could never be followed by anything."""
    with pytest.raises(ValueError, match="before 9999"):
        reconciled(Ledger(), (), datetime.max.replace(tzinfo=now.tzinfo))


# Identity


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Retitled"},
        {"body": edited()},
        {"body": OTHER},
        {"body": OTHER, "title": "Retitled"},
        {"path": "2026/b.md"},
        {"path": "b.md", "body": edited()},
        {"path": "b.md", "title": "Retitled"},
        {"path": "b.md", "title": "Retitled", "body": edited()},
        {"path": "b.md", "title": "Post a.md", "body": OTHER},
        {"path": "b.md", "minted": "tag:new.example,2027:b"},
        {"minted": "https://new.example/b/", "link": "/b/", "feeds": ("/tags/x/",)},
        {"path": "b.md", "shift": timedelta(days=-40)},
    ],
)
def test_an_id_survives(change: dict[str, Any], blog: Blog, post: Make) -> None:
    others = [post(f"{name}.md", f"{name}. {OTHER}") for name in "xyz"]
    first = blog.told(post(), *others)
    given = {"path": "a.md", "title": "Post a.md"} | change
    moved = timedelta(0) if "shift" not in given else given.pop("shift")
    now = post(**given, published=first.published + moved)
    assert blog.told(now, *others).id == first.id
    assert blog.removed() == []
    assert len(blog.ledger) == 4


def test_a_move_is_recognised_by_meaning_where_the_source_was_rewritten(
    blog: Blog, post: Make
) -> None:
    first = blog.told(post())
    same = post("b.md", "<p>As HTML now.</p>", title="Z", meaning=post().meaning)
    assert blog.told(same).id == first.id


@pytest.mark.parametrize(
    ("before", "after", "known"),
    [
        ("2018-01-09", "2018-01-09T00:00:00Z", True),
        ("2018-01-09 13:52:50 +0300", "2018-01-09", True),
        ("2018-01-09 09:30:00", "2018-01-09T09:30:00-05:00", True),
        ("2018-01-09 09:30:00", "2018-01-09 18:00:00", False),
        ("2018-01-09", "2018-01-10", False),
    ],
    ids=["another zone", "a day alone", "a zone added", "the evening's", "the next day's"],
)
def test_a_rewritten_post_is_recognised_by_its_title_and_its_day_as_written(
    before: str, after: str, known: bool, blog: Blog, post: Make
) -> None:
    first = blog.told(post("_posts/a.md", title="Said", dated=before, link="/a"))
    other = post("content/b.md", OTHER, title="said ", dated=after, link="/b")
    other = other._replace(published=other.published + timedelta(hours=5))
    assert (blog.told(other).id == first.id) is known


def test_a_rewritten_post_is_recognised_by_its_address(blog: Blog, post: Make) -> None:
    first = blog.told(post("a.adoc", title="A", dated="2018-01-09"), post("x.md", THIRD))
    other = post("b.md", OTHER, title="Said", dated="2018-01-09", link=post("a.adoc").link)
    assert blog.told(other, post("x.md", THIRD)).id == first.id


def test_another_post_at_an_address_is_another(blog: Blog, post: Make) -> None:
    """What is at `/today/` is new every day."""
    first = blog.told(post("1.md", title="Today", dated="2018-01-09", link="/today/"))
    new = post("2.md", OTHER, title="Today", dated="2018-01-10", link="/today/", published=blog.now)
    assert blog.told(new).id != first.id


def test_a_post_that_moved_leaves_its_address_to_a_new_one(blog: Blog, post: Make) -> None:
    first = blog.told(post(title="A", link="/ferry/", dated="2018-01-09"), post("x.md", THIRD))
    new = post("new.md", OTHER, title="B", link="/ferry/", dated="2018-01-09")
    moved = post("old.md", edited(), title="C", link="/ferry-2018/", dated="2018-01-10")
    outcome = blog.run(new, moved, post("x.md", THIRD))
    assert outcome.assignments["old.md"].id == first.id
    assert outcome.assignments["new.md"].id != first.id


def test_the_id_in_front_matter_finds_its_post_anywhere(blog: Blog, post: Make) -> None:
    blog.run(post(id="mine"), post("x.md", THIRD))
    outcome = blog.run(post("b.md", OTHER, title="Z", id="mine"), post("x.md", THIRD))
    assert outcome.assignments["b.md"].id == "mine"
    assert blog.removed() == []


def test_swapped_file_names_are_recognised(blog: Blog, post: Make) -> None:
    blog.run(post(title="A"), post("b.md", OTHER, title="B"))
    outcome = blog.run(post(body=OTHER, title="B"), post("b.md", title="A"))
    assert outcome.assignments["a.md"].id == post("b.md").minted
    assert outcome.assignments["b.md"].id == post().minted


def test_swapped_file_names_with_edits_are_recognised(blog: Blog, post: Make) -> None:
    blog.run(post(title="A"), post("b.md", OTHER, title="B"))
    outcome = blog.run(post(body=OTHER + " Fine!", title="B"), post("b.md", edited(), title="A"))
    assert outcome.assignments["a.md"].id == post("b.md").minted


def test_swapped_files_with_explicit_ids_keep_them(blog: Blog, post: Make) -> None:
    blog.run(post(id="1"), post("b.md", OTHER, id="2"))
    outcome = blog.run(post(body=OTHER, id="2"), post("b.md", id="1"))
    assert codes(outcome) == []
    assert outcome.assignments["a.md"].id == "2"


def test_files_renamed_in_a_chain_keep_their_ids(blog: Blog, post: Make) -> None:
    blog.run(post(title="A"), post("b.md", OTHER, title="B"))
    outcome = blog.run(post("b.md", title="A"), post("c.md", OTHER, title="B"))
    assert outcome.assignments["b.md"].id == post().minted
    assert outcome.assignments["c.md"].id == post("b.md").minted


def test_a_file_moved_over_another_removes_that_one(blog: Blog, post: Make) -> None:
    blog.run(post(title="A"), post("b.md", OTHER, title="B"))
    assert blog.told(post("b.md", title="A")).id == post().minted
    assert blog.removed() == [post("b.md").minted]


def test_a_copy_is_a_new_post(blog: Blog, post: Make) -> None:
    blog.run(post())
    outcome = blog.run(post(), post("b.md", title="Post a.md"))
    assert outcome.assignments["a.md"].id == post().minted
    assert outcome.assignments["b.md"].id == post("b.md").minted


def test_of_a_copy_and_an_edited_original_the_original_keeps_the_id(blog: Blog, post: Make) -> None:
    blog.run(post())
    assert blog.told(post(body=edited()), post("b.md", title="Post a.md")).id == post().minted


def test_a_published_file_and_a_draft_may_swap_names(blog: Blog, post: Make) -> None:
    draft = post("draft.md", OTHER, title="D", visible=False)
    first = blog.told(post(title="A"), draft)
    swapped = post("draft.md", title="A"), draft._replace(path="a.md")
    assert blog.told(*swapped).id == first.id
    assert blog.removed() == []


def test_the_same_minted_id_is_given_once(blog: Blog, post: Make) -> None:
    blog.run(post(minted="tag:x"))
    posts = [post(minted="tag:x"), *(post(f"{n}.md", OTHER + n, minted="tag:x") for n in "bc")]
    ids = {told.id for told in blog.run(*posts).assignments.values()}
    assert ids == {"tag:x", "tag:x#2", "tag:x#3"}


def test_of_two_that_claim_an_id_the_earlier_gets_it(blog: Blog, post: Make) -> None:
    a, b = post(id="mine"), post("b.md", OTHER, id="mine", published=blog.now - DAY)
    outcome = blog.run(b, a)
    assert outcome.assignments == {
        "a.md": Assignment("mine", *[a.published] * 4),
        "b.md": Assignment(b.minted, *[b.published] * 4),
    }
    assert codes(outcome) == ["id-duplicate"]
    assert outcome.findings[0].path == "b.md"
    assert "a.md" in outcome.findings[0].message


def test_the_owner_of_an_id_keeps_it_from_an_older_copy(blog: Blog, post: Make) -> None:
    blog.run(post(id="mine"))
    copy = post("0.md", id="mine", published=blog.now - 900 * DAY)
    assert blog.told(post(id="mine"), copy).id == "mine"
    assert codes(blog.run(copy, gone=())) == ["id-duplicate"]


def test_nobody_takes_the_minted_id_of_another_by_writing_it(blog: Blog, post: Make) -> None:
    blog.run(post(), post("b.md", OTHER))
    outcome = blog.run(post(), post("b.md", OTHER, id=post().minted))
    assert outcome.assignments["b.md"].id == post("b.md").minted
    assert codes(outcome) == ["id-duplicate"]


def test_an_author_may_choose_another_id(blog: Blog, post: Make) -> None:
    blog.run(post())
    outcome = blog.run(post(id="mine"))
    assert outcome.assignments["a.md"].id == "mine"
    assert codes(outcome) == ["id-changed"]
    assert blog.removed() == [post().minted]
    # Neither a copy nor a return of the front matter revives the old one.
    assert blog.told(post(), post("b.md")).id == "mine"
    assert blog.removed() == [post().minted]


def test_a_draft_reserves_no_id(blog: Blog, post: Make) -> None:
    outcome = blog.run(post("b.md", OTHER, id="mine"), post(id="mine", visible=False))
    assert outcome.assignments["b.md"].id == "mine"


def test_two_equal_candidates_are_a_finding_and_a_new_id(blog: Blog, post: Make) -> None:
    blog.run(post(title="A"), post("b.md", title="B"), post("x.md", OTHER))
    outcome = blog.run(post("c.md", title="C"), post("x.md", OTHER))
    assert outcome.assignments["c.md"].id == post("c.md").minted
    assert codes(outcome) == ["identity-ambiguous"]
    assert "a.md, b.md" in outcome.findings[0].message


@pytest.mark.parametrize(
    ("title", "body"), [("A", OTHER), ("B", edited())], ids=["by its title", "by its text"]
)
def test_of_a_post_and_a_copy_that_left_before_the_post_has_moved(
    title: str, body: str, blog: Blog, post: Make
) -> None:
    copy = post("copy.md", title="A")
    first = blog.told(post(title="A"), copy)
    blog.run(post(title="A"))
    outcome = blog.run(post("b.md", body, title=title))
    assert outcome.assignments["b.md"].id == first.id
    assert codes(outcome) == []


def test_of_two_copies_that_left_together_none_is_chosen_for_an_older_one(
    blog: Blog, post: Make
) -> None:
    copies = [post("1.md", title="A"), post("2.md", title="A")]
    blog.run(post(title="A"), *copies, post("x.md", THIRD))
    blog.run(*copies, post("x.md", THIRD))
    outcome = blog.run(post("b.md", OTHER, title="A"), post("x.md", THIRD))
    assert outcome.assignments["b.md"].id == post("b.md").minted


def test_likeness_to_posts_that_left_long_ago_is_no_finding(blog: Blog, post: Make) -> None:
    blog.run(post(title="A"), post("b.md", title="B"), post("x.md", OTHER))
    blog.run(post("x.md", OTHER))
    outcome = blog.run(post("c.md", title="C"), post("x.md", OTHER))
    assert outcome.assignments["c.md"].id == post("c.md").minted
    assert codes(outcome) == []


def test_a_new_post_in_the_place_of_an_older_one_is_new(blog: Blog, post: Make) -> None:
    blog.run(post(title="A"), post("x.md", THIRD))
    blog.run(post("x.md", THIRD))
    new = post(body=OTHER, title="B", published=blog.now)
    assert blog.told(new, post("x.md", THIRD)).id == f"{post().minted}#2"
    assert blog.removed() == [post().minted]


def test_names_in_either_unicode_form_are_one_place(blog: Blog, post: Make) -> None:
    blog.run(post("cafe\u0301.md", title="C"))
    outcome = blog.run(post("caf\u00e9.md", OTHER, title="C2"))
    assert outcome.assignments["caf\u00e9.md"].id == post("cafe\u0301.md").minted
    both = blog.run(post("caf\u00e9.md", OTHER, title="C2"), post("cafe\u0301.md", THIRD))
    assert len({told.id for told in both.assignments.values()}) == 2


def test_drafts_that_swap_names_keep_their_identity(blog: Blog, post: Make) -> None:
    first = blog.told(post(title="A"))
    other = post("b.md", OTHER, title="B", visible=False)
    blog.run(post(title="A", visible=False), other)
    told = blog.told(post("b.md", title="A", visible=False), other._replace(path="a.md"))
    assert told.id == first.id


# Dates


def test_an_edit_that_readers_see_is_announced_once_and_stays(blog: Blog, post: Make) -> None:
    blog.run(post())
    assert blog.told(post(body=edited())).updated == blog.now
    then = blog.now
    assert blog.told(post(body=edited())).updated == then


@pytest.mark.parametrize(
    "change",
    [
        {"source": "another"},
        {"meaning": "1.another"},
        {"meaning": "2.recipe"},
        {"meaning": None},
        {"link": "/elsewhere/"},
        {"feeds": ("/tags/x/",)},
    ],
    ids=["style", "configuration", "release", "not rendered", "permalink", "tags"],
)
def test_what_no_author_wrote_or_no_reader_sees_is_not_announced(
    change: dict[str, Any], blog: Blog, post: Make
) -> None:
    first = blog.told(post())
    assert blog.told(post()._replace(**change)).updated == first.updated


@pytest.mark.parametrize("change", [{"source": "another"}, {"meaning": None}])
def test_the_file_stays_where_nothing_visible_changed(
    change: dict[str, Any], blog: Blog, post: Make
) -> None:
    blog.run(post())
    assert not blog.run(post()._replace(**change)).changed


def test_an_edit_that_no_reader_saw_is_none_when_the_post_moves_later(
    blog: Blog, post: Make
) -> None:
    """A link of the post to itself leads elsewhere then, so that its meaning is another one."""
    first = blog.told(post()._replace(file="1"))
    assert blog.told(post()._replace(file="2", source="style")).updated == first.updated
    moved = {"source": "style", "meaning": "1.elsewhere", "link": "/elsewhere/"}
    assert blog.told(post()._replace(file="3", **moved)).updated == first.updated
    again = {**moved, "source": "words", "meaning": "1.words"}
    assert blog.told(post()._replace(file="4", **again)).updated > first.updated


def test_a_meaning_computed_for_the_first_time_is_recorded_in_silence(
    blog: Blog, post: Make
) -> None:
    first = blog.told(post(meaning=None))
    assert blog.told(post()).updated == first.updated
    assert blog.told(post(body=OTHER)).updated == blog.now


def test_an_edit_of_what_was_never_rendered_is_announced(blog: Blog, post: Make) -> None:
    blog.run(post(meaning=None))
    assert blog.told(post(body=edited())).updated == blog.now


def test_an_edit_of_what_is_not_rendered_is_announced_when_it_is(blog: Blog, post: Make) -> None:
    first = blog.told(post())
    assert blog.told(post(body=edited(), meaning=None)).updated == first.updated
    assert blog.told(post(body=edited())).updated == blog.now


def test_a_release_that_reads_the_same_files_otherwise_announces_nothing(
    blog: Blog, post: Make
) -> None:
    first = blog.told(post(file="f1"))
    blog.run(post(body=edited(), meaning=post().meaning, file="f2"))  # in markup only
    for source, meaning in (("other", "1.other"), ("third", "2.third")):
        later = post(body=edited(), source=source, meaning=meaning, file="f2")
        assert blog.told(later).updated == first.updated
    assert blog.told(post(body=OTHER, file="f3")).updated == blog.now


def test_an_edit_that_waits_for_its_rendering_outlives_a_release(blog: Blog, post: Make) -> None:
    first = blog.told(post(file="f1"))
    waiting = post(body=edited(), meaning=None, file="f2")
    assert blog.told(waiting).updated == first.updated
    assert blog.told(waiting._replace(source="other")).updated == first.updated
    shown = waiting._replace(source="other", meaning="2.other")
    assert blog.told(shown).updated == blog.now


def test_a_minor_edit_is_held_back_for_ever(blog: Blog, post: Make) -> None:
    first = blog.told(post())
    assert blog.told(post(body=edited(), minor=True)).updated == first.updated
    assert blog.told(post(body=edited())).updated == first.updated


def test_the_updated_of_the_author_wins(blog: Blog, post: Make) -> None:
    day = blog.now - 3 * DAY
    assert blog.told(post(updated=day)).updated == day
    assert blog.told(post(body=edited(), updated=day)).updated == day
    assert blog.told(post(body=edited(), updated=day - 500 * DAY)).updated == post().published


def test_a_change_of_zone_moves_no_date(blog: Blog, post: Make) -> None:
    first = blog.told(post())
    for hours in (8, -12):
        moved = post()._replace(published=first.published + timedelta(hours=hours))
        assert blog.told(moved) == first
    # Nor does it when the author edits or renames the post in the meantime.
    assert blog.told(moved._replace(path="b.md", minor=True, meaning="1.x")) == first


def test_an_adopted_date_stays_until_its_author_changes_it(blog: Blog, post: Make) -> None:
    told = blog.now - 9 * DAY
    adopted = Record("a.md", "urn:old", "", "Post a.md", told, told, told + DAY)
    blog.data = dump(Ledger().with_records([adopted]))
    here = post(published=told - timedelta(hours=8), meaning=None)
    assert blog.told(here)[:4] == ("urn:old", told, told + DAY, told)
    known = post(published=told - timedelta(hours=8))
    assert blog.told(known)[:4] == ("urn:old", told, told + DAY, told)
    moved = post(published=told - DAY)
    assert blog.run(moved).assignments["a.md"].published == told - DAY


@pytest.mark.parametrize(
    ("before", "after", "stays"),
    [
        ("2018-01-09", "2018-01-09 00:00:00+00:00", True),
        ("2018-1-9 07:30", "2018-01-09", True),
        ("2018-01-09", "Jan 09 2018", True),
        ("Tuesday, 9 January 2018", "2018-01-09T00:00:00.000Z", True),
        ("2018-01-09 07:30:00 +0200", "2018-01-09", True),
        ("2018-01-09T00:00:00Z", "2018-01-09T00:00:00+08:00", False),
        ("2018-01-09 07:30:00 +0200", "2018-01-09 00:00 UTC", False),
        ("2018-01-09", "2018-01-09 07:30", False),
        ("2018-01-09", "2018-01-09 9am", False),
        ("2018-01-09 07:30", "2018-01-09 09:30", False),
        ("2018-01-09", "2018-01-10", False),
        ("Jan 09 2018", "Jan 10 2018", False),
        ("9 januari 2018", "10 januari 2018", False),
        ("yesterday", "today", False),
    ],
)
def test_the_same_day_written_otherwise_moves_no_date(
    before: str, after: str, stays: bool, blog: Blog, post: Make
) -> None:
    """Moving from one engine to another would move `updated` of each post that has none."""
    first = blog.told(post(dated=before))
    moved = post(dated=after, published=first.published + timedelta(hours=5), meaning="1.x")
    told = blog.told(moved._replace(minor=True))
    assert (told == first) is stays
    assert (told.published == moved.published) is not stays


def test_an_author_may_date_a_post_anew(blog: Blog, post: Make) -> None:
    first = blog.told(post())
    back = blog.told(post(published=first.published - 30 * DAY))
    assert (back.published, back.updated) == (first.published - 30 * DAY, first.updated)
    forth = blog.told(post(published=first.published + 30 * DAY))
    assert forth.updated == forth.published
    near = post(published=forth.published + timedelta(hours=2))
    assert blog.told(near).published == near.published


# Retraction


def test_a_removed_post_is_recorded_and_keeps_its_id_when_it_returns(
    blog: Blog, post: Make
) -> None:
    first = blog.told(post(), post("b.md", OTHER))
    blog.run(post("b.md", OTHER))
    (record,) = blog.ledger.removed()
    assert (record.id, record.removed) == (first.id, blog.now)
    assert blog.ledger.removed(since=blog.now) == [record]
    assert blog.ledger.removed(since=blog.now + DAY) == []
    blog.run(post("b.md", OTHER))
    assert blog.ledger.removed() == [record]
    told = blog.told(post("elsewhere.md", title="Post a.md"), post("b.md", OTHER))
    assert told[:4] == first[:4]
    assert blog.removed() == []


def test_an_unpublished_post_may_be_edited_and_moved_before_it_returns(
    blog: Blog, post: Make
) -> None:
    first = blog.told(post())
    assert (
        blog.told(post("_drafts/a.md", edited(), title="Post a.md", visible=False)).id == first.id
    )
    then = blog.now
    assert [record.removed for record in blog.ledger.removed()] == [then]
    blog.run(post("_drafts/a.md", OTHER, title="Z", visible=False))
    told = blog.told(post("_drafts/a.md", OTHER, title="Post a.md"))
    assert (told.id, told.updated) == (first.id, blog.now)


def test_an_expired_post_left_at_its_end(blog: Blog, post: Make) -> None:
    blog.run(post())
    end = blog.now + timedelta(hours=5)
    blog.run(post(visible=False, ends=end, foreseen=True))
    assert [record.removed for record in blog.ledger.removed()] == [end]


def test_an_end_before_the_post_was_seen_counts_from_now(blog: Blog, post: Make) -> None:
    first = blog.told(post())
    assert first.seen is not None
    blog.run(post(visible=False, ends=first.seen - DAY))
    assert [record.removed for record in blog.ledger.removed()] == [blog.now]


def test_what_was_never_shown_is_not_recorded(blog: Blog, post: Make) -> None:
    told = blog.told(post(visible=False, updated=blog.now))
    assert told == Assignment(post().minted, post().published, blog.now - DAY, None)
    assert len(blog.ledger) == 0


def test_a_broken_post_is_neither_removed_nor_announced(blog: Blog, post: Make) -> None:
    first = blog.told(post(), post("b.md", OTHER))
    broken = post(body="---\ntitle: [", readable=False)
    outcome = blog.run(broken, post("b.md", OTHER))
    assert not outcome.changed
    assert "a.md" not in outcome.assignments
    assert blog.told(post(), post("b.md", OTHER)) == first


def test_a_post_broken_and_moved_at_once_is_still_known(blog: Blog, post: Make) -> None:
    first = blog.told(post())
    blog.run(post("b.md", "x: [\n" + BODY, readable=False))
    assert blog.removed() == []
    assert blog.told(post("b.md", title="Post a.md"))[:4] == first[:4]


# Runs over a part


def test_a_run_over_a_part_leaves_the_rest_alone(blog: Blog, post: Make) -> None:
    blog.run(post(), post("b.md", OTHER), post("c.md", THIRD))
    before = blog.ledger.at("a.md"), blog.ledger.at("c.md")
    assert blog.told(post("b.md", OTHER + " More."), gone=()).updated == blog.now
    assert (blog.ledger.at("a.md"), blog.ledger.at("c.md")) == before


def test_a_part_tells_a_rename_from_a_removal(blog: Blog, post: Make) -> None:
    blog.run(post(), post("b.md", OTHER))
    assert blog.told(post("z.md", edited()), gone=["a.md"]).id == post().minted
    blog.run(gone=["b.md", "never-there.md"])
    assert blog.removed() == [post("b.md").minted]


# Feeds


def test_a_vanished_feed_is_remembered_until_it_returns(now: datetime) -> None:
    ledger = reconcile_feeds(Ledger(), {"/tags/a/": "A", "/tags/b/": "B"}, now)
    assert reconcile_feeds(ledger, {"/tags/a/": "A", "/tags/b/": "B"}, now + DAY) is ledger
    ledger = reconcile_feeds(ledger, {"/tags/a/": "A"}, now + DAY)
    assert ledger.feeds["/tags/b/"].gone == now + DAY
    assert reconcile_feeds(ledger, {"/tags/a/": "A"}, now + 2 * DAY) is ledger
    assert ledger.feeds["/tags/b/"].name == "B"
    ledger = reconcile_feeds(ledger, {"/tags/a/": "A", "/tags/b/": "B"}, now + 3 * DAY)
    assert ledger.feeds["/tags/b/"].gone is None


def test_identity_costs_linear_time_on_hostile_folders(blog: Blog, post: Make) -> None:
    """All files renamed and edited, all alike: findings at most, and no waiting."""
    posts: Iterable[Observation] = [post(f"{n}.md", title=f"T{n}") for n in range(1000)]
    blog.run(*posts)
    blog.run(*(p._replace(path=f"new/{p.path}", title=f"N{p.path}", source=f"x{p.path}",
                       meaning=None) for p in posts))  # fmt: skip
