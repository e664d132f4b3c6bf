"""Rules about what posts are known by, and the ledger that remembers it."""

from __future__ import annotations

from typing import Any

from feedsvc.checks.rule import DATED, LATER, Example, Rule, post
from feedsvc.model import Severity

_WARNING, _NOTE = Severity.WARNING, Severity.NOTE


def _after(before: dict[str, str], files: dict[str, str], **more: Any) -> Example:
    """A site that was exported with other posts before."""
    return Example(files, prepare=before, **more)


_SAME = """\
A long walk along the river. The water was high; the path was not.
We met two dogs, a heron, and nobody else. Words enough to be known again another day.
"""

RULES = (
    Rule(
        "id-changed",
        _NOTE,
        "The `id` of a post that is in the ledger has become another one.",
        "The new id is published; subscribers see the post once more.",
        "Write the old id again, if that was not meant.",
        _after(
            {"post.md": post(f"title: A\n{DATED}\nid: urn:example:1")},
            {"post.md": post(f"title: A\n{DATED}\nid: urn:example:2")},
            line=4,
        ),
    ),
    Rule(
        "id-local",
        _NOTE,
        "Posts have ids that were made when the site had no address yet.",
        "They stay: an id is fixed when a post is first published.",
        "Delete the ledger if nobody has subscribed yet; leave it otherwise.",
        _after(
            {"other.md": post(f"title: Other\n{DATED}")},
            {
                "other.md": post(f"title: Other\n{DATED}"),
                "feedsvc.toml": '[site]\nurl = "https://example.org"\n',
            },
            path="feedsvc.lock",
        ),
    ),
    Rule(
        "id-duplicate",
        _WARNING,
        "A new post has the `id` of one that is in the ledger.",
        "It got an id of its own.",
        "Remove or change `id` in the copy.",
        _after(
            {"other.md": post(f"title: Other\n{DATED}\nid: urn:example:1")},
            {
                "other.md": post(f"title: Other\n{DATED}\nid: urn:example:1"),
                "post.md": post(f"title: A\n{LATER}\nid: urn:example:1", "New words.\n"),
            },
            line=4,
        ),
    ),
    Rule(
        "identity-ambiguous",
        _WARNING,
        "A new file may be one of several posts that are gone, moved and changed.",
        "It is published as a new post.",
        "Write the id of the post that it was in its front matter.",
        _after(
            {
                "one.md": post(f"title: One\n{DATED}", _SAME),
                "two.md": post(f"title: Two\n{DATED}", _SAME),
            },
            {"post.md": post(f"title: Three\n{LATER}", _SAME)},
        ),
    ),
    Rule(
        "ledger-unsaved",
        _NOTE,
        "The ledger is out of date and cannot be written.",
        "This machine keeps new ids and dates, and writes them as soon as it can.",
        "Make the place writable, or export once where it is and commit feedsvc.lock.",
        _after(
            {"other.md": post(f"title: Other\n{DATED}")},
            {
                "other.md": post(f"title: Other\n{DATED}"),
                "post.md": post(f"title: A\n{LATER}", "New words.\n"),
            },
            path="feedsvc.lock",
            read_only=True,
        ),
    ),
)
