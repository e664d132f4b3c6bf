"""Collections (https://jekyllrb.com/docs/collections/): those that jekyll-feed makes feeds of.

A document of theirs is in the feed of its collection and in no other of the site's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feedsvc.sites import files

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.model import JSON
    from feedsvc.settings import Settings

_STYLES = {"pretty": "/", "date": ":output_ext", "ordinal": ":output_ext", "none": ":output_ext"}


def above(said: dict[str, Any]) -> str:
    """`collections_dir`, the folder of all collections, relative to the source."""
    return files.inner_path(files.text(said, "collections_dir"))


def documents(root: str, config: dict[str, Any]) -> JSON:
    """What templates find in `site`: every collection but the posts by name.

    `folder` is relative to the site; `order` and `sort_by` are the configuration's.
    """
    return {
        name: {
            "folder": _folder(root, config, name),
            "permalink": _permalink(config, name),
            **files.present(**{key: said(config, name).get(key) for key in ("order", "sort_by")}),
        }
        for name in _all(config)
        if name != "posts"
    } or None


def said(config: dict[str, Any], name: str) -> dict[str, Any]:
    """What the configuration says of one collection."""
    return files.table(files.table(config, "collections"), name)


def fed(root: str, config: dict[str, Any]) -> JSON:
    """The collections besides the posts that have a feed: folder → name, permalink, feed path."""
    return {
        _folder(root, config, name): {
            "name": name,
            "permalink": _permalink(config, name),
            "feed": feed_path(config, name) or f"/feed/{name}.xml",
        }
        for name in _names(config)
    } or None


def folders(folder: Path, root: str, config: dict[str, Any]) -> list[JSON]:
    """The folders of those collections that are there, relative to the site."""
    known = fed(root, config)
    return [path for path in known if (folder / path).is_dir()] if isinstance(known, dict) else []


def feed_path(config: dict[str, Any], name: str) -> str:
    """Where jekyll-feed puts the feed of a collection, as far as the configuration says it."""
    feed = files.table(config, "feed")
    own = files.text(files.table(files.table(feed, "collections"), name), "path")
    return own or (files.text(feed, "path") if name == "posts" else "")


def known(settings: Settings) -> Any:
    """The collections besides the posts that have a feed, as `fed` tells them."""
    return settings.engine_options.get("collections")


def of(root: str, settings: Settings) -> dict[str, str] | None:
    """What is known of the collection whose documents lie in the folder `root`; None of posts."""
    found = known(settings)
    return found.get(root) if found else None


def _folder(root: str, config: dict[str, Any], name: str) -> str:
    return "/".join((*filter(None, (root, above(config))), f"_{name}"))


def _all(config: dict[str, Any]) -> list[str]:
    there = config.get("collections")
    plain = map(str, there) if isinstance(there, list | dict) else ()
    return [name for name in plain if name not in (".", "..") and not set(name) & set("/\\\0")]


def _names(config: dict[str, Any]) -> list[str]:
    wanted = files.table(config, "feed").get("collections")
    if not isinstance(wanted, list | dict):
        return []
    there = _all(config)
    return [name for name in wanted if name in there and name != "posts"]


def _permalink(config: dict[str, Any], name: str) -> str:
    own = files.text(said(config, name), "permalink")
    style = files.text(config, "permalink") or "date"
    ending = _STYLES.get(style, "/" if style.endswith("/") else "")
    return own or "/:collection/:path" + (ending or ":output_ext" * style.endswith(":output_ext"))
