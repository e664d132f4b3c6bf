"""When two links mean one page, whatever the scheme, host, slash, encoding or base path."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

if TYPE_CHECKING:
    from urllib.parse import SplitResult

_TRACKING = re.compile("utm_.+|fbclid|gclid|mc_[ce]id")
_INDEX = re.compile(r"(?:^|/)index\.(?:html?|php)$|\.(?:html?|php)$")


def address(url: str) -> str:
    """Return host and path of a page in their plain form, "" for what is no page's address.

    Left out: scheme, `www.`, default ports, the slash and `index.html` or `.html` at the end,
    percent-encoding, fragment and tracking parameters.
    """
    parts = _split(url)
    if parts is None or not parts.hostname:
        return ""
    path = _path(parts)
    port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    return f"{parts.hostname.removeprefix('www.')}{port}{path}" if path else ""


def paths(url: str, base: str) -> tuple[str, ...]:
    """Return the path of a page in its plain form, and the part of it below `base`.

    Empty for what is no page's address, such as the site's own.
    """
    parts, above = _split(url), _split(base)
    path = "" if parts is None else _path(parts)
    if not path:
        return ()
    root = "" if above is None else _path(above)
    below = path[len(root) :] if root and path.startswith(f"{root}/") else ""
    return (path, below) if below else (path,)


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
        _ = parts.port  # raises what hostname does not
    except ValueError:
        return None
    return parts


def _path(parts: SplitResult) -> str:
    path = normalize("NFC", unquote(parts.path)).rstrip("/")
    path = _INDEX.sub("", path).rstrip("/")
    if not parts.query:
        return path
    kept = [pair for pair in parse_qsl(parts.query, True) if not _TRACKING.fullmatch(pair[0])]
    return f"{path}?{urlencode(sorted(kept))}" if kept else path
