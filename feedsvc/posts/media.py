"""Front matter that names files — enclosures and images — → absolute URLs, types and lengths."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

from feedsvc.model import Enclosure
from feedsvc.posts import fields
from feedsvc.posts.encoding import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

URL_KEYS = ("url", "src", "href", "path", "file", "audio", "image", "feature", "link")

# Fixed here because the tables of machines and Python versions differ; m4a as Apple asks for it.
TYPES = {
    "aac": "audio/aac",
    "avif": "image/avif",
    "epub": "application/epub+zip",
    "flac": "audio/flac",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "m4a": "audio/x-m4a",
    "m4v": "video/x-m4v",
    "mov": "video/quicktime",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "oga": "audio/ogg",
    "ogg": "audio/ogg",
    "ogv": "video/ogg",
    "opus": "audio/opus",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "wav": "audio/wav",
    "webm": "video/webm",
    "webp": "image/webp",
    "zip": "application/zip",
}

# What posts link to besides media. Texts are taken to be in the one encoding that posts are in.
_FILE_TYPES = TYPES | {
    "bmp": "image/bmp",
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "gz": "application/gzip",
    "heic": "image/heic",
    "htm": "text/html; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "ico": "image/vnd.microsoft.icon",
    "ics": "text/calendar; charset=utf-8",
    "ipynb": "application/x-ipynb+json",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "jxl": "image/jxl",
    "md": "text/markdown; charset=utf-8",
    "mid": "audio/midi",
    "mkv": "video/matroska",
    "srt": "application/x-subrip; charset=utf-8",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "txt": "text/plain; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "wasm": "application/wasm",
    "weba": "audio/webm",
    "woff2": "font/woff2",
    "xml": "application/xml",
}

_TYPE = re.compile(r"[A-Za-z0-9.+-]+/[A-Za-z0-9.+-]+")
_SAFE = "/:@!$&'()*+,;=-._~?#[]%"
_PLAIN = re.compile(r"[\w/:@!$&'()*+,;=.~?#-]*", re.ASCII).fullmatch
_CALLED = re.compile(r"[\w-]{6,20}", re.ASCII).fullmatch
_PAGE_OF_VIDEO = re.compile(
    r"(?:https?:)?//(?:[\w-]+\.)?(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|bilibili\.com)/"
).match
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


class Base(NamedTuple):
    """Where relative references start: the site's URL, the post's, and the post's file."""

    site: str
    permalink: str
    path: str


def absolute(reference: str, base: Base) -> str | None:
    """The absolute http(s) URL of a reference in front matter, None if it has another scheme.

    `/x` is below the site's URL, base path included; anything else is relative to the post's page.
    """
    reference = clean(reference).strip()
    if not reference or any(char.isspace() and char != " " for char in reference):
        return None
    try:
        if reference[0] == "/" and reference[1:2] != "/":
            prefix = urlsplit(base.site).path
            inside = bool(prefix) and reference.startswith(f"{prefix}/")
            url = base.site.removesuffix(prefix) + reference if inside else base.site + reference
        else:
            url = urljoin(base.permalink, reference)
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    return encoded(url)


def encoded(url: str) -> str:
    """The URL with what RFC 3986 does not allow percent-encoded: some clients take no other."""
    return url if _PLAIN(url) else quote(_STRAY_PERCENT.sub("%25", url), safe=_SAFE)


def local_files(reference: str, base: Base, folders: tuple[str, ...]) -> list[str]:
    """Where in the site's folder a reference may lie, most likely first; nothing outside of it."""
    inside = (
        reference.removeprefix(base.site) if reference.startswith(f"{base.site}/") else reference
    )
    path = unquote(re.split(r"[?#]", inside, maxsplit=1)[0])
    if "://" in path or path.startswith("//") or "\0" in path:
        return []
    beside = posixpath.join(posixpath.dirname(base.path), path)
    under = [posixpath.join(folder, path.lstrip("/")) for folder in folders]
    found = under if path.startswith("/") else [beside, *under]
    normal = [posixpath.normpath(one) for one in found]
    return [one for one in normal if one not in (".", "..") and not one.startswith(("../", "/"))]


def media_type(given: str, url: str) -> str:
    """The media type as given, else by the name's suffix, else that of any bytes."""
    if _TYPE.fullmatch(given):
        return given.lower()
    suffix = urlsplit(url).path.rpartition(".")[2].lower()
    return TYPES.get(suffix, "application/octet-stream")


def type_of_file(name: str) -> str:
    """The media type under which a file of that name is published."""
    suffix = name.rpartition("/")[2].rpartition(".")[2].lower()
    return _FILE_TYPES.get(suffix, "application/octet-stream")


def reference_of(value: object) -> str | None:
    """The reference in a value that is text or a map holding one."""
    if isinstance(value, dict):
        value = next(filter(None, (value.get(key) for key in URL_KEYS)), None)
    return value.strip() or None if isinstance(value, str) else None


def is_media(value: object) -> bool:
    """Whether a value names a file that is media by its suffix."""
    reference = reference_of(value)
    return bool(reference) and str(reference).rpartition(".")[2].lower() in TYPES


def is_elsewhere(value: object) -> bool:
    """Whether a value names a video by what another site calls it, or by its page there."""
    if isinstance(value, int) and not isinstance(value, bool):
        return True
    if isinstance(value, str) and _CALLED(value):
        return True
    reference = reference_of(value) or ""
    return reference.startswith(("http:", "https:", "//")) and bool(_PAGE_OF_VIDEO(reference))


def enclosure(
    value: object,
    beside: Mapping[str, object],
    base: Base,
    folders: tuple[str, ...],
    size: Callable[[str], int | None],
) -> tuple[Enclosure | None, str]:
    """One enclosure and what was wrong with it.

    `value` is a reference, a map (url, type, length, duration, title), or WordPress's three lines
    of URL, length and type; `beside` holds what the post says outside of it. The length comes from
    the local file where it is not given.
    """
    details = {**beside, **value} if isinstance(value, dict) else dict(beside)
    reference = reference_of(value)
    if reference and "\n" in reference:
        # (some exporters write YAML's sign of a block into the block, too)
        lines = [line for line in map(str.strip, reference.splitlines()) if line not in ("", "|")]
        reference = lines[0] if lines else ""
        details |= dict(zip(("length", "type"), lines[1:], strict=False))
    url = absolute(reference, base) if reference else None
    if reference is None or url is None:
        return None, "it names no http or https URL and no file"
    bytes_, problem = _length(details, local_files(reference, base, folders), size)
    return Enclosure(
        url=url,
        type=media_type(fields.text(_first(details, "type", "mime", "mimetype")) or "", url),
        length=bytes_,
        duration=fields.seconds(details.get("duration")),
        title=fields.text(details.get("title")) or None,
    ), problem


def _length(
    details: Mapping[str, object], files: list[str], size: Callable[[str], int | None]
) -> tuple[int, str]:
    given = _first(details, "length", "size", "bytes")
    length = fields.length(given)
    if length is not None:
        return length, ""
    found = next((n for n in map(size, files) if n is not None), None)
    if found is None and files:
        return 0, f"there is no file `{files[0]}`"
    return found or 0, "" if given is None else "its length is no number of bytes"


def _first(details: Mapping[str, object], *keys: str) -> object:
    return next((details[key] for key in keys if details.get(key) is not None), None)
