"""Where a Hugo page lies, and what all pages that lie there have in common."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from feedsvc.posts import fields
from feedsvc.posts.context import once_per_site
from feedsvc.posts.paths import above
from feedsvc.sites.hugo import cascade, indexes
from feedsvc.sites.hugo.content import ContentFolder
from feedsvc.sites.hugo.languages import (
    below,
    content_folder,
    host,
    language_of,
    languages_of,
    logical,
    plain_language,
    prefix,
    stem_of,
)
from feedsvc.sites.hugo.paths import as_name
from feedsvc.sites.hugo.patterns import pattern_of, patterns_of
from feedsvc.sites.hugo.taxonomies import taxonomy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from feedsvc.model import JSON
    from feedsvc.posts.dialect import ReadingContext, Source
    from feedsvc.settings import Settings
    from feedsvc.sites.hugo.matching import Meant


class Place:
    """A folder of the content, for pages of one language.

    That of a bundle is no place of its own: its page lies where a file of its name would.
    """

    def __init__(
        self, context: ReadingContext, top: ContentFolder, folder: str, language: str
    ) -> None:
        self.settings = settings = context.settings
        self.options = settings.engine_options
        self.language = language
        self.languages = languages_of(self.options)
        self.folders = tuple(folder.split("/")) if folder else ()
        self.host = host(language, settings)
        self.prefix = prefix(language, self.options)
        own = f"_index.{language}.md"
        # files that name no language are in that of the folder
        names = ("_index.md", own) if plain_language(context) == language else (own,)
        self.chain = indexes.chain(context.source.side, self.folders, top, names)

    @cached_property
    def edition(self) -> str:
        """The folder of the language where the site has several and it is not the site's."""
        language = self.language if self.languages else ""
        return "" if language == self.options.get("language") else language

    @cached_property
    def tag(self) -> str | None:
        """That of the language, where the site has several."""
        own = self.languages.get(self.language)
        tag = own.get("tag") if isinstance(own, dict) else None
        return fields.language(tag or self.language)

    @property
    def sections(self) -> Sequence[indexes.Section]:
        """Those that hold the pages, the nearest first, and the home page."""
        return self.chain.sections

    @cached_property
    def names(self) -> Sequence[str]:
        """How addresses name the folders."""
        return indexes.named(self.folders, self.sections, self.options)

    @cached_property
    def section(self) -> str | None:
        """The path of the section that lists the pages, None where a pattern makes it."""
        nearest = self.sections[0]
        if not nearest.folders:
            return ""
        if given := nearest.url:
            # with a leading slash it is below the site, and so names its language itself
            return None if ":" in given else as_name(given.removeprefix(f"{self.prefix}/"))
        if self.section_pattern:
            return None
        return as_name("/".join(indexes.named(nearest.folders, self.sections, self.options)))

    @cached_property
    def section_pattern(self) -> str:
        """That of the section that lists the pages, "" for none."""
        path = indexes.logical_path(self.sections[0].folders)
        return pattern_of(self.settings, "section", self.language, path)

    @cached_property
    def handed_to_all(self) -> Sequence[tuple[str, Any]] | None:
        """Front matter that all pages get alike; None where it depends on their paths."""
        if any(one.globs for one in self.handed_down):
            return None
        return [pair for one in self.handed_down for pair in one.said]

    @cached_property
    def shared(self) -> Mapping[str, tuple[object, JSON]]:
        """What is handed down to all pages, by its keys, with what it is as JSON."""
        pairs = reversed(self.handed_to_all or ())  # of several the first counts
        return {key: (value, fields.as_json(value)) for key, value in pairs}

    @cached_property
    def handed_down(self) -> Sequence[cascade.Handed]:
        """Front matter that sections and the configuration hand down."""
        fronts = (section.front for section in self.sections)
        return cascade.handed_down(fronts, self.language, self.settings)

    @cached_property
    def patterns(self) -> Sequence[Meant[str]]:
        """Of addresses."""
        return patterns_of(self.settings, "page", self.language)

    @cached_property
    def suffix(self) -> str:
        """What ends the addresses, as `uglyURLs` has it."""
        ugly = self.options.get("ugly")
        if isinstance(ugly, dict):
            ugly = ugly.get(self.folders[0].lower() if self.folders else "")
        return ".html" if ugly is True else "/"

    @cached_property
    def taxonomies(self) -> Mapping[str, str]:
        """The keys of front matter, by the usual ones, which stand for absent taxonomies, too."""
        return {
            kind: taxonomy(kind, self.language, self.options).lower() or kind
            for kind in ("categories", "tags")
        }


class Page:
    """What the path of a page tells, and what its rules ask for more than once (`context.page`).

    What tells of its sections is what it depends on from then on.

    `file` is its path below the content, `stem` its name without suffix and language; `base` is
    that of its folder for a `bundle`. `dates` are those read without a doubt by their keys.
    """

    __slots__ = ("base", "bundle", "dates", "file", "place", "stem")

    def __init__(self, context: ReadingContext) -> None:
        top = content_folder(context)
        self.file = file = context.path if top is None else below(top, context.source.path)
        self.stem = self.base = stem_of(file.stem, context.settings.engine_options)
        folder = file.folder
        self.bundle = self.stem == "index" and folder != ""
        if self.bundle:
            folder, _, self.base = folder.rpartition("/")
        self.place = place = look_at(context.source, context.settings).place(context, top, folder)
        asked, depends = place.chain.asked, context.depends
        depends += [one for one in asked if one not in depends] if depends else asked
        self.dates: dict[str, datetime] = {}

    @property
    def path(self) -> str:
        """As Hugo's rules know it."""
        return logical(self.file.folder, self.stem)

    def handed_down(self, own: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
        """Keys and values: the page's own, the nearest section's, at last the configuration's."""
        place = self.place
        cascades = "cascade" in own
        if not cascades and place.handed_to_all is not None:
            return place.handed_to_all
        handed = place.handed_down
        if cascades:
            handed = (*cascade.own(own, place.language, place.options), *handed)
        return [pair for one in handed if one.fits(self.path) for pair in one.said]


class Look:
    """What is known of a site's folders while its files are looked at through one `Source`'s eyes.

    These tell the same of one file for as long, so that each folder is asked about once.
    """

    def __init__(self, source: Source, settings: Settings) -> None:
        self.settings = settings
        self.side = source.side
        self.size = source.size
        self._several = bool(languages_of(settings.engine_options))
        self._language = str(settings.engine_options.get("language") or "en")
        self._places: dict[tuple[str, str, str], Place] = {}
        self._bundles: dict[tuple[str, str], bool] = {}

    def place(self, context: ReadingContext, top: ContentFolder | None, folder: str) -> Place:
        """That of a page in a folder of the content; `top` is the content folder that it is in."""
        root = context.source.root if top is None else top.folder
        language = language_of(context) if self._several else self._language
        key = root, folder, language
        known = self._places.get(key)
        if known is None:
            known = Place(context, top or ContentFolder(root), folder, language)
            self._places[key] = known
        return known

    def in_bundle(self, root: str, folder: str) -> bool:
        """Whether a folder below a posts folder, or one that holds it, is a bundle (a page's)."""
        key = root, folder
        known = self._bundles.get(key)
        if known is None:
            known = self._bundles[key] = self._in_bundle(f"{root}/" if root else "", folder)
        return known

    def _in_bundle(self, prefix: str, folder: str) -> bool:
        names = _bundle_names(self.settings)
        return any(
            self.size(f"{prefix}{one}/{name}") is not None
            for one in above(folder)[:-1]
            for name in names
        )


_look: Look | None = None


def look_at(source: Source, settings: Settings) -> Look:
    """The look through whose eyes a source was found."""
    global _look  # noqa: PLW0603 - that of one site is over before that of the next begins
    known = _look
    if (
        known is None
        or known.settings is not settings
        or known.side != source.side
        or known.size != source.size
    ):
        _look = known = Look(source, settings)
    return known


@once_per_site
def _bundle_names(settings: Settings) -> tuple[str, ...]:
    options = settings.engine_options
    languages = languages_of(options) or {str(options.get("language") or "en"): None}
    named = [f"index.{language}.md" for language in languages]
    return ("index.md", "index.html", "index.markdown", "Index.md", *named)
