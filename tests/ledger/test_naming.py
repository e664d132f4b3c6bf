"""Which id each post has, where several want the same one."""

from __future__ import annotations

from collections.abc import Callable

from feedsvc.ledger import Observation

from .runs import DAY, Blog

Make = Callable[..., Observation]
OTHER = "Owls turn their heads. Not all the way round, as people say. Fourteen bones allow it."


def test_a_copy_is_told_where_the_owner_of_its_id_lies_now(blog: Blog, post: Make) -> None:
    blog.run(post(id="mine"))
    owner, copy = post("new.md", title="Post a.md", id="mine"), post("copy.md", OTHER, id="mine")
    (finding,) = blog.run(owner, copy).findings
    assert finding.path == "copy.md"
    assert "that of new.md;" in finding.message


def test_of_a_post_that_moved_and_an_older_copy_made_of_it_the_post_keeps_its_id(
    blog: Blog, post: Make
) -> None:
    blog.run(post(id="mine"))
    moved = post("new.md", title="Post a.md", id="mine")
    copy = post("copy.md", OTHER, id="mine", published=moved.published - 9 * DAY)
    assert blog.told(moved, copy).id == "mine"


def test_a_copy_is_told_where_the_owner_of_its_id_was_last(blog: Blog, post: Make) -> None:
    blog.run(post(id="mine"), post("b.md", OTHER))
    copy = post("b.md", OTHER, id="mine")
    (finding,) = blog.run(copy, gone=()).findings
    assert "that of a.md;" in finding.message


def test_of_a_draft_and_a_later_post_that_claim_an_id_the_post_gets_it(
    blog: Blog, post: Make
) -> None:
    draft = post(minted="tag:x", visible=False)
    later = post("b.md", OTHER, minted="tag:x", published=blog.now - DAY)
    assert blog.told(later, draft).id == "tag:x"


def test_a_post_that_goes_back_to_what_its_id_would_be_by_itself_keeps_the_one_it_has(
    blog: Blog, post: Make
) -> None:
    blog.run(post(), post("b.md", OTHER, id="mine"))
    blog.run(post(), post("b.md", OTHER))
    told = blog.told(post("b.md", OTHER, id=post().minted), post())
    assert told.id == "mine"


def test_a_number_that_one_post_got_is_given_to_no_other_later(blog: Blog, post: Make) -> None:
    posts = [post(minted="tag:x")]
    for number in (2, 3):
        blog.run(*posts)
        posts.append(post(f"{number}.md", f"{number}! {OTHER}", minted="tag:x"))
        assert blog.told(posts[-1], *posts[:-1]).id == f"tag:x#{number}"


def test_a_draft_that_was_published_yields_the_id_that_it_claims_anew_to_what_readers_see(
    blog: Blog, post: Make
) -> None:
    first = blog.told(post())
    claims = post(id="mine", visible=False), post("b.md", OTHER, id="mine")
    outcome = blog.run(*claims)
    assert outcome.assignments["b.md"].id == "mine"
    assert outcome.assignments["a.md"].id == first.id


def test_drafts_reserve_no_id_among_themselves(blog: Blog, post: Make) -> None:
    drafts = [post(f"{n}.md", f"{n}! {OTHER}", minted="tag:x", visible=False) for n in "ab"]
    assert {told.id for told in blog.run(*drafts).assignments.values()} == {"tag:x"}


def test_a_post_that_did_not_get_the_id_it_claims_keeps_its_own_at_another_address(
    blog: Blog, post: Make
) -> None:
    def posts(host: str) -> list[Observation]:
        claimed = {"id": f"tag:{host}:mine", "named": "mine"}
        return [post(**claimed), post("b.md", OTHER, minted=f"tag:{host}:b", **claimed)]

    first = blog.run(*posts("a"))
    assert [one.id for one in first.assignments.values()] == ["tag:a:mine", "tag:a:b"]
    again = blog.run(*posts("a"))
    assert [one.code for one in again.findings] == ["id-duplicate"]
    assert not again.changed
    moved = blog.run(*posts("b"))
    assert [one.id for one in moved.assignments.values()] == ["tag:a:mine", "tag:a:b"]
    told = blog.told(post("b.md", OTHER, id="tag:b:yours", named="yours"), posts("b")[0])
    assert told.id == "tag:b:yours"


def test_another_text_is_another_id_whatever_the_first_was_made_into(
    blog: Blog, post: Make
) -> None:
    blog.run(post(id="https://a.example/mine", named="mine"))
    told = blog.told(post(id="https://a.example/yours", named="yours"))
    assert told.id == "https://a.example/yours"
