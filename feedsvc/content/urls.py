"""Relative references of a body, resolved against the entry's page (RFC 3986 §5)."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit


@dataclass(frozen=True, slots=True)
class Base:
    """The page that references of a body are relative to.

    `permalink` is an absolute URL. Reader programs disagree on `xml:base`, so every reference is
    made absolute here.
    """

    permalink: str
    scheme: str = field(init=False)
    origin: str = field(init=False)
    page: str = field(init=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.permalink)
        object.__setattr__(self, "scheme", parts.scheme)
        object.__setattr__(self, "origin", f"{parts.scheme}://{parts.netloc}")
        object.__setattr__(self, "page", self.permalink.partition("#")[0])

    def absolute(self, reference: str) -> str | None:
        """The absolute URL of `reference`; None where it is no URL reference at all.

        `/x` is relative to the host, as in browsers, even where the site has a base path.
        """
        reference = reference.strip()
        if reference.startswith("//"):
            return f"{self.scheme}:{reference}"
        if reference.startswith("/") and "/." not in reference:
            return self.origin + reference
        if reference.startswith("#"):
            return self.page + reference
        try:
            return urljoin(self.page, reference)
        except ValueError:
            return None
