"""What an Eleventy site's global data say of it: address, title and the like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from feedsvc.errors import ConfigError
from feedsvc.sites import files, javascript
from feedsvc.sites.scripts import SUFFIXES, Script

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from feedsvc.model import JSON

_STEMS = (
    *("metadata", "site", "meta", "global", "globals", "config", "settings", "siteConfig"),
    *("site_config", "siteconfig", "blog", "info", "env", "client"),
)
_CODE = tuple(suffix for suffix in SUFFIXES if suffix != "json")
_URLS = (
    *("url", "siteUrl", "siteURL", "site_url", "siteurl", "baseUrl", "baseURL", "base_url"),
    *("homepage", "domain", "site", "origin", "rootUrl", "root"),
)
_KEYS = {
    "title": ("title", "name", "siteName", "siteTitle"),
    "subtitle": ("subtitle", "description", "tagline"),
    "language": ("language", "lang", "locale"),
    "author": ("author",),
}
_METADATA = re.compile(r"\bmetadata\s*:\s*\{([^{}]{0,2000})")
_PLUGIN = {
    "title": re.compile(rf"\btitle\s*:{javascript.TEXT}"),
    "subtitle": re.compile(rf"\b(?:subtitle|description)\s*:{javascript.TEXT}"),
    "language": re.compile(rf"\blanguage\s*:{javascript.TEXT}"),
    "url": re.compile(rf"\b(?:base|url)\s*:{javascript.TEXT}"),
}
_PREFIX = re.compile(rf"\bpathPrefix\s*:{javascript.TEXT}")
_DEEPEST = 3
_FORGES = ("github.com", "gitlab.com", "codeberg.org", "npmjs.com")
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)


def metadata(code: str) -> dict[str, JSON]:
    """What the feed plugin is told of the site."""
    block = _METADATA.search(code)
    said = block[1] if block else ""
    found: dict[str, JSON] = {key: javascript.literal(one, said) for key, one in _PLUGIN.items()}
    if not str(found["url"]).startswith(("http://", "https://")):
        del found["url"]
    return {key: value for key, value in found.items() if value}


def site_data(site: Path, folder: str, formats: list[str]) -> dict[str, JSON]:
    """What the data files in a folder say whose names speak of the site, the first before others.

    Where none has an address, `package.json` may name the site's page.
    """
    found: dict[str, JSON] = {}
    for name in reversed([*_names(site / folder, formats)]):
        if name.rpartition(".")[2] in _CODE:
            found |= _of_code(Script(site, f"{folder}/{name}" if folder else name))
        else:
            found |= of_map(files.mapping(site / folder, name))
    if "url" not in found and (site / "package.json").is_file():
        page = _address(_said(site, "package.json").get("homepage"))
        if page and urlsplit(page).netloc.removeprefix("www.") not in _FORGES:
            found["url"] = page
    return found


def _names(folder: Path, formats: list[str]) -> Iterator[str]:
    for stem in _STEMS:
        for suffix in ("json", *formats, *_CODE):
            if (folder / f"{stem}.{suffix}").is_file():
                yield f"{stem}.{suffix}"


def _said(folder: Path, name: str) -> dict[str, Any]:
    try:
        return files.mapping(folder, name)
    except ConfigError:
        return {}


def _of_code(script: Script) -> dict[str, JSON]:
    said = {key: next(_values(script, names), "") for key, names in _KEYS.items()}
    addresses = filter(None, map(_address, _values(script, _URLS)))
    values: dict[str, JSON] = {**said, "url": next(addresses, "")}
    values["author"] = files.author(said["author"])
    return files.present(**values)


def _values(script: Script, names: tuple[str, ...]) -> Iterator[str]:
    """What the file exports under these names, at the top or anywhere within."""
    for name in names:
        if value := script.exported([name]):
            yield value
    for name in names:
        for key in re.finditer(rf"\b[\"']?{name}[\"']?\s*:", script.code):
            if value := script.text_at(key.end()):
                yield value


def _address(said: object) -> str:
    """An address, also one without its scheme."""
    if not isinstance(said, str):
        return ""
    if said.startswith(("http://", "https://")):
        return said
    return f"https://{said}" if _HOST.fullmatch(said) else ""


def texts(folder: Path, formats: list[str]) -> dict[str, str]:
    """The texts of those data files, by the names that templates have for them."""
    found: dict[str, str] = {}
    for name in _names(folder, formats):
        stem, _, suffix = name.partition(".")
        if suffix not in _CODE:
            found |= nested(files.mapping(folder, name), f"{stem}.")
    return found


def nested(said: Mapping[str, Any], above: str = "") -> dict[str, str]:
    """The single texts of a map, by their names with dots."""
    found = {f"{above}{key}": value for key, value in said.items() if isinstance(value, str)}
    for key, value in said.items():
        if isinstance(value, dict) and above.count(".") < _DEEPEST:
            found |= nested(value, f"{above}{key}.")
    return found


def address(url: str, folder: Path, code: str) -> str:
    """Where the site is: Eleventy's pages are below the host and `pathPrefix`, whatever `url` says.

    A prefix may also be given on the command line; then the path in the address stands for it.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    below = prefix(code)
    if not below and (folder / "package.json").is_file():
        unseen = "pathprefix" in files.text_of(folder, "package.json").lower()
        below = parts.path.strip("/") if unseen else ""
    return f"{parts.scheme}://{parts.netloc}/{below}".rstrip("/")


def prefix(code: str) -> str:
    """`pathPrefix` as the configuration says it, without the slashes around it."""
    return javascript.literal(_PREFIX, code).strip("/")


def of_map(said: Mapping[str, Any]) -> dict[str, JSON]:
    """What a map of data says of the site."""
    addresses = filter(None, (_address(said.get(name)) for name in _URLS))
    return files.present(
        title=files.text(said, *_KEYS["title"]),
        subtitle=files.text(said, *_KEYS["subtitle"]),
        language=files.text(said, *_KEYS["language"]),
        url=next(addresses, ""),
        author=files.author(said.get("author")),
    )
