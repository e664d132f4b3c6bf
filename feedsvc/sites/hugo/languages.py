"""Which language a Hugo page is in: `post.de.md`, or a content folder of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from feedsvc.posts.context import once_per_site
from feedsvc.posts.paths import FilePath
from feedsvc.sites.hugo.content import ContentFolder
from feedsvc.sites.hugo.paths import lowered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedsvc.model import JSON
    from feedsvc.posts.dialect import Source
    from feedsvc.settings import Settings


_INDEX = ("index", "_index")


class Located(Protocol):
    """What a page's path tells about it: a `ReadingContext`, or less."""

    @property
    def settings(self) -> Settings:
        """The site's."""

    @property
    def source(self) -> Source:
        """The file, relative to the site."""

    @property
    def path(self) -> FilePath:
        """Its path below its posts folder."""


def stem_of(stem: str, options: Mapping[str, JSON]) -> str:
    """A file's name without suffix and language; `stem` is the one without suffix.

    `index` and `_index` are in lower case, whatever the file's name is in.
    """
    head, _, language = stem.rpartition(".")
    if head and language.lower() in (languages_of(options) or (options.get("language"),)):
        stem = head
    return stem.lower() if stem[-5:].lower() == "index" and stem.lower() in _INDEX else stem


def is_index(stem: str, options: Mapping[str, JSON]) -> bool:
    """Whether a file's name without suffix is `index`, which speaks for its folder."""
    return stem[:5].lower() == "index" and stem_of(stem, options) == "index"


def logical(folder: str, stem: str) -> str:
    """A page's path as Hugo's rules know it: `/posts/my-post`, that of its folder for a bundle.

    `stem` is that of `stem_of`.
    """
    above = f"/{folder}" if folder else ""
    text = above or "/" if stem == "index" else f"{above}/{stem}"
    return lowered(text).replace(" ", "-")


def language_of(context: Located) -> str:
    """The page's language as the configuration names it."""
    options = context.settings.engine_options
    languages = languages_of(options)
    if not languages:
        return str(options.get("language") or "en")
    named = context.path.name.split(".")[-2:-1]
    if named and named[0].lower() in languages and context.path.name.count(".") > 1:
        return named[0].lower()
    return plain_language(context)


def plain_language(context: Located) -> str:
    """The language of files beside the page whose names tell none."""
    options = context.settings.engine_options
    own = content_folder(context) if languages_of(options) else None
    if own and own.language:
        return own.language
    return str(options.get("language") or "en")


def below_content(context: Located) -> FilePath:
    """The file's path in the content: below its language's folder, or where it is mounted."""
    own = content_folder(context)
    return context.path if own is None else below(own, context.source.path)


def below(own: ContentFolder, path: str) -> FilePath:
    """The path in the content of a file in one of its folders."""
    path = path[len(own.folder) + 1 :]
    return FilePath.of(f"{own.below}/{path}" if own.below else path)


def prefix(language: str, options: Mapping[str, JSON]) -> str:
    """`/de` for pages in another language than the site's; "" where each has a host of its own."""
    if _address(language, options):
        return ""
    own = language == str(options.get("language") or "en")
    return "" if own and not options.get("language_in_path") else f"/{language}"


def host(language: str, settings: Settings) -> str:
    """The address of a language where it has its own and that is not the site's, or ""."""
    address = _address(language, settings.engine_options)
    return "" if address == settings.site.url else address


@once_per_site
def shares_files(settings: Settings) -> bool:
    """Whether translations have the files of a bundle in common, at the address of one of them."""
    options = settings.engine_options
    languages = languages_of(options)
    apart = options.get("files_for_each") is True or any(
        _address(one, options) for one in languages
    )
    return len(languages) > 1 and not apart


def _address(language: str, options: Mapping[str, JSON]) -> str:
    said = languages_of(options).get(language)
    return str(said.get("url") or "") if isinstance(said, dict) else ""


def languages_of(options: Mapping[str, JSON]) -> dict[str, JSON]:
    """What the configuration says of each language; {} for a site that names none."""
    languages = options.get("languages")
    return languages if isinstance(languages, dict) else {}


def has_languages(settings: Settings) -> bool:
    """Whether the configuration names languages."""
    return bool(languages_of(settings.engine_options))


def content_folder(context: Located) -> ContentFolder | None:
    """The innermost content folder that the file lies in; None where that is its posts folder."""
    folders = _content_folders(context.settings)
    if not folders:
        return None
    path = context.source.path
    return next((one for one in folders if path.startswith(f"{one.folder}/")), None)


@once_per_site
def _content_folders(settings: Settings) -> tuple[ContentFolder, ...]:
    given = settings.engine_options.get("content")
    folders = given if isinstance(given, list) else []
    found = [ContentFolder(*map(str, one)) for one in folders if isinstance(one, list)]
    return tuple(sorted(found, key=lambda one: -len(one.folder)))
