"""A collection as the templates of posts find it in `site`.

Sources: `jekyll/collection.rb`, `jekyll/document.rb`, `jekyll/drops/document_drop.rb`.
"""

from __future__ import annotations

import re
from functools import cmp_to_key, partial
from typing import TYPE_CHECKING, Any

from feedsvc.markup.liquid.comparison import less
from feedsvc.markup.liquid.names import page
from feedsvc.markup.liquid.values import UNKNOWN, Deferred, text
from feedsvc.model import State
from feedsvc.posts.context import once_per_site
from feedsvc.posts.dialect import Source
from feedsvc.posts.undated import UNDATED
from feedsvc.sites.jekyll.dialect import JekyllDialect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedsvc.markup.beside import Tree
    from feedsvc.markup.context import Context
    from feedsvc.settings import Settings

_HEADER = re.compile(rb"---\s*\r?\n")
_SPECIAL = "._#~"  # what the names of files begin with that are none of the site's


def documents(name: str, around: Context) -> object:
    """The documents of the collection of that name, in its order.

    They are read once for all posts that show them. Not known where there are too many, or where
    jekyll-polyglot shows other ones in each language.
    """
    options: Any = around.settings.engine_options
    collection = options["documents"][name]
    tree = None if options.get("polyglot") else around.beside.tree(collection["folder"])
    if tree is None:
        return UNKNOWN
    if name not in tree.made:
        tree.made[name] = _sorted(list(_read(collection, tree, around.settings)), collection)
    return tree.made[name]


@once_per_site
def _settings(settings: Settings) -> Settings:
    """Settings in which every collection has documents, not only those that have a feed."""
    known: Any = settings.engine_options["documents"]
    by_folder: Any = {one["folder"]: {"name": name, **one} for name, one in known.items()}
    return settings._replace(engine_options={**settings.engine_options, "collections": by_folder})


def _read(
    collection: dict[str, Any], tree: Tree, settings: Settings
) -> Iterator[dict[str, object]]:
    dialect, known, folder = JekyllDialect(), _settings(settings), collection["folder"]
    unpublished = settings.engine_options.get("unpublished") is True
    walk: Any = settings.engine_options.get("walk") or {}
    excluded = tuple(walk.get("excluded", ()))
    for path, data in tree.files.items():
        if path.startswith(excluded) or not _is_document(path.removeprefix(f"{folder}/"), data):
            continue
        reading = dialect.read(Source(path, folder, data), known)
        post = reading.post
        if post is None or (post.withheld is State.UNPUBLISHED and not unpublished):
            continue
        found = page(post, dialect.written(data, path), known)
        if post.published == UNDATED:  # Jekyll has the time of the build
            found["date"] = UNKNOWN
        # posts are rendered first, so that others have the text that their author wrote
        found["content"] = Deferred(partial(_content, dialect, data, reading.body_start))
        yield found


def _content(dialect: JekyllDialect, data: bytes, body_start: int) -> str:
    return dialect.body(data, body_start).text


def _is_document(name: str, data: bytes) -> bool:
    special = name[0] in _SPECIAL or name.rpartition("/")[2][0] in _SPECIAL
    return not special and name[-1] not in "~." and _HEADER.match(data) is not None


def _sorted(found: list[dict[str, object]], collection: dict[str, Any]) -> list[object]:
    """By `order` or `sort_by` of the configuration, else by date and path."""
    found.sort(key=cmp_to_key(_compared))
    order, key = collection.get("order"), collection.get("sort_by")
    if isinstance(order, list):
        places = {name: at for at, name in enumerate(map(text, order))}
        found.sort(key=lambda one: places.get(_below(one), len(places)))
    elif isinstance(key, str):
        found.sort(key=cmp_to_key(partial(_by_key, key)))
    return list(found)


def _below(document: dict[str, object]) -> str:
    """The path below the folder of the collection."""
    return str(document["path"]).partition(f"_{document['collection']}/")[2]


def _compared(one: dict[str, object], other: dict[str, object]) -> int:
    if (sooner := less(one["date"], other["date"])) is not None and one["date"] != other["date"]:
        return -1 if sooner else 1
    return -1 if str(one["path"]) < str(other["path"]) else 1


def _by_key(key: str, one: dict[str, object], other: dict[str, object]) -> int:
    values = one.get(key), other.get(key)
    if None in values:
        return (values[0] is None) - (values[1] is None)
    return -1 if less(*values) else 1 if less(*reversed(values)) else 0
