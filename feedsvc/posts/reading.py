"""What goes into the reading of one file, and what comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feedsvc.posts.paths import FilePath

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedsvc.model import Finding, Post


def _no_file(_path: str) -> None:
    return None


class Source(NamedTuple):
    """One file as the scan found it.

    `path` is relative to the site's folder, POSIX; `root` is the posts folder it was found in,
    relative to the site ("" for the site itself). `side` gives the bytes of another file of the
    site, `size` the length in bytes of one (without reading it), both by site-relative path, both
    None where there is no such file.
    """

    path: str
    root: str
    data: bytes
    side: Callable[[str], bytes | None] = _no_file
    size: Callable[[str], int | None] = _no_file

    @property
    def below(self) -> FilePath:
        """The path relative to the posts folder, taken apart."""
        return FilePath.of(self.path[len(self.root) + 1 if self.root else 0 :])


class Origin(NamedTuple):
    """What a post is known again by: what its author wrote, whatever the configuration makes of it.

    `id` is the author's own, None without one, and `named` the text that it was made from, which no
    configuration changes; `minted` what the dialect gives instead. `dated` is
    the date as written, in front matter (any value) or the file's name, `updated` the text of that
    of the last update, "" where the author named none; `minor` tells that he does not want it
    announced. `parts` is what readers see beside the body: title, summary and media, as written.
    """

    id: str | None
    minted: str
    dated: object
    updated: str
    minor: bool
    parts: tuple[str, ...]
    named: str = ""


class Body(NamedTuple):
    """A post's text below its front matter, and the line of the file that it begins in."""

    text: str
    line: int


class Reading(NamedTuple):
    """What became of a file. `post` is None where it was left out; `findings` then say why.

    `depends` names other files (site-relative) whose change must re-read this one; `body_start`
    is where the body begins in the decoded text. `origin` is there where `post` is.
    """

    post: Post | None
    findings: tuple[Finding, ...]
    depends: tuple[str, ...] = ()
    body_start: int = 0
    origin: Origin | None = None


class Field(NamedTuple):
    """A front matter field: the key as it was asked for and its value (never None)."""

    key: str
    value: object
