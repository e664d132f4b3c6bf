"""Which pages a rule of a Hugo site is for (`resources/page/page_matcher.go`).

`cascade` and `permalinks` name them alike, by kind, language, environment and a pattern of paths.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from feedsvc.sites import files
from feedsvc.sites.globs import glob
from feedsvc.sites.hugo.languages import languages_of
from feedsvc.sites.hugo.paths import lowered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from feedsvc.model import JSON

T = TypeVar("T")

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


class Meant(NamedTuple, Generic[T]):
    """What a rule says, of pages at the paths of any of the patterns (none: at all paths)."""

    globs: tuple[str, ...]
    said: T

    def fits(self, path: str) -> bool:
        """Whether a page at its logical path is meant."""
        return not self.globs or any(glob(one).fullmatch(path) for one in self.globs)


def meant(
    rules: Iterable[tuple[tuple[Target, ...], T]], kind: str, language: str
) -> tuple[Meant[T], ...]:
    """Of rules, each of any of its targets, what they say of pages of a kind and a language."""
    found: list[Meant[T]] = []
    for several, said in rules:
        if globs := [one.glob for one in several if _is_for(one, kind, language)]:
            found.append(Meant(() if "" in globs else tuple(globs), said))
    return tuple(found)


def _is_for(target: Target, kind: str, language: str) -> bool:
    return (target.kinds is None or kind in target.kinds) and (
        target.languages is None or language in target.languages
    )
