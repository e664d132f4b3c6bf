"""WordPress's feed addresses, for blogs that were moved from there; nothing is detected."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote

from feedsvc.sites.engine import Detection, Engine, Layer, Layout, safe

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.feeds.values import FeedKey
    from feedsvc.posts.dialect import Dialect
    from feedsvc.settings import Settings

_FOLDERS = {"site": "", "categories": "category/", "tags": "tag/", "authors": "author/"}
# https://developer.wordpress.org/advanced-administration/wordpress/feeds/
_FORMS = {"rss": ("feed/", "feed/rss2/"), "atom": ("feed/atom/",), "json": ("feed/json/",)}


class WordPressLayout(Layout):
    """`/feed/`, `/category/NAME/feed/`, `/tag/NAME/feed/`, `/author/NAME/feed/` and `…/atom/`."""

    def feed_paths(self, key: FeedKey, form: str, settings: Settings) -> tuple[str, ...]:  # noqa: ARG002
        name = f"{sanitize_title(key.name)}/" if key.name else ""
        if key.kind not in _FOLDERS or (key.name and not name.strip("/")):
            return ()
        return safe(*(f"{_FOLDERS[key.kind]}{name}{form}" for form in _FORMS.get(form, ())))


def sanitize_title(name: str) -> str:
    """The slug of a term: `sanitize_title_with_dashes` after `remove_accents`."""
    decomposed = unicodedata.normalize("NFD", unquote(name))
    latin = "".join(char for char in decomposed if not "\u0300" <= char <= "\u036f")
    text = unicodedata.normalize("NFC", latin).lower().replace(".", "-").replace("/", "-")
    text = re.sub(r"[^\w\s-]", "", text)
    return re.sub(r"[\s-]+", "-", text).strip("-")


class WordPress(Engine):
    """Addresses and ids only: the posts of a moved blog are read in feedsvc's own dialect."""

    name = "wordpress"
    title = "Posts moved from WordPress"
    layout = WordPressLayout()

    def detect(self, folder: Path) -> Detection | None:  # noqa: ARG002
        return None

    def configure(self, folder: Path) -> Layer:  # noqa: ARG002
        return Layer()

    @cached_property
    def dialect(self) -> Dialect:
        from feedsvc.sites.wordpress.dialect import WordPressDialect

        return WordPressDialect()


ENGINE = WordPress()
