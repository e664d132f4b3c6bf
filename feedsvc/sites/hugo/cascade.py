"""Front matter that Hugo's sections hand down (https://gohugo.io/configuration/cascade/)."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from feedsvc.posts import encoding, frontmatter
from feedsvc.sites.hugo.languages import language_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedsvc.posts.dialect import ReadingContext


def cascade(context: ReadingContext) -> Iterator[tuple[str, Any]]:
    """Keys and values for a page, the nearest section's first, the configuration's last."""
    root = context.source.root
    language = language_of(context)
    several = context.settings.engine_options.get("languages")
    names = ("_index.md", f"_index.{language}.md") if several else ("_index.md",)
    for folder in context.path.parents:
        below = "" if str(folder) == "." else str(folder)
        for name in names:
            path = "/".join(part for part in (root, below, name) if part)
            if data := context.side(path):
                yield from _matching(_index_cascade(data), context, language)
    yield from _matching(context.settings.engine_options.get("cascade"), context, language)


@lru_cache(maxsize=512)
def _index_cascade(data: bytes) -> Any:
    text = encoding.decode(data).text
    if text is None or "cascade" not in text.lower():
        return None
    front = frontmatter.read(text, ("yaml", "toml", "json"))
    return next((value for key, value in front.fields.items() if key.lower() == "cascade"), None)


def _matching(given: Any, context: ReadingContext, language: str) -> Iterator[tuple[str, Any]]:
    for entry in given if isinstance(given, list) else [given]:
        if not isinstance(entry, dict):
            continue
        values = {str(key).lower(): value for key, value in entry.items()}
        target = values.pop("target", None) or values.pop("_target", None)
        if not _fits(target, context, language):
            continue
        params = values.pop("params", None)
        if isinstance(params, dict):
            values |= {str(key).lower(): value for key, value in params.items()}
        yield from values.items()


def _fits(target: Any, context: ReadingContext, language: str) -> bool:
    if isinstance(target, list):
        return any(_fits(one, context, language) for one in target)
    if not isinstance(target, dict):
        return True
    wanted = {str(key).lower(): str(value) for key, value in target.items()}
    path = f"/{context.path.with_suffix('')}".removesuffix("/index")
    kinds = wanted.get("kind", "page").strip("{}").split(",")
    return (
        "page" in kinds
        and wanted.get("lang", language) == language
        and wanted.get("environment", "production") == "production"
        and any(
            fnmatchcase(path.lower(), glob.lower())
            for glob in _alternatives(wanted.get("path", "**"))
        )
    )


def _alternatives(glob: str) -> list[str]:
    """`{/a/**,/b/**}` is either; `**` crosses folders, and so does fnmatch's `*`."""
    inner = glob[1:-1] if glob.startswith("{") and glob.endswith("}") else None
    return [part.strip() for part in inner.split(",")] if inner else [glob]
