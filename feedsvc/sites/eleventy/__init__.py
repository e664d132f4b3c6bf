"""Eleventy 3: a JavaScript configuration, which is looked at but never run."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from feedsvc.sites import files, javascript
from feedsvc.sites.engine import Detection, Engine, Layer, Layout, safe

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.feeds.values import FeedKey
    from feedsvc.model import JSON
    from feedsvc.posts.dialect import Dialect
    from feedsvc.settings import Settings

_CONFIGS = (
    *(".eleventy.js", "eleventy.config.js", "eleventy.config.mjs"),
    *("eleventy.config.cjs", "eleventy.config.ts"),
)


class EleventyLayout(Layout):
    """The feeds of `@11ty/eleventy-plugin-rss`, or of the site's own templates."""

    def feed_paths(self, key: FeedKey, form: str, settings: Settings) -> tuple[str, ...]:
        given = settings.engine_options.get("feeds")
        if not key.is_whole_site or not isinstance(given, dict):
            return ()
        return safe(*(path for path, made in given.items() if made == form))


class Eleventy(Engine):
    """https://www.11ty.dev/docs/config/, as far as it can be read without running it."""

    name = "eleventy"
    title = "Eleventy site"
    layout = EleventyLayout()

    def detect(self, folder: Path) -> Detection | None:
        config = files.first(folder, *_CONFIGS)
        return Detection(config) if config else None

    def configure(self, folder: Path) -> Layer:
        from feedsvc.sites.eleventy import configuration, feeds  # late: its patterns cost time

        source = files.first(folder, *_CONFIGS)
        code = javascript.without_comments(files.text_of(folder, source)) if source else ""
        root = configuration.directory(code, "input")
        site: dict[str, JSON] = {
            **configuration.site_data(folder / root, code),
            **configuration.metadata(code),
        }
        # Eleventy knows no time to come: what has a date in the future is published.
        posts: dict[str, JSON] = {"path": root, "permalink": "", "future": True}
        options = files.present(
            output=configuration.directory(code, "output") or "_site",
            ignored=configuration.ignored(folder, root, code),
            formats=configuration.formats(code),
            includes_dir=configuration.below(root, code, "includes"),
            data_dir=configuration.below(root, code, "data"),
            drafts=configuration.knows_drafts(folder, code) or None,
            **feeds.feeds(folder, root, code),
        )
        return Layer({"site": site, "posts": posts}, options, (), source)

    @cached_property
    def dialect(self) -> Dialect:
        from feedsvc.sites.eleventy.dialect import EleventyDialect

        return EleventyDialect()


ENGINE = Eleventy()
