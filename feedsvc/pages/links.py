"""Links between pages, written relative to the page they stand on.

A relative link is right wherever the same bytes are put: behind the app, below a prefix in
somebody's own app, on a static host, in a folder opened from the disk.
"""

from __future__ import annotations

from urllib.parse import quote, urlsplit

# What RFC 3986 §3.3 allows in a path segment as it stands, besides letters and digits.
PATH_SAFE = "/!$&'()*+,;=:@~"


def url_path(path: str) -> str:
    """Percent-encode a site-relative path (UTF-8)."""
    return quote(path, safe=PATH_SAFE, errors="replace")


def inside(url: str, site_url: str) -> str | None:
    """The part of `url` below `site_url` with its leading slash; None for a foreign URL."""
    if not url.startswith(site_url):
        return None
    rest = url[len(site_url) :]
    if not rest:
        return "/"
    return rest if rest[0] == "/" else None


def up(path: str, site_url: str) -> str:
    """The relative reference from the page at the encoded `path` to the site's root.

    It ends in a slash and never starts with a segment that could be taken for a scheme. A page at
    `/x` is found at `/x/`, too, where static hosts send people on, so its links cannot be relative.
    """
    if "." not in path[path.rfind("/") + 1 :] and path[-1:] != "/":
        return base_path(site_url)
    return "../" * (path.count("/") - 1) or "./"


def base_path(site_url: str) -> str:
    """The path of the site's root with both slashes, for a page that stands at no fixed path."""
    return urlsplit(site_url).path.rstrip("/") + "/"


def web_url(url: str | None) -> str | None:
    """The URL if a browser may follow it from a page of ours, else None (`javascript:` …)."""
    return url if url and url.lower().startswith(("https://", "http://", "mailto:")) else None
