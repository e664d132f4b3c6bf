"""Which pages a rule of a Hugo site is for (`resources/page/page_matcher.go`).

`cascade` and `permalinks` name them alike, by kind, language, environment and a pattern of paths.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from feedsvc.sites import files
from feedsvc.sites.globs import glob
from feedsvc.sites.hugo.paths import lowered

if TYPE_CHECKING:
    from collections.abc import Iterator


class Target(NamedTuple):
    """Pages of a kind and a language (None: any), at paths of a pattern ("": all)."""

    kind: str | None = None
    language: str | None = None
    glob: str = ""


EVERY = Target()


def targets(given: Any) -> Iterator[Target]:
    """What `target` says of pages in production; nothing where it is not about those."""
    if isinstance(given, list):
        for one in given:
            yield from targets(one)
    elif isinstance(given, dict):
        wanted = {str(key).lower(): str(value) for key, value in given.items()}
        if wanted.get("environment", "production") != "production":
            return
        path = lowered(wanted.get("path", "**"))
        languages: list[str | None] = [*_languages(given)] or [wanted.get("lang")]
        for kind in wanted["kind"].strip("{}").split(",") if "kind" in wanted else (None,):
            for language in languages:
                yield Target(kind, language, "" if path in ("**", "/**") else path)
    else:
        yield EVERY


def _languages(target: dict[Any, Any]) -> list[str]:
    """Those that `sites.matrix.languages` names; keys are in lower case."""
    matrix = files.table(files.table(target, "sites"), "matrix")
    return [name.lower() for name in files.texts(matrix, "languages")]


def fits(target: Target, kind: str, language: str, path: str) -> bool:
    """Whether a page of this kind and language, at its logical path, is meant."""
    if target.kind not in (None, kind) or target.language not in (None, language):
        return False
    return not target.glob or glob(target.glob).fullmatch(path) is not None
