"""Which language a Hugo page is in: `post.de.md`, or a content folder of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.posts.context import FilePath

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedsvc.model import JSON
    from feedsvc.posts.dialect import ReadingContext


def stem_of(stem: str, options: Mapping[str, JSON]) -> str:
    """A file's name without suffix and language; `stem` is the one without suffix."""
    head, _, language = stem.rpartition(".")
    return head if head and language.lower() in _languages(options) else stem


def language_of(context: ReadingContext) -> str:
    """The page's language as the configuration names it."""
    options = context.settings.engine_options
    if languages := _languages(options):
        named = context.path.name.split(".")[-2:-1]
        if named and named[0].lower() in languages and context.path.name.count(".") > 1:
            return named[0].lower()
        if own := _content_folder(context):
            return own[0]
    return str(options.get("language") or "en")


def below_content(context: ReadingContext) -> FilePath:
    """The file's path below its content folder, which may belong to a language."""
    own = _content_folder(context)
    return FilePath.of(context.source.path[len(own[1]) + 1 :]) if own else context.path


def _content_folder(context: ReadingContext) -> tuple[str, str] | None:
    """The language whose content folder the file lies in, and that folder."""
    for name, values in _languages(context.settings.engine_options).items():
        folder = values.get("content") if isinstance(values, dict) else None
        if folder and context.source.path.startswith(f"{folder}/"):
            return name, str(folder)
    return None


def prefix(context: ReadingContext) -> str:
    """`/de` for pages in another language than the site's."""
    options = context.settings.engine_options
    languages = _languages(options)
    language = language_of(context) if languages else ""
    own = language == str(options.get("language") or "en").lower()
    if language not in languages or (own and not options.get("language_in_path")):
        return ""
    return f"/{language}"


def _languages(options: Mapping[str, JSON]) -> dict[str, JSON]:
    languages = options.get("languages")
    return languages if isinstance(languages, dict) else {}
