"""Podcasts: what Apple's directory and the Podcasting 2.0 namespace ask of an RSS feed.

<https://podcasters.apple.com/support/823-podcast-requirements>
<https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md>
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from feedsvc.formats.text import clean
from feedsvc.formats.vocabulary import Node
from feedsvc.posts.fields import seconds
from feedsvc.settings import PodcastSettings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from feedsvc.feeds.values import Entry, Feed
    from feedsvc.model import JSON, Enclosure, Post
    from feedsvc.settings import Settings

_GUID_NAMESPACE = "ead4c236-bf58-58c6-a2c6-a6b28d128cb6"
_EPISODE_TYPES = ("full", "trailer", "bonus")
_TRANSCRIPT_TYPES = {
    "vtt": "text/vtt",
    "srt": "application/x-subrip",
    "json": "application/json",
    "txt": "text/plain",
}
_TELLING = frozenset(
    {
        "chapters",
        "episode",
        "episodeType",
        "episode_type",
        "itunes",
        "person",
        "season",
        "transcript",
    }
)
_EXPLICIT = {
    **dict.fromkeys(("true", "yes", "explicit", "1"), True),
    **dict.fromkeys(("false", "no", "clean", "notexplicit", "0"), False),
}
_PICTURE = re.compile(r"\.(?:jpe?g|png)(?:\?|$)", re.IGNORECASE)


def show(feed: Feed, *, episodes: bool) -> Iterator[Node]:
    """Yield what a feed says of the show, if it is one: it has `episodes`, or settings say so."""
    podcast = feed.podcast
    if not episodes and podcast == PodcastSettings():
        return
    author = clean(podcast.author or (feed.author.name if feed.author else ""))
    if author:
        yield Node("itunes:author", author)
    if podcast.owner:
        yield Node("itunes:owner", children=tuple(_owner(podcast)))
    if image := clean(podcast.image or feed.logo or ""):
        yield Node("itunes:image", "", {"href": image})
    yield from _categories(podcast.category)
    yield Node("itunes:explicit", _boolean(podcast.explicit))
    yield Node("itunes:type", clean(podcast.type))
    yield Node("podcast:guid", guid(feed))
    if podcast.locked is not None:
        email = clean(podcast.owner.email or "") if podcast.owner else ""
        word = "yes" if podcast.locked else "no"
        yield Node("podcast:locked", word, {"owner": email} if email else {})


def _categories(names: Iterable[str]) -> Iterator[Node]:
    """Yield each category once, in the order given, with its subcategories inside it."""
    within: dict[str, list[str]] = {}
    for name in names:
        outer, _, inner = (part.strip() for part in clean(name).partition(">"))
        known = within.setdefault(outer, [])
        if inner and inner not in known:
            known.append(inner)
    for outer, names_inside in within.items():
        children = tuple(Node("itunes:category", "", {"text": name}) for name in names_inside)
        yield Node("itunes:category", "", {"text": outer}, children)


def guid(feed: Feed) -> str:
    """Return the show's UUID: as configured for the site's feed, else from its first address.

    It is the UUIDv5 of the RSS feed's URL without scheme and trailing slashes; a show gets it once
    and keeps it wherever it moves.
    """
    from uuid import UUID, uuid5

    if feed.podcast.guid and feed.key.is_whole_site:
        return clean(feed.podcast.guid)
    address = clean(feed.origin).partition("://")[2].rstrip("/")
    return str(uuid5(UUID(_GUID_NAMESPACE), address))


def is_episode(post: Post, settings: Settings) -> bool:
    """Tell whether a post with something to play is an episode of a show, not just a post.

    The configuration says so, or its own front matter does. Of a blog that once embeds a sound,
    directories and validators would else demand a category and an owner.
    """
    return settings.podcast != PodcastSettings() or not _TELLING.isdisjoint(post.extra)


def episode(entry: Entry, enclosure: Enclosure) -> Iterator[Node]:
    """Yield what an item says of the episode that `enclosure` holds.

    Reads `episode`, `season`, `episode_type`, `explicit`, `duration`, `transcript`, `chapters` and
    `person` of the post's front matter, or of an `itunes` map in it, which outranks the rest.
    """
    post = entry.post
    fields = _fields(post)
    if duration := enclosure.duration or seconds(fields.get("duration")):
        yield Node("itunes:duration", str(duration))
    for name, read in (("season", _number), ("episode", _decimal)):
        if number := _number(fields.get(name)):
            yield Node(f"itunes:{name}", number)
        if number := read(fields.get(name)):
            yield Node(f"podcast:{name}", number)
    kind = _kind(fields)
    yield Node("itunes:episodeType", kind if kind in _EPISODE_TYPES else _EPISODE_TYPES[0])
    if (explicit := _EXPLICIT.get(str(fields.get("explicit")).lower())) is not None:
        yield Node("itunes:explicit", _boolean(explicit))
    image = _address(fields.get("image"), post.permalink) or clean(entry.content.image or "")
    if _PICTURE.search(image):
        yield Node("itunes:image", "", {"href": image})
    yield from _resources(fields, post.permalink)


def unused(entry: Entry, enclosure: Enclosure) -> Iterator[str]:
    """Yield the fields of an episode that are there and say nothing, so that none is written."""
    fields = _fields(entry.post)
    written = {node.name.partition(":")[2] for node in episode(entry, enclosure)}
    for name in ("duration", "season", "episode", "explicit", "transcript", "chapters", "person"):
        if fields.get(name) not in (None, "", []) and name not in written:
            yield name
    if _kind(fields) not in (None, "", *_EPISODE_TYPES):
        yield "episode_type"


def addresses(post: Post) -> Iterator[str]:
    """Yield the URLs of what an episode names besides its media: texts, chapters, pictures."""
    if _TELLING.isdisjoint(post.extra):
        return
    fields = _fields(post)
    yield _address(fields.get("image"), post.permalink)
    for node in _resources(fields, post.permalink):
        yield from (node.attributes[key] for key in ("url", "img") if key in node.attributes)


def _fields(post: Post) -> Mapping[str, JSON]:
    """Return what the front matter says of the episode."""
    itunes = post.extra.get("itunes")
    return {**post.extra, **itunes} if isinstance(itunes, dict) else post.extra


def _kind(fields: Mapping[str, JSON]) -> JSON:
    return fields.get("episode_type", fields.get("episodeType"))


def _resources(fields: Mapping[str, JSON], base: str) -> Iterator[Node]:
    for item in _listed(fields.get("transcript")):
        if url := _address(item.get("url"), base):
            extension = url.rpartition(".")[2].lower()
            kind = _text(item.get("type")) or _TRANSCRIPT_TYPES.get(extension, "text/html")
            attributes = {"url": url, "type": kind}
            if language := _text(item.get("language")):
                attributes["language"] = language
            if _text(item.get("rel")) == "captions":
                attributes["rel"] = "captions"
            yield Node("podcast:transcript", "", attributes)
    for item in _listed(fields.get("chapters"))[:1]:
        if url := _address(item.get("url"), base):
            kind = _text(item.get("type")) or "application/json+chapters"
            yield Node("podcast:chapters", "", {"url": url, "type": kind})
    for item in _listed(fields.get("person")):
        if name := _text(item.get("name") or item.get("url")):
            attributes = {key: word for key in ("role", "group") if (word := _text(item.get(key)))}
            attributes |= {
                key: url for key in ("img", "href") if (url := _address(item.get(key), base))
            }
            yield Node("podcast:person", name, attributes)


def _owner(podcast: PodcastSettings) -> Iterator[Node]:
    if podcast.owner:
        yield Node("itunes:name", clean(podcast.owner.name))
        if podcast.owner.email:
            yield Node("itunes:email", clean(podcast.owner.email))


def _listed(value: JSON) -> list[dict[str, JSON]]:
    """Return maps for a map, for a word (its `url`), or for a list of both."""
    values = value if isinstance(value, list) else [value]
    maps: list[JSON] = [{"url": item} if isinstance(item, str) else item for item in values]
    return [item for item in maps if isinstance(item, dict)]


def _text(value: JSON) -> str:
    return clean(value).strip() if isinstance(value, str) else ""


def _address(value: JSON, base: str) -> str:
    """Return the address on the web that `value` means in a post at `base`, "" if none."""
    text = _text(value)
    try:
        url = urljoin(clean(base), text) if text else ""
    except ValueError:  # such as an unclosed bracket of an IPv6 address
        return ""
    return url if url.lower().startswith(("https://", "http://")) else ""


def _number(value: JSON) -> str:
    """Return a positive whole number as digits, "" for anything else."""
    text = "" if isinstance(value, bool) else str(value).strip()
    whole = re.fullmatch(r"0*([1-9]\d{0,8})", text, re.ASCII)
    return whole[1] if whole else ""


def _decimal(value: JSON) -> str:
    """Return a positive number, which may have decimals as an extra between two episodes has."""
    text = "" if isinstance(value, bool) else str(value).strip()
    between = re.fullmatch(r"0*(\d{1,9}\.\d{1,9})", text, re.ASCII)
    return between[1] if between and float(text) > 0 else _number(value)


def _boolean(value: bool) -> str:
    return "true" if value else "false"
