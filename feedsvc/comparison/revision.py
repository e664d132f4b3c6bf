"""The site as it was at a git revision, published as it would have been."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from feedsvc.errors import FeedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from feedsvc.publication import Publication

_OF_HOOKS = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"})


class Revision:
    """What is published of a revision."""

    at_once = 1

    def __init__(self, publication: Publication) -> None:
        self._publication = publication

    def get(self, path: str) -> bytes | None:
        """The document that was published at the path."""
        document = self._publication.get(path)
        return None if document is None else document.body

    def feeds(self) -> Iterator[str]:
        """Every feed in every format."""
        for listing in self._publication.feeds():
            yield from listing.paths.values()


@contextmanager
def published_at(revision: str, site: Path, now: datetime) -> Iterator[Revision]:
    """Check the site's folder out at a revision, into a folder that is removed afterwards.

    Neither the repository nor its working tree is touched. Raises FeedError where there is no such
    revision, ConfigError and SiteNotFoundError where it holds no site.
    """
    from feedsvc.site import open_site

    with TemporaryDirectory(prefix="feedsvc-") as place:
        folder = Path(place, "site")
        _check_out(revision, site, folder)
        old = open_site(folder, cache=Path(place, "cache"))
        try:
            yield Revision(old.publication(now))
        finally:
            old.close()


def _check_out(revision: str, site: Path, folder: Path) -> None:
    what = f"{revision}: neither a folder nor a URL nor a revision of {site}"
    prefix = _git(site, "rev-parse", "--show-prefix", failure=what).strip()
    top = Path(_git(site, "rev-parse", "--show-toplevel", failure=what).rstrip("\n"))
    if revision.startswith("-"):
        raise FeedError(what)
    commit = f"{revision}^{{commit}}"
    name = _git(site, "rev-parse", "--verify", "--quiet", commit, failure=what).strip()
    folder.mkdir()
    # A temporary index instead of `git worktree`, which would leave a note in the repository.
    index = {"GIT_INDEX_FILE": str(folder.parent / "index")}
    failure = f"{revision}: the site is not in it or cannot be checked out"
    _git(top, "read-tree", f"{name}:{prefix}", failure=failure, **index)
    _git(top, "checkout-index", "--all", f"--prefix={folder}/", failure=failure, **index)


def _git(folder: Path, *arguments: str, failure: str, **environment: str) -> str:
    # In a hook git names its own folders, which are not those that are asked for here.
    inherited = {name: value for name, value in os.environ.items() if name not in _OF_HOOKS}
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and no argument of the user's is an option
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - where users have it
            check=True,
            capture_output=True,
            env={**inherited, "LC_ALL": "C", **environment},
        )
    except FileNotFoundError:
        raise FeedError(f"{failure} (git is not installed)") from None
    except subprocess.CalledProcessError as error:
        told = os.fsdecode(error.stderr).strip().splitlines()
        raise FeedError(failure + (f": {told[-1]}" if told else "")) from None
    return os.fsdecode(done.stdout)
