"""What the ledger is asked of a row: the folders of its feeds."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from feedsvc.feeds.values import FeedKey
from feedsvc.index.codec import encode
from feedsvc.index.observing import Folders

_NAMES = st.text(st.sampled_from('a"],[\\é\ud800'), max_size=8)


@example([("tags", "],["), ("tags", "b")])
@example([("tags", 'a"],['), ("tags", "b")])
@given(st.lists(st.tuples(st.sampled_from(["tags", "categories"]), _NAMES), max_size=5))
def test_terms_are_parted_whatever_stands_in_their_names(terms: list[tuple[str, str]]) -> None:
    slugs = {term: str(at) for at, term in enumerate(dict.fromkeys(terms))}
    found = Folders(slugs).of(encode(terms))
    assert found == tuple(FeedKey.of_family(*term, slugs[term]).folder for term in terms)


def test_a_term_without_a_feed_has_no_folder() -> None:
    folders = Folders({("tags", "b"): "b"})
    assert folders.of('[["site",""],["tags","b"],["tags","c"]]') == ("/tags/b/",)
    assert folders.of("[]") == ()
