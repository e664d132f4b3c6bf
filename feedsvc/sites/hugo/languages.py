"""Which language a Hugo page is in: `post.de.md`, or a content folder of its own."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedsvc.model import JSON
    from feedsvc.posts.dialect import ReadingContext


def stem_of(path: PurePosixPath, options: Mapping[str, JSON]) -> str:
    """The file's name without suffix and language."""
    stem = path.name[: len(path.name) - len(path.suffix)]
    head, _, language = stem.rpartition(".")
    return head if head and language.lower() in _languages(options) else stem


def language_of(context: ReadingContext) -> str:
    """The page's language as the configuration names it."""
    options = context.settings.engine_options
    languages = _languages(options)
    named = context.path.name.split(".")[-2:-1]
    if named and named[0].lower() in languages and context.path.name.count(".") > 1:
        return named[0].lower()
    for name, values in languages.items():
        folder = values.get("content") if isinstance(values, dict) else None
        if folder and context.source.path.startswith(f"{folder}/"):
            return name
    return str(options.get("language") or "en")


def below_content(context: ReadingContext) -> PurePosixPath:
    """The file's path below its content folder, which may belong to a language."""
    for values in _languages(context.settings.engine_options).values():
        folder = values.get("content") if isinstance(values, dict) else None
        if folder and context.source.path.startswith(f"{folder}/"):
            return PurePosixPath(context.source.path).relative_to(str(folder))
    return context.path


def prefix(context: ReadingContext) -> str:
    """`/de` for pages in another language than the site's."""
    options, language = context.settings.engine_options, language_of(context)
    own = language == str(options.get("language") or "en").lower()
    if language not in _languages(options) or (own and not options.get("language_in_path")):
        return ""
    return f"/{language}"


def _languages(options: Mapping[str, JSON]) -> dict[str, JSON]:
    languages = options.get("languages")
    return languages if isinstance(languages, dict) else {}
