"""Astro and Next.js: posts as content files; addresses follow the folders."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from feedsvc.sites import files
from feedsvc.sites.engine import Detection, Engine, Layer, Layout, safe

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.feeds.values import FeedKey
    from feedsvc.model import JSON
    from feedsvc.posts.dialect import Dialect
    from feedsvc.settings import Settings

_SUFFIXES = ("mjs", "ts", "js", "cjs", "mts")
_CONFIGS = tuple(f"{stem}.config.{suffix}" for stem in ("astro", "next") for suffix in _SUFFIXES)
_FOLDERS = ("src/content", "content", "src/pages", "posts", "_posts", "data", "src/posts")
_SITE = re.compile(r"""\bsite\s*:\s*["'`](https?://[^"'`\s]{1,200})["'`]""")
_BASE = re.compile(r"""\bbase(?:Path)?\s*:\s*["'`](/[^"'`\s]{0,200})["'`]""")
_SLASH = re.compile(r"""\btrailingSlash\s*:\s*(?:["'`](\w+)["'`]|(true|false))""")


class AstroLayout(Layout):
    """`/rss.xml`, as `@astrojs/rss` is documented."""

    def feed_paths(self, key: FeedKey, form: str, settings: Settings) -> tuple[str, ...]:  # noqa: ARG002
        return safe("rss.xml") if key.kind == "site" and form == "rss" else ()


class Astro(Engine):
    """Configuration: https://docs.astro.build/en/reference/configuration-reference/."""

    name = "astro"
    title = "Astro or Next.js site"
    layout = AstroLayout()

    def detect(self, folder: Path) -> Detection | None:
        config = files.first(folder, *_CONFIGS)
        return Detection(config, 90) if config else None

    def configure(self, folder: Path) -> Layer:
        source = files.first(folder, *_CONFIGS)
        code = files.text_of(folder, source) if source else ""
        address, base, slash = _SITE.search(code), _BASE.search(code), _SLASH.search(code)
        url = address[1].rstrip("/") + (base[1] if base else "") if address else ""
        path = next((name for name in _FOLDERS if (folder / name).is_dir()), "")
        values: dict[str, JSON] = {
            "site": files.present(url=url),
            "posts": {
                "path": path,
                "permalink": "",
                "future": True,
            },  # neither knows a time to come
        }
        never = slash is not None and (slash[1] == "never" or slash[2] == "false")
        return Layer(values, {"no_slash": never}, (), source)

    @cached_property
    def dialect(self) -> Dialect:
        from feedsvc.sites.astro.dialect import AstroDialect

        return AstroDialect()


ENGINE = Astro()
