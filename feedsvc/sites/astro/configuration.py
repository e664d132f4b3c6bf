"""What Astro, Next.js and Gatsby sites say of themselves in plain literals.

None of the three prescribes where a site keeps its name and address, its posts and its feeds; these
are the places of their official templates and of the themes that most sites are made of.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.errors import ConfigError
from feedsvc.sites import files, javascript, scripts
from feedsvc.sites.astro.places import LOCALE, walk

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from feedsvc.model import JSON
    from feedsvc.sites.scripts import Script

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
    "language": ("language|lang|locale", r"[a-z]{2}(?:[-_][A-Za-z]{2})?[\"'`]"),
}
_PATTERNS = {
    key: re.compile(_KEY.format(names=names) + javascript.TEXT.replace("(", f"(?={sign})(", 1))
    for key, (names, sign) in _SITE.items()
}
# What has an address and a name of its own, which are not the site's
_OTHER = re.compile(
    r"\b\w{0,40}(?:licen[cs]e|social|profile|friend|sponsor|comment|analytics|footer|nav|menu|link"
    r"|repo)\w{0,40}[\"']?\s{0,9}(?::[^={}\n]{0,100})?[:=]\s{0,9}[{\[]",
    re.IGNORECASE,
)
_TEXT = r"[\"'`](?:\$\{__dirname\})?([^\"'`$\n]{0,200})[\"'`]"
_GATSBY_PATH = re.compile(
    rf"\bpath\s*:\s*(?:(?:__dirname\s*\+\s*)?(?P<whole>{_TEXT})|(?:path\.)?(?:resolve|join)\("
    rf"\s*(?:__dirname\s*,\s*)?(?P<parts>{_TEXT}(?:\s*,\s*{_TEXT}){{0,9}})\s*(?:,\s*)?\))"
)
_GATSBY_FOLDERS = re.compile(  # several below one: `content/${name}`
    r"\bpath\s*:\s*(?:(?:path\.)?(?:resolve|join)\(\s*(?:__dirname\s*,\s*)?)?"
    r"[\"'`](?:\$\{__dirname\}/)?([^\"'`$\n]{1,200})/\$\{"
)
_METADATA = re.compile(r"\bsiteMetadata\s*(?::\s*(?:(?P<name>[A-Za-z_$][\w$]{0,100})\b|(?=\{))|,)")
_FIELDS = {  # of Gatsby's `siteMetadata`
    "url": ("siteUrl", "siteURL", "site_url", "url"),
    "title": ("title", "siteTitle", "name"),
    "subtitle": ("description", "siteDescription", "subtitle"),
    "author": ("author", "author.name"),
    "language": ("language", "lang", "locale"),
}
_ALERTS = re.compile(r"\b(?:remark|rehype)[\w-]{0,40}(?:alert|admonition|callout)", re.IGNORECASE)
_GATSBY_FEED = re.compile(rf"\boutput\s*:{javascript.TEXT}")
_FEED = re.compile(r"((?:rss|feed|atom|index)\.(?:xml|json))(?:\.[jt]s|/route\.[jt]s)?")
_FOLDERS = ("src/content", "content", "posts", "_posts", "data", "src/posts", "src/pages")


def site(folder: Path, script: Script, kind: str) -> dict[str, JSON]:
    """Address, title and the like: the configuration's own, else of the first file that has one."""
    if kind == "gatsby":
        return _site(_metadata(script))
    # plugins have names and descriptions, too
    found = {"url": javascript.literal(_PATTERNS["url"], script.code)}
    names = (f"{stem}.{suffix}" for stem in _KNOWN for suffix in _SUFFIXES)
    for name in names:
        text = javascript.without_objects(_text(folder, name), _OTHER)
        said = _literals(text)
        if said["url"] or said["title"]:
            return _site({key: found.get(key) or value for key, value in said.items()})
    return _site(found)


def _metadata(script: Script) -> dict[str, str]:
    """What Gatsby's `siteMetadata` says, an object or the name of one."""
    told = _METADATA.search(script.code)
    if not told:
        return _literals(script.code)
    name = told["name"] or ("siteMetadata" if told[0].endswith(",") else "")
    whole = "" if name else scripts.object_at(script.code, told.end())
    found = _literals(whole)
    for key, fields in _FIELDS.items():
        said = (
            script.value(f"{name}.{field}") if name else script.field(told.end(), field.split("."))
            for field in fields
        )
        found[key] = next(filter(None, said), found[key])
    return found


def _literals(code: str) -> dict[str, str]:
    return {key: javascript.literal(pattern, code) for key, pattern in _PATTERNS.items()}


def _site(found: dict[str, str]) -> dict[str, JSON]:
    values: dict[str, JSON] = {
        key: value for key, value in found.items() if value and "${" not in value
    }
    values["author"] = files.author(found.get("author"))
    values["language"] = found.get("language", "").replace("_", "-")
    return files.present(**values)


def posts(folder: Path, code: str, kind: str, loaded: Collection[str]) -> list[JSON]:
    """The folders of posts; `loaded` are those that loaders of collections read."""
    if kind == "gatsby":
        # what lies in src/pages are pages, whether there are posts elsewhere or not
        given = sorted(map(_source, _GATSBY_PATH.finditer(code)), key="src/pages".__eq__)
        given = [*map(_inside, _GATSBY_FOLDERS.findall(code)), *given]
        return [next((path for path in given if _has_posts(folder / path)), _default(folder))]
    roots = [path for path in loaded if not path.startswith("src/content/")]
    if len(roots) < len(loaded) or not roots:
        roots.append(_default(folder))
    return [*roots]


def _default(folder: Path) -> str:
    # what lies in src/pages may be pages beside the posts
    found = next((name for name in (*_FOLDERS, "public") if _has_posts(folder / name)), "")
    return found or next((name for name in _FOLDERS if (folder / name).is_dir()), "")


def _has_posts(folder: Path) -> bool:
    return any(name.endswith((".md", ".mdx")) for _, names in walk(folder) for name in names)


def feeds(folder: Path, code: str, kind: str) -> dict[str, str]:
    """The paths of the site's own feeds, as far as files are named after them, and these files.

    One that there is for each language goes by the name that it has for the site's own.
    """
    if kind == "gatsby":
        return {javascript.literal(_GATSBY_FEED, code).lstrip("/") or "rss.xml": ""}
    found: dict[str, str] = {}
    for top in ("src/pages", "app", "src/app", "public"):
        for place, names in walk(folder / top):
            head, _, last = place.rpartition("/")
            for name in names:
                path = f"{last}/{name}" if name.startswith("route.") else name
                match = _FEED.fullmatch(path)
                above = head if name.startswith("route.") else place
                file = "/".join(filter(None, (top, place, name)))
                # those of parts of a site are another thing
                if match and (not above or LOCALE.fullmatch(above)):
                    found.setdefault(match[1], file)
    return found


def shows_alerts(folder: Path, code: str) -> bool:
    """Whether a plugin for Markdown, of a package or the site's own, makes notes of `[!NOTE]`."""
    return any(map(_ALERTS.search, (_text(folder, "package.json"), code)))


def _source(match: re.Match[str]) -> str:
    """The folder that a source of Gatsby's is given, in one text or in parts that are joined."""
    return _inside("/".join(re.findall(_TEXT, match["whole"] or match["parts"])))


def _inside(path: str) -> str:
    parts = [part for part in path.split("/") if part not in ("", ".")]
    return "" if ".." in parts else "/".join(parts)


def _text(folder: Path, name: str) -> str:
    try:
        is_there = (folder / name).is_file()
        return javascript.without_comments(files.text_of(folder, name)) if is_there else ""
    except (ConfigError, OSError):
        return ""
