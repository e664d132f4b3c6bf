"""Nikola: a `conf.py` (read, never run) with the settings that only Nikola's has."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from feedsvc.sites import files
from feedsvc.sites.engine import Detection, Engine, Layer
from feedsvc.sites.nikola.layout import FEEDS, NikolaLayout

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.markup.syntax import Syntax
    from feedsvc.model import JSON
    from feedsvc.posts.dialect import Dialect
    from feedsvc.settings import Settings

_CONFIG = "conf.py"
_LOOKED_AT = 1 << 18  # bytes; the configuration is mostly comments
# Sphinx, whose file is called so, too, has its settings in lower case.
_OWN = re.compile(
    rb"^(BLOG_(?:TITLE|AUTHOR|EMAIL|DESCRIPTION)|SITE_URL|POSTS|PAGES|COMPILERS"
    rb"|TRANSLATIONS(?:_PATTERN)?|NAVIGATION_LINKS|BLOG_URL|post_(?:pages|compilers))[ \t]*=",
    re.MULTILINE,
)
_ENOUGH = 3  # of these names; a program's own configuration may have one
_OFFSET = re.compile(r"(?:UTC|GMT)([+-]\d{1,2})")
_LIMIT = 10  # Nikola's own
_FORMER = {"SITE_URL": "BLOG_URL", "COMPILERS": "post_compilers"}
_OPTIONS = (
    *("TRANSLATIONS", "TRANSLATIONS_PATTERN", "DEFAULT_LANG", "SHOW_UNTRANSLATED_POSTS"),
    *("COMPILERS", "PRETTY_URLS", "STRIP_INDEXES", "INDEX_FILE", "USE_SLUGIFY", "BLOG_AUTHOR"),
    *("FILE_METADATA_REGEXP", "FILE_METADATA_UNSLUGIFY_TITLES", "METADATA_MAPPING"),
    *("USE_TAG_METADATA", "USE_REST_DOCINFO_METADATA", "MARKDOWN_EXTENSIONS"),
    *("CATEGORY_DESTPATH_AS_DEFAULT", "CATEGORY_DESTPATH_TRIM_PREFIX", "CATEGORY_DESTPATH_NAMES"),
    *("CATEGORY_DESTPATH_FIRST_DIRECTORY_ONLY", "MULTIPLE_AUTHORS_PER_POST"),
    *("DEFAULT_PREVIEW_IMAGE", "LISTINGS_FOLDERS"),
    *FEEDS,
)


class Nikola(Engine):
    """Configuration: https://getnikola.com/handbook.html#configuration."""

    name = "nikola"
    title = "Nikola site"
    layout = NikolaLayout()

    def detect(self, folder: Path) -> Detection | None:
        found = files.beginning(folder / _CONFIG, _LOOKED_AT) or b""
        names = {match[1] for match in _OWN.finditer(found.replace(b"\r", b""))}
        return Detection(_CONFIG) if len(names) >= _ENOUGH else None

    def configure(self, folder: Path) -> Layer:
        from feedsvc.sites.nikola.names import language_tag
        from feedsvc.sites.nikola.pages import found
        from feedsvc.sites.pythonic.pythonfile import read

        there = (folder / _CONFIG).is_file()
        said: dict[str, Any] = read(folder, _CONFIG, {}, set()) if there else {}
        _modernize(said)
        language = files.text(said, "DEFAULT_LANG") or "en"
        site = files.present(
            url=files.text(said, "BASE_URL", "SITE_URL"),
            title=_words(said, "BLOG_TITLE", language),
            subtitle=_words(said, "BLOG_DESCRIPTION", language),
            author=files.author(_told(said, "BLOG_AUTHOR", language)),
            language=language_tag(language),
            timezone=_zone(files.text(said, "TIMEZONE")),
        )
        posts = _entries(said, "POSTS") or [["posts/*.txt", "posts"]] * there
        values: dict[str, JSON] = {
            "site": site,
            "posts": {
                **files.present(
                    path=list["JSON"](dict.fromkeys(one[0].rpartition("/")[0] for one in posts))
                ),
                "permalink": "",
                "future": said.get("FUTURE_IS_NOW") is True,
            },
            "feeds": {"limit": min(files.number(said, "FEED_LENGTH") or _LIMIT, 10_000)},
            "languages": {
                name: files.present(
                    title=_words(said, "BLOG_TITLE", name),
                    description=_words(said, "BLOG_DESCRIPTION", name),
                    language=language_tag(name),
                )
                for name in files.table(said, "TRANSLATIONS")
                if name != language
            },
        }
        options = {name: files.plain(said[name]) for name in _OPTIONS if name in said}
        options["POSTS"] = files.plain(posts)
        options["PAGES"] = files.plain(_entries(said, "PAGES"))
        options["pages"] = found(folder, options)
        options["lone_tildes"] = True  # Nikola strikes through between two
        if any(name.endswith("smarty") for name in files.texts(said, "MARKDOWN_EXTENSIONS")):
            options |= {"typographer": True, "guillemets": False, "long_dashes": False}
        return Layer(values, options, (), _CONFIG if there else "")

    @cached_property
    def dialect(self) -> Dialect:
        from feedsvc.sites.nikola.dialect import NikolaDialect

        return NikolaDialect()

    def syntax(self, settings: Settings) -> Syntax:  # noqa: ARG002
        from feedsvc.sites.nikola.syntax import SYNTAX

        return SYNTAX


def _modernize(said: dict[str, Any]) -> None:
    """Give settings of earlier versions their present names, as Nikola did for a while.

    Up to version 5 one list had posts and pages, told apart by a fourth value, and addresses were
    those of files; sections were categories by folder.
    """
    former = said.get("post_pages")
    if isinstance(former, list) and not {"POSTS", "PAGES"} & said.keys():
        entries = [one for one in former if isinstance(one, list)]
        said["POSTS"] = [one for one in entries if True in one[3:4]]
        said["PAGES"] = [one for one in entries if True not in one[3:4]]
        said.setdefault("PRETTY_URLS", False)
    for name, before in _FORMER.items():
        if before in said:
            said.setdefault(name, said[before])
    if said.get("POSTS_SECTIONS"):
        said["CATEGORY_DESTPATH_AS_DEFAULT"] = not said.get("POSTS_SECTION_FROM_META")
        said["CATEGORY_DESTPATH_NAMES"] = said.get("POSTS_SECTION_NAME", {})


def _zone(name: str) -> str:
    """The zone's name; dateutil takes an offset for one, too."""
    if not (offset := _OFFSET.fullmatch(name)):
        return name or "UTC"
    hours = int(offset[1])
    return f"Etc/GMT{-hours:+}" if hours else "UTC"  # names of POSIX count westwards


def _entries(said: dict[str, Any], name: str) -> list[list[Any]]:
    """What `POSTS` or `PAGES` says: where they lie (`posts/*.md`), and below which folder."""
    given = said.get(name)
    return [
        [files.inner_path(one[0]), one[1]]
        for one in (given if isinstance(given, list) else [])
        if isinstance(one, list)
        and len(one) >= 2
        and isinstance(one[0], str)
        and "/" in files.inner_path(one[0])  # Nikola finds none in the site's folder itself
        and isinstance(one[1], str | dict)
    ]


def _told(said: dict[str, Any], key: str, language: str) -> object:
    """What a setting says in a language; a table of languages may lack it."""
    value = said.get(key)
    if not isinstance(value, dict):
        return value
    own = files.text(said, "DEFAULT_LANG") or "en"
    return value.get(language, value.get(own, next(iter(value.values()), None)))


def _words(said: dict[str, Any], key: str, language: str) -> str:
    return files.words(files.text({key: _told(said, key, language)}, key))


ENGINE = Nikola()
