"""Relative references of a body, resolved against the entry's page (RFC 3986 §5)."""

from __future__ import annotations

import re
from hashlib import sha256
from urllib.parse import urljoin, urlsplit

SCHEMES = frozenset(
    """
    http https mailto tel sms ftp ftps sftp magnet xmpp irc ircs news nntp gemini gopher geo
    matrix bitcoin ethereum webcal feed podcast git ssh ipfs ipns
    """.split()  # noqa: SIM905
)
"""URL schemes that a link may have; `data:` is for images only."""

_SCHEME = re.compile(r"[\x00-\x20]*([A-Za-z][A-Za-z0-9+.-]*):")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_NOTE = re.compile(
    r"(?:user-content-)?"
    r"(?:fn|fnref|footnote|footnote-ref|_ftn|_ftnref|_edn|_ednref|cite_note|cite_ref)"
    r"[-:_.]?[\w%-]"
)
_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])(\s+[\d.]+[wxh])?\s*(?:,|$)")
_IMAGE_DATA = re.compile(r"data:image/[\w.+-]+[;,]", re.IGNORECASE)


def is_image_data(url: str) -> bool:
    """Whether `url` is a picture written into the text (RFC 2397)."""
    return _IMAGE_DATA.match(url.lstrip()) is not None


def is_note(name: str) -> bool:
    """Whether an id is a footnote's or that of a reference to one."""
    return _NOTE.match(name) is not None


class Base:
    """The page that references of a body are relative to.

    `permalink` is an absolute URL, `entry_id` what the entry is known by, `own` says whether the
    page is ours, with the ids that the entry has in feeds. Reader programs disagree on `xml:base`,
    so every reference is made absolute here.
    """

    __slots__ = ("_entry_id", "_mark", "origin", "own", "page", "scheme")

    def __init__(self, permalink: str, entry_id: str = "", *, own: bool = True) -> None:
        parts = urlsplit(permalink)
        self.scheme = parts.scheme
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.page = permalink.partition("#")[0]
        self._entry_id = entry_id or permalink
        self._mark = ""
        self.own = own

    def absolute(self, reference: str) -> str | None:
        """The absolute URL of `reference`; None where it makes no URL that is safe to follow.

        `/x` is relative to the host, as in browsers, even where the site has a base path.
        """
        if not reference.isprintable():
            reference = _CONTROLS.sub("", reference)
        reference = reference.strip()
        if reference[:1] == "#":
            name = reference[1:]
            marked = self.own and is_note(name)
            return f"{self.page}#{self.note(name)}" if marked else self.page + reference
        if reference[:1] == "/" and reference[1:2] not in ("/", "\\") and "/." not in reference:
            return self.origin + reference
        if match := _SCHEME.match(reference):
            return reference if match[1].lower() in SCHEMES else None
        try:
            joined = urljoin(self.page, reference.replace("\\", "/"))
            return joined if urlsplit(joined).hostname else None
        except ValueError:
            return None

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
