"""Real feed readers behind one form: bytes in, what a subscriber would be shown out.

Each reads a document into `{"title": …, "entries": [{field: value}]}`. A field is absent where
the client has no such thing. Instants are compared as seconds since 1970.
"""

from __future__ import annotations

import calendar
import json
import shutil
import subprocess
import tempfile
import warnings
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Shown = dict[str, Any]
_SCRIPT = Path(__file__).with_name("readers.cjs")


def seconds(value: object) -> int | None:
    """The instant that a client gave, in whatever form it gave it."""
    if value is None:
        return None
    if isinstance(value, str):
        value = parsedate_to_datetime(value) if "," in value else datetime.fromisoformat(value)
    return int(value.timestamp()) if isinstance(value, datetime) else calendar.timegm(value)


def _present(**fields: object) -> Shown:
    return {name: value for name, value in fields.items() if value is not None}


def read_feedparser(document: bytes, form: str) -> Shown:
    """feedparser, from PyPI."""
    import feedparser

    feed = feedparser.parse(document, sanitize_html=False, resolve_relative_uris=False)
    assert not feed.bozo, feed.bozo_exception
    return {
        "title": feed.feed.title,
        "entries": [
            _present(
                title=one.title,
                id=one.id,
                link=one.link,
                published=seconds(one.published_parsed),
                updated=seconds(one.updated_parsed),
                authors=[author.name for author in one.authors],
                terms=[term.term for term in one.get("tags", ())],
                content=one.content[0].value if "content" in one else None,
                summary=one.get("summary"),
                enclosure=next(
                    ([link.href, link.type] for link in one.links if link.rel == "enclosure"), None
                ),
                language=one.get("language") or one.title_detail.language or feed.feed.language,
                image=one.media_thumbnail[0]["url"] if "media_thumbnail" in one else None,
            )
            for one in feed.entries
        ],
    }


def read_fastfeedparser(document: bytes, form: str) -> Shown:
    """fastfeedparser, from PyPI."""
    import fastfeedparser

    feed = fastfeedparser.parse(document)
    return {
        "title": feed.feed.title,
        "entries": [
            _present(
                title=one.title,
                id=one.id,
                link=one.link,
                published=seconds(one.published),
                updated=seconds(one.get("updated")),
                authors=[author["name"] for author in one.get("authors", ())],
                terms=[term["term"] for term in one.get("tags") or ()],
                content=one.content[0]["value"] if one.get("content") else None,
                summary=one.get("description"),
                enclosure=next(
                    ([file["url"], file["type"]] for file in one.get("enclosures") or ()),
                    next(
                        (
                            [link["href"], link["type"]]
                            for link in one.get("links") or ()
                            if link["rel"] == "enclosure"
                        ),
                        None,
                    ),
                ),
            )
            for one in feed.entries
        ],
    }


def read_atoma(document: bytes, form: str) -> Shown:
    """atoma, from PyPI."""
    import atoma

    if form == "atom":
        atom = atoma.parse_atom_bytes(document)
        return {
            "title": atom.title.value,
            "entries": [
                _present(
                    title=one.title.value,
                    id=one.id_,
                    link=next(link.href for link in one.links if link.rel == "alternate"),
                    published=seconds(one.published),
                    updated=seconds(one.updated),
                    authors=[author.name for author in one.authors],
                    terms=[term.term for term in one.categories],
                    content=one.content and one.content.value,
                    summary=one.summary and one.summary.value,
                    enclosure=next(
                        ([link.href, link.type_] for link in one.links if link.rel == "enclosure"),
                        None,
                    ),
                    language=one.title.lang,
                )
                for one in atom.entries
            ],
        }
    if form == "rss":
        rss = atoma.parse_rss_bytes(document)
        return {
            "title": rss.title,
            "entries": [
                _present(
                    title=one.title,
                    id=one.guid,
                    link=one.link,
                    published=seconds(one.pub_date),
                    terms=one.categories,
                    content=one.content_encoded,
                    summary=one.description,
                    enclosure=next(([file.url, file.type] for file in one.enclosures), None),
                )
                for one in rss.items
            ],
        }
    feed = atoma.parse_json_feed_bytes(document)
    return {
        "title": feed.title,
        "entries": [
            _present(
                title=one.title,
                id=one.id_,
                link=one.url,
                published=seconds(one.date_published),
                updated=seconds(one.date_modified),
                authors=[one.author.name] if one.author else None,
                terms=one.tags,
                content=one.content_html,
                summary=one.summary,
                enclosure=next(([file.url, file.mime_type] for file in one.attachments), None),
                image=one.image,
            )
            for one in feed.items
        ],
    }


@cache
def _node(client: str, document: bytes, form: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"feed.{form}")
        path.write_bytes(document)
        run = subprocess.run(
            ["node", _SCRIPT, client, path], capture_output=True, text=True, check=True
        )
    return run.stdout


def _node_reader(client: str) -> Callable[[bytes, str], Shown]:
    def read(document: bytes, form: str) -> Shown:
        feed: Shown = json.loads(_node(client, document, form))[0]
        for one in feed["entries"]:
            one |= {key: seconds(one[key]) for key in ("published", "updated") if key in one}
        return feed

    return read


XML = ("atom", "rss")
CLIENTS: dict[str, tuple[tuple[str, ...], Callable[[bytes, str], Shown]]] = {
    "feedparser": (XML, read_feedparser),
    "fastfeedparser": ((*XML, "json"), read_fastfeedparser),
    "atoma": ((*XML, "json"), read_atoma),
    "rss-parser": (XML, _node_reader("rss-parser")),
    "feedsmith": ((*XML, "json"), _node_reader("feedsmith")),
}

# What a client has no place for in a format, whoever wrote the feed.
LACKS = {
    ("fastfeedparser", "atom"): {"language", "image"},
    ("fastfeedparser", "rss"): {"language", "image"},
    ("fastfeedparser", "json"): {"language", "image"},
    ("atoma", "atom"): {"language", "image"},
    ("atoma", "rss"): {"updated", "author", "language", "image"},
    ("atoma", "json"): {"language"},
    ("rss-parser", "atom"): {"updated", "terms", "enclosure", "language", "image"},
    ("rss-parser", "rss"): {"updated", "language", "image"},
    ("feedsmith", "atom"): {"language", "image"},
    ("feedsmith", "rss"): {"language", "image"},
    ("feedsmith", "json"): {"language", "image"},
}


@cache
def absent(client: str) -> str:
    """Why a client cannot be asked here; "" if it can."""
    if client not in {"rss-parser", "feedsmith"}:
        return "" if find_spec(client) else f"{client} (PyPI) is not installed"
    if shutil.which("node") is None:
        return "Node is not installed"
    probe = subprocess.run(
        ["node", "-e", f"require({client!r})"],
        cwd=_SCRIPT.parent,
        capture_output=True,
        check=False,
    )
    return "" if probe.returncode == 0 else f"{client} (npm) is not installed"


def shown(client: str, document: bytes, form: str) -> Shown:
    """What a subscriber sees of a document in a client."""
    with warnings.catch_warnings():  # what a client warns its own authors of
        warnings.simplefilter("ignore")
        return CLIENTS[client][1](document, form)
