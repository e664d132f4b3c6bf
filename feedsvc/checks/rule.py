"""What a kind of finding is, and a site that shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedsvc.model import Severity

POST = "post.md"
DATED = "date: 2026-05-30 10:00 +0800"
LATER = "date: 2026-05-31 10:00 +0800"


@dataclass(frozen=True, slots=True)
class Example:
    """A site in which the finding stands at `line` of `path` (0: at the file as a whole; "": site).

    `files` are contents by path. `grows` makes the file at `path` so many bytes long; `link` makes
    it a symbolic link to that; `copies`: there are so many more posts like that; `read_only`: the
    disk cannot be written. `prepare` are contents of an earlier state of the site, whose documents
    were exported before `files` came.
    """

    files: Mapping[str, str | bytes]
    line: int = 0
    path: str = POST
    grows: int = 0
    link: str = ""
    copies: int = 0
    read_only: bool = False
    prepare: Mapping[str, str | bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """One code: how much it matters as a rule, what it says, what feedsvc did, how to mend it.

    `severity` is what the finding mostly has; where it depends, `done` says on what.
    """

    code: str
    severity: Severity
    says: str
    done: str
    mend: str
    example: Example


def post(front: str, body: str = "Words.\n") -> str:
    """A post's text from the lines of its front matter."""
    return f"---\n{front}\n---\n{body}"


def one(front: str, line: int, body: str = "Words.\n", path: str = POST) -> Example:
    """A plain folder with one post; `line` is that of the finding."""
    return Example({path: post(front, body)}, line, path)


def jekyll(name: str, front: str, line: int, body: str = "Words.\n", config: str = "") -> Example:
    """A Jekyll site with one post."""
    path = f"_posts/{name}"
    config = config or "title: Blog\n"
    return Example({"_config.yml": config, path: post(front, body)}, line, path)
