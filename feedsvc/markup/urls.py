"""Relative references of a body, resolved against the entry's page (RFC 3986 §5)."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SCHEMES = frozenset(
    """
    http https mailto tel sms ftp ftps sftp magnet xmpp irc ircs news nntp gemini gopher geo
    matrix bitcoin ethereum webcal feed podcast git ssh ipfs ipns
    """.split()  # noqa: SIM905
)
"""URL schemes that a link may have; `data:` is for images only."""

_SCHEME = re.compile(r"[\x00-\x20]*([A-Za-z][A-Za-z0-9+.-]*):")
# Web addresses that browsers read otherwise than RFC 3986: no host behind two slashes, or `\\`.
_ODD_WEB = re.compile(r"https?:(?:(?!//[^/\\])|[^?#]*\\)", re.IGNORECASE)
_TAIL = re.compile(r"[?#].*", re.DOTALL)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_NOTE = re.compile(
    r"(?:user-content-)?"
    r"(?:fn|fnref|footnote|footnote-ref|_ftn|_ftnref|_edn|_ednref|cite_note|cite_ref)"
    r"[-:_.]?[\w%-]"
)
# What a relative reference to a file that is no page looks like.
_BESIDE = re.compile(r"(?:\./)*(?![./])[^:?#\\]*\.(?!(?:md|html?)\b)\w{2,5}(?:[?#].*)?", re.DOTALL)
_CANDIDATE = re.compile(r"(?<![^\s,])([^\s,](?:\S*[^\s,])?)(\s+[\d.]+[wxh])?\s*(?:,|$)")
_IMAGE_DATA = re.compile(r"data:image/[\w.+-]+[;,]", re.IGNORECASE)


@lru_cache(maxsize=16)
def _origin(url: str) -> tuple[str, str]:
    """Scheme and origin of an absolute URL: of all of a site's pages the same."""
    parts = urlsplit(url)
    return parts.scheme, f"{parts.scheme}://{parts.netloc}"


def is_data(url: str) -> bool:
    """Whether a browser takes `url` for data: it drops tabs and line ends, first all controls."""
    return _CONTROLS.sub("", url).lstrip()[:5].lower() == "data:"


def is_image_data(url: str) -> bool:
    """Whether `url` is a picture written into the text (RFC 2397)."""
    return _IMAGE_DATA.match(url.lstrip()) is not None


def is_note(name: str) -> bool:
    """Whether an id is a footnote's or that of a reference to one."""
    return _NOTE.match(name) is not None


def file_name(reference: str) -> str:
    """The name of the file that a relative reference means; "" for one with a scheme or a host."""
    path = _TAIL.sub("", reference)
    if ":" in path.partition("/")[0] or path.startswith("//"):
        return ""
    return unquote(path)


def candidate_urls(srcset: str) -> Iterator[str]:
    """The URLs of a `srcset`, in order."""
    return (match[1] for match in _CANDIDATE.finditer(srcset))


class Base:
    """The page that references of a body are relative to.

    `permalink` is an absolute URL, `entry_id` what the entry is known by, `own` says whether the
    page is ours, with the ids that the entry has in feeds. `posts` are the URLs of other posts by
    the names of their files (None: such a link is to have no address); names that were asked for in
    vain gather in `missed`, each as it was written. `files` is the page at whose address the files
    beside this one are, if it is another. Reader programs disagree on `xml:base`, so every
    reference is made absolute here.
    """

    __slots__ = (
        "_entry_id", "_files", "_mark", "missed", "origin", "own", "page", "posts", "scheme",
    )  # fmt: skip

    def __init__(
        self,
        permalink: str,
        entry_id: str = "",
        *,
        own: bool = True,
        posts: Mapping[str, str | None] | None = None,
        files: str | None = None,
    ) -> None:
        self.scheme, self.origin = _origin(permalink[: permalink.find("/", 8) + 1] or permalink)
        self.page = permalink.partition("#")[0]
        self._entry_id = entry_id or permalink
        self._files = files
        self._mark = ""
        self.own = own
        self.posts = dict(posts or {})
        self.missed: dict[str, str] = {}

    def absolute(self, reference: str) -> str | None:
        """The absolute URL of `reference`; None where it makes no URL that is safe to follow.

        `/x` is relative to the host, as in browsers, even where the site has a base path.
        """
        if not reference.isprintable():
            reference = _CONTROLS.sub("", reference)
        reference = reference.strip()
        if self.posts and (name := file_name(reference)) in self.posts:
            return self._post(name, reference)
        if reference[:1] == "#":
            name = reference[1:]
            marked = self.own and is_note(name)
            return f"{self.page}#{self.note(name)}" if marked else self.page + reference
        if reference[:1] == "/" and reference[1:2] not in ("/", "\\") and "/." not in reference:
            return self.origin + reference
        if _ODD_WEB.match(reference):
            reference = self._as_browsers_read(reference)
        if match := _SCHEME.match(reference):
            return reference if match[1].lower() in SCHEMES else None
        page = self.page
        if self._files and "../" not in reference and _BESIDE.fullmatch(reference):
            page = self._files
        try:
            joined = urljoin(page, reference.replace("\\", "/"))
            return joined if urlsplit(joined).hostname else None
        except ValueError:
            return None

    def _as_browsers_read(self, reference: str) -> str:
        """An odd web address in the usual form (WHATWG URL Standard, "special" schemes).

        A backslash is a slash, and slashes in any number begin a host; with the page's own scheme
        fewer than two make a relative reference. Whoever took `https://a\\@b/` for an address at b
        would let a page of a through.
        """
        tail = _TAIL.search(reference)
        end = tail.start() if tail else len(reference)
        scheme, _, rest = reference[:end].replace("\\", "/").partition(":")
        if scheme.lower() == self.scheme and not rest.startswith("//"):
            return rest + reference[end:]
        return f"{scheme}://{rest.lstrip('/')}{reference[end:]}"

    def _post(self, name: str, reference: str) -> str | None:
        found = self.posts[name]
        if found is None:
            self.missed[name] = _TAIL.sub("", reference)
            return None
        tail = _TAIL.search(reference)
        return found + tail[0] if tail else found

    def image(self, reference: str) -> str | None:
        """The absolute URL of a picture, which may also be data."""
        return reference.strip() if is_image_data(reference) else self.absolute(reference)

    def candidates(self, srcset: str) -> str | None:
        """A `srcset` with absolute URLs (HTML §4.8.4.2.1); None for an empty one."""
        made = [
            url + (match[2] or "")
            for match in _CANDIDATE.finditer(srcset)
            if (url := self.absolute(match[1]))
        ]
        return ", ".join(made) or None

    def note(self, name: str) -> str:
        """The id of a footnote, unlike that of any other entry's on the same screen."""
        if not self._mark:
            self._mark = sha256(self._entry_id.encode("utf-8", "replace")).hexdigest()[:8]
        return f"{name}-{self._mark}"
