"""Eleventy 3: a JavaScript configuration, which is looked at but never run."""

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

_CONFIGS = (
    *(".eleventy.js", "eleventy.config.js", "eleventy.config.mjs"),
    *("eleventy.config.cjs", "eleventy.config.ts"),
)
_TEXT = r"""\s*["'`]([^"'`\n]{1,200})["'`]"""
_DIR = {
    name: re.compile(rf"""\b["']?{name}["']?\s*:{_TEXT}""")
    for name in ("input", "output", "includes", "data")
}
_SET = {
    "input": re.compile(rf"setInputDirectory\({_TEXT}"),
    "output": re.compile(rf"setOutputDirectory\({_TEXT}"),
}
_DIR_BLOCK = re.compile(r"\bdir\s*[:=]\s*\{([^{}]{0,2000})\}")
_FEED = re.compile(rf"\boutputPath\s*:{_TEXT}")
_METADATA = re.compile(r"\bmetadata\s*:\s*\{([^{}]{0,2000})")
_SITE = {
    "title": re.compile(rf"\btitle\s*:{_TEXT}"),
    "subtitle": re.compile(rf"\b(?:subtitle|description)\s*:{_TEXT}"),
    "language": re.compile(rf"\blanguage\s*:{_TEXT}"),
    "url": re.compile(rf"\b(?:base|url)\s*:{_TEXT}"),
}
_DATA = ("metadata.json", "site.json", "meta.json", "metadata.js", "site.js", "meta.js")


class EleventyLayout(Layout):
    """The feed that `@11ty/eleventy-plugin-rss` writes, where the configuration names it."""

    def feed_paths(self, key: FeedKey, form: str, settings: Settings) -> tuple[str, ...]:
        path = settings.engine_options.get("feed_path")
        if key.kind == "site" and form == "atom" and isinstance(path, str):
            return safe(path)
        return ()


class Eleventy(Engine):
    """https://www.11ty.dev/docs/config/, as far as it can be read without running it."""

    name = "eleventy"
    title = "Eleventy site"
    layout = EleventyLayout()

    def detect(self, folder: Path) -> Detection | None:
        config = files.first(folder, *_CONFIGS)
        return Detection(config) if config else None

    def configure(self, folder: Path) -> Layer:
        source = files.first(folder, *_CONFIGS)
        code = _without_comments(files.text_of(folder, source)) if source else ""
        root = _folder(code, "input")
        site: dict[str, JSON] = {**_site_data(folder / root, code), **_metadata(code)}
        # Eleventy knows no time to come: what has a date in the future is published.
        posts: dict[str, JSON] = {"path": root, "permalink": "", "future": True}
        options = files.present(
            output=_folder(code, "output") or "_site",
            ignored=_ignored(folder),
            feed_path=_found(_FEED, code),
        )
        return Layer({"site": site, "posts": posts}, options, (), source)

    @cached_property
    def dialect(self) -> Dialect:
        from feedsvc.sites.eleventy.dialect import EleventyDialect

        return EleventyDialect()


def _without_comments(code: str) -> str:
    return re.sub(r"(?m)/\*[^*]*(?:\*(?!/)[^*]*)*\*/|(?:^|[ \t;,{(])//.*$", "", code)


def _found(pattern: re.Pattern[str], code: str) -> str:
    match = pattern.search(code)
    return match[1].strip() if match else ""


def _folder(code: str, name: str) -> str:
    block = _DIR_BLOCK.search(code)
    given = _found(_SET[name], code) or (_found(_DIR[name], block[1]) if block else "")
    parts = [part for part in given.split("/") if part not in ("", ".")]
    return "" if ".." in parts else "/".join(parts)


def _metadata(code: str) -> dict[str, JSON]:
    """What the feed plugin is told of the site."""
    block = _METADATA.search(code)
    return _site(block[1]) if block else {}


def _site(code: str) -> dict[str, JSON]:
    found: dict[str, JSON] = {key: _found(pattern, code) for key, pattern in _SITE.items()}
    if not str(found["url"]).startswith(("http://", "https://")):
        del found["url"]
    return {key: value for key, value in found.items() if value}


def _site_data(root: Path, code: str) -> dict[str, JSON]:
    """`_data/metadata.*` and its kin, as the official starter has them."""
    block = _DIR_BLOCK.search(code)
    data = (_found(_DIR["data"], block[1]) if block else "") or "_data"
    folder = root / data.strip("./")
    name = files.first(folder, *_DATA)
    if not name:
        return {}
    if name.endswith(".js"):
        return _site(_without_comments(files.text_of(folder, name)))
    said = files.mapping(folder, name)
    return files.present(
        title=files.text(said, "title", "name"),
        subtitle=files.text(said, "subtitle", "description"),
        language=files.text(said, "language", "lang"),
        url=files.text(said, "url"),
        author=files.author(said.get("author")),
    )


def _ignored(folder: Path) -> list[JSON]:
    """The patterns of `.eleventyignore`."""
    if not (folder / ".eleventyignore").is_file():
        return []
    lines = [line.strip() for line in files.text_of(folder, ".eleventyignore").split("\n")]
    return [line for line in lines if line and line[0] not in "#!"]


ENGINE = Eleventy()
