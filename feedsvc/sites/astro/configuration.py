"""What Astro, Next.js and Gatsby sites say of themselves in plain literals.

None of the three prescribes where a site keeps its name and address, its posts and its feeds; these
are the places of their official templates and of the themes that most sites are made of.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from feedsvc.errors import ConfigError
from feedsvc.sites import files, javascript

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedsvc.model import JSON

_KNOWN = (
    *("src/consts", "src/config", "src/site.config", "src/siteConfig", "src/site-config"),
    *("src/data/site", "src/config/site", "src/config/index", "src/lib/config", "src/constants"),
    *("src/utils/AppConfig", "data/siteMetadata", "src/data/siteMetadata", "siteMetadata"),
    *("site.config", "siteConfig", "config/site", "config/index", "lib/config", "lib/constants"),
    *("blog.config", "config"),
)
_SUFFIXES = ("ts", "js", "mjs", "cjs", "mts")
_KEY = r"""\b["']?(?:{names})["']?\s*(?::\s*string\s*)?[:=]"""
_SITE = {
    "url": ("siteUrl|siteURL|SITE_URL|site_url|baseUrl|website|url|domain|site", r"https?://[^/]"),
    "title": ("SITE_TITLE|siteTitle|siteName|site_name|title|name", ""),
    "subtitle": ("SITE_DESCRIPTION|siteDescription|description|desc|subtitle", ""),
    "author": ("SITE_AUTHOR|siteAuthor|author|authorName", ""),
    "language": ("language|lang|locale", r"[a-z]{2}(?:[-_][A-Za-z]{2})?$"),
}
_PATTERNS = {
    key: re.compile(_KEY.format(names=names) + javascript.TEXT.replace("(", f"(?={sign})(", 1))
    for key, (names, sign) in _SITE.items()
}
_BASE = re.compile(rf"\bbase\s*:{javascript.TEXT}")
_GATSBY_PATH = re.compile(r"\bpath\s*:\s*[\"'`](?:\$\{__dirname\}/|\./)?([^\"'`$\n]{1,200})[\"'`]")
_GATSBY_FEED = re.compile(rf"\boutput\s*:{javascript.TEXT}")
_COLLECTION = re.compile(r"\bget(?:Collection|Entry)\(\s*[\"'`](\w{1,100})[\"'`]")
_ROUTE = re.compile(
    r"\[(?:\.\.\.)?(?!page|tag|categor|author|year|lang|locale)\w+\](?:/index)?\.astro"
)
_FEED = re.compile(r"((?:rss|feed|atom|index)\.(?:xml|json))(?:\.[jt]s|/route\.[jt]s)?")
_FOLDERS = ("src/content", "content", "src/pages", "posts", "_posts", "data", "src/posts")
_DEEPEST = 4


def site(folder: Path, code: str, kind: str) -> dict[str, JSON]:
    """Address, title and the like: the configuration's own, else of the first file that has one."""
    found = {key: javascript.literal(pattern, code) for key, pattern in _PATTERNS.items()}
    if kind == "gatsby":
        return _site(found)
    found = {"url": found["url"]}  # plugins have names and descriptions, too
    names = (f"{stem}.{suffix}" for stem in _KNOWN for suffix in _SUFFIXES)
    for name in names:
        text = _text(folder, name)
        said = {key: javascript.literal(pattern, text) for key, pattern in _PATTERNS.items()}
        if said["url"] or said["title"]:
            return _site({key: found.get(key) or value for key, value in said.items()})
    return _site(found)


def _site(found: dict[str, str]) -> dict[str, JSON]:
    values: dict[str, JSON] = {
        key: value for key, value in found.items() if value and "${" not in value
    }
    values["author"] = files.author(found.get("author"))
    values["language"] = found.get("language", "").replace("_", "-")
    return files.present(**values)


def posts(folder: Path, code: str, kind: str) -> tuple[list[JSON], dict[str, JSON]]:
    """The folders of posts, and the routes of those that pages show elsewhere."""
    if kind == "gatsby":
        given = [_inside(path) for path in _GATSBY_PATH.findall(code)]
        return [next((path for path in given if _has_posts(folder / path)), _default(folder))], {}
    bases: list[str] = []
    for name in ("src/content.config", "src/content/config"):
        for suffix in _SUFFIXES:
            bases += map(_inside, _BASE.findall(_text(folder, f"{name}.{suffix}")))
    bases = [path for path in dict.fromkeys(bases) if path and (folder / path).is_dir()]
    roots = [path for path in bases if not path.startswith("src/content/")]
    if len(roots) < len(bases) or not roots:
        roots.append(_default(folder))
    return [*roots], _routes(folder)


def _default(folder: Path) -> str:
    found = next((name for name in _FOLDERS if (folder / name).is_dir()), "")
    return found or ("public" if _has_posts(folder / "public") else "")


def _has_posts(folder: Path) -> bool:
    return any(name.endswith((".md", ".mdx")) for _, names in _walk(folder) for name in names)


def _routes(folder: Path) -> dict[str, JSON]:
    """A collection's name → the folder of `src/pages` whose pages are made of it."""
    found: dict[str, JSON] = {}
    for place, names in _walk(folder / "src/pages"):
        for name in names:
            path = f"{place}/{name}" if place else name
            head, _, last = path.removesuffix("/index.astro").rpartition("/")
            whole = f"{last}/index.astro" if path.endswith("/index.astro") else last
            if "[" not in head and _ROUTE.fullmatch(whole):
                match = _COLLECTION.search(_text(folder, f"src/pages/{path}"))
                if match:
                    found.setdefault(match[1], head)
    return found


def feeds(folder: Path, code: str, kind: str) -> list[JSON]:
    """The paths of the site's own feeds, as far as files are named after them."""
    if kind == "gatsby":
        return [javascript.literal(_GATSBY_FEED, code).lstrip("/") or "rss.xml"]
    found: list[JSON] = []
    for top in ("src/pages", "app", "src/app", "public"):
        for place, names in _walk(folder / top):
            head, _, last = place.rpartition("/")
            for name in names:
                path = f"{last}/{name}" if name.startswith("route.") else name
                match = _FEED.fullmatch(path)
                above = head if name.startswith("route.") else place
                if match and not above:  # those of parts of a site are another thing
                    found.append(match[1])
    return list(dict.fromkeys(found))


def _walk(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Folders relative to this one and the names of their files, in the same order everywhere."""
    for here, folders, names in os.walk(folder):
        place = Path(here).relative_to(folder).as_posix()
        place = "" if place == "." else place
        folders[:] = sorted(folders) if place.count("/") < _DEEPEST else []
        yield place, sorted(names)


def _inside(path: str) -> str:
    parts = [part for part in path.split("/") if part not in ("", ".")]
    return "" if ".." in parts else "/".join(parts)


def _text(folder: Path, name: str) -> str:
    try:
        is_there = (folder / name).is_file()
        return javascript.without_comments(files.text_of(folder, name)) if is_there else ""
    except (ConfigError, OSError):
        return ""
