"""What a Nikola site's settings come to, worked out once for all of its posts."""

from __future__ import annotations

import posixpath
import re
from fnmatch import translate
from typing import TYPE_CHECKING, Any, NamedTuple

from feedsvc.posts.context import once_per_site
from feedsvc.sites.nikola.names import encoded
from feedsvc.sites.patterns import safe_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedsvc.model import JSON
    from feedsvc.settings import Settings

COMPILERS = {
    "rest": (".txt", ".rst"),
    "markdown": (".md", ".mdown", ".markdown"),
    "html": (".html", ".htm"),
    "ipynb": (".ipynb",),
    "wordpress": (".wp",),
}
"""Which suffixes Nikola reads how unless told otherwise."""
_ANY = re.compile(
    rf".*(?:{'|'.join(re.escape(one) for some in COMPILERS.values() for one in some)})\Z", re.DOTALL
)
_YES = {"true": True, "yes": True, "1": True}
_PATTERN = "{path}.{lang}.{ext}"
_NAME = {"{path}": r"(?P<path>.+?)", "{ext}": r"(?P<ext>[^./]+)"}


class Wildcard(NamedTuple):
    """One entry of `POSTS`: files by their folder and name, and where their pages are."""

    root: str
    name: re.Pattern[str]
    destination: Any

    def takes(self, path: str) -> bool:
        """Whether the file at a path is a post."""
        folder, _, name = path.rpartition("/")
        below = not self.root or f"{folder}/".startswith(f"{self.root}/")
        return below and name[:1] != "." and self.name.match(name) is not None

    def beneath(self, path: str) -> str:
        """The folder of a file below that of the entry."""
        folder = posixpath.dirname(path)
        return folder[len(self.root) + 1 :] if self.root else folder

    def folder(self, language: str) -> str:
        """The folder of pages in a language, without outer slashes."""
        told = self.destination
        if isinstance(told, dict):
            told = told.get(language, next(iter(told.values()), ""))
        return str(told).strip("/")


class Translated(NamedTuple):
    """What a translation's name says: its language, and where the file is that it translates."""

    language: str
    original: str
    named: str
    """The same where that has its language in its name, too."""


class Facts(NamedTuple):
    """`prefixes` are the folders of languages, `compilers` names by suffix."""

    options: Mapping[str, JSON]
    language: str
    prefixes: Mapping[str, str]
    translation: re.Pattern[str] | None
    wildcards: tuple[Wildcard, ...]
    compilers: Mapping[str, str]
    pretty: bool

    @staticmethod
    def of(settings: Settings) -> Facts:
        """Those of a site."""
        return _of(settings)

    def told(self, name: str, language: str, usual: str = "") -> str:
        """A setting that may have another value in each language."""
        value = self.options.get(name)
        if isinstance(value, dict):
            value = value.get(language, value.get(self.language))
        return value if isinstance(value, str) else usual

    def wildcard(self, path: str) -> Wildcard | None:
        """The entry of `POSTS` that has the file at a path."""
        return next((one for one in self.wildcards if one.takes(path)), None)

    def translated(self, path: str) -> Translated | None:
        """What the name of a file in another language than the site's says; None for others."""
        match = self.translation.fullmatch(path) if self.translation else None
        if match is None or match["lang"] == self.language:
            return None
        start, end = match["path"], match["ext"]
        named = self.named(start, self.language, end)
        return Translated(match["lang"], f"{start}.{end}", named)

    def named(self, path: str, language: str, suffix: str) -> str:
        """The name of a translation by `TRANSLATIONS_PATTERN`."""
        made = str(self.options.get("TRANSLATIONS_PATTERN") or _PATTERN)
        made = made.replace("{lang}", language).replace("{ext}", suffix)
        return made.replace("{path}", path)

    def address(self, path: str, language: str, slug: str, pretty: object = None) -> str:
        """The path of a page below the site; `pretty` is what its metadata say of that."""
        wildcard = self.wildcard(path)
        folder = self.below(path, wildcard, language) if wildcard else ""
        wanted = truth(pretty)
        if wanted is None:
            wanted = self.pretty and slug != "index"
        end = f"{slug}/index.html" if wanted else f"{slug}.html"
        parts = f"{self.prefixes.get(language, language)}/{folder}/{end}".split("/")
        whole = "/" + "/".join(part for part in parts if part not in ("", "."))
        index = str(self.options.get("INDEX_FILE") or "index.html")
        if self.options.get("STRIP_INDEXES") is not False and whole.endswith(f"/{index}"):
            whole = whole.removesuffix(index)
        return encoded(whole)

    def below(self, path: str, wildcard: Wildcard, language: str) -> str:
        """The folder of a post's page, without outer slashes."""
        whole = posixpath.normpath(
            posixpath.join(wildcard.folder(language), wildcard.beneath(path))
        )
        return "" if whole == "." else whole


def truth(value: object) -> object:
    """Whether a field says yes, None where it says nothing; other words are none of it."""
    if isinstance(value, str):
        return _YES.get(value.strip().lower(), False) if value.strip() else None
    return value


@once_per_site
def _of(settings: Settings) -> Facts:
    facts = made(settings.engine_options)
    known = [one.root for one in facts.wildcards]
    # `[posts] path` may name others, or the site may have no configuration at all
    further = [root for root in settings.posts.path if not any(map(root.startswith, known))]
    more = (Wildcard(root.strip("/"), _ANY, root) for root in further)
    return facts._replace(wildcards=(*facts.wildcards, *more))


def made(said: Mapping[str, JSON], of: str = "POSTS") -> Facts:
    """What these settings come to, for posts or for pages (`of`)."""
    language = str(said.get("DEFAULT_LANG") or "en")
    given = said.get("TRANSLATIONS")
    prefixes = {
        str(name): str(folder).strip("/")
        for name, folder in (given if isinstance(given, dict) else {language: ""}).items()
    }
    prefixes.setdefault(language, "")
    entries: Any = said.get(of) or []
    return Facts(
        said,
        language,
        prefixes,
        _translation(said, prefixes),
        tuple(_wildcard(*one) for one in entries),
        _compilers(said.get("COMPILERS")),
        said.get("PRETTY_URLS") is not False,
    )


def _wildcard(pattern: str, destination: object) -> Wildcard:
    root, _, name = pattern.rpartition("/")
    return Wildcard(
        root, safe_pattern(translate(name), ignore_case=False) or re.compile(r"(?!)"), destination
    )


def _translation(said: Mapping[str, JSON], prefixes: Mapping[str, str]) -> re.Pattern[str] | None:
    if len(prefixes) < 2:
        return None
    made = re.escape(str(said.get("TRANSLATIONS_PATTERN") or _PATTERN))
    for name, pattern in _NAME.items():
        made = made.replace(re.escape(name), pattern, 1)
    names = "|".join(re.escape(name) for name in prefixes)
    made = made.replace(re.escape("{lang}"), f"(?P<lang>{names})", 1)
    found = safe_pattern(made, ignore_case=False)
    return found if found and {"path", "lang", "ext"} <= found.groupindex.keys() else None


def _compilers(given: object) -> dict[str, str]:
    tables: list[Mapping[str, Any]] = [COMPILERS, given if isinstance(given, dict) else {}]
    return {
        str(suffix): name
        for table in tables
        for name, suffixes in table.items()
        for suffix in (suffixes if isinstance(suffixes, list | tuple) else (suffixes,))
    }
