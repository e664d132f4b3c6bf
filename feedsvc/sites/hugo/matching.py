"""Which pages a rule of a Hugo site is for (`resources/page/page_matcher.go`).

`cascade` and `permalinks` name them alike, by kind, language, environment and a pattern of paths.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from feedsvc.sites import files
from feedsvc.sites.globs import glob
from feedsvc.sites.hugo.languages import languages_of
from feedsvc.sites.hugo.paths import lowered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feedsvc.model import JSON

KINDS = ("page", "home", "section", "taxonomy", "term")


class Target(NamedTuple):
    """Pages of some kinds and languages (None: any), at paths of a pattern ("": all)."""

    kinds: frozenset[str] | None = None
    languages: frozenset[str] | None = None
    glob: str = ""


EVERY = Target()


def targets(given: Any, options: Mapping[str, JSON]) -> Iterator[Target]:
    """What `target` says of pages in production; nothing where it is not about those."""
    if isinstance(given, list):
        for one in given:
            yield from targets(one, options)
    elif isinstance(given, dict):
        wanted = {str(key).lower(): value for key, value in given.items()}
        if not _fitting(files.text(wanted, "environment") or "*", ("production",)):
            return
        path = lowered(files.text(wanted, "path") or "**")
        kind = files.text(wanted, "kind")
        yield Target(
            _fitting(kind, KINDS) if kind else None,
            _languages(wanted, options),
            "" if path in ("**", "/**") else path,
        )
    else:
        yield EVERY


def _fitting(pattern: str, names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name for name in names if glob(lowered(pattern)).fullmatch(name))


def _languages(wanted: Mapping[str, Any], options: Mapping[str, JSON]) -> frozenset[str] | None:
    """The site's languages that are meant; patterns that none fits mean all to Hugo."""
    matrix = files.table(files.table(wanted, "sites"), "matrix")
    patterns = files.texts(matrix, "languages") + files.texts(wanted, "lang")
    if not patterns:
        return None
    own = (str(options.get("language") or "en"), *languages_of(options))
    without = [one for one in patterns if one.startswith("!")]
    found = frozenset(own)
    if len(without) < len(patterns):
        found = frozenset().union(*(_fitting(one, own) for one in patterns if one not in without))
    return found.difference(*(_fitting(one[1:].strip(), own) for one in without)) or None


def fits(target: Target, kind: str, language: str, path: str) -> bool:
    """Whether a page of this kind and language, at its logical path, is meant."""
    if target.kinds is not None and kind not in target.kinds:
        return False
    if target.languages is not None and language not in target.languages:
        return False
    return not target.glob or glob(target.glob).fullmatch(path) is not None
