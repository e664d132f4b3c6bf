"""What all formats say of an entry alike, found out once for all of them."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from feedsvc.formats import podcast
from feedsvc.formats.skeletons import Leaves
from feedsvc.formats.text import clean, utf8
from feedsvc.formats.timestamps import date_time, rfc822
from feedsvc.formats.vocabulary import outline, texts
from feedsvc.model import Author, Enclosure
from feedsvc.slugs import slugify

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence
    from datetime import datetime

    from feedsvc.feeds.values import Entry
    from feedsvc.formats.vocabulary import Node
    from feedsvc.model import Post
    from feedsvc.settings import Settings, TermSettings

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")  # RFC 5646 §2.1, shape only


class Fields(NamedTuple):
    """An entry in clean values, "" for what it lacks; instants are aware and in UTC.

    `id`, `authors` and each author's name are never empty; `permanent` tells that the id is the
    link; `content` is the whole body in UTF-8. `description` is the summary as HTML. `terms` are
    the names of `categories` and `tags`, each once. `enclosure` is the one that RSS has room for,
    and `episode` what RSS says of it in a podcast.
    """

    id: str
    link: str
    permanent: bool
    title: str
    published: datetime
    updated: datetime
    authors: tuple[Author, ...]
    category_scheme: str
    categories: tuple[str, ...]
    tag_scheme: str
    tags: tuple[str, ...]
    terms: tuple[str, ...]
    summary: str
    description: str
    content: bytes
    image: str
    language: str
    enclosures: tuple[Enclosure, ...]
    enclosure: Enclosure | None
    episode: tuple[Node, ...]

    def values(self) -> list[str]:
        """Return all values but the content."""
        published = date_time(self.published)
        values = [
            self.id,
            self.link,
            self.title,
            published,
            rfc822(self.published),
            published if self.updated == self.published else date_time(self.updated),
            self.category_scheme,
            *self.categories,
            self.tag_scheme,
            *self.tags,
            *self.terms,
            self.summary,
            self.description,
            self.image,
            self.language,
        ]
        for person in self.authors:
            values += (person.name, person.email or "", person.uri or "")
        if self.enclosure:
            for file in (self.enclosure, *self.enclosures):
                length, duration = str(file.length or ""), str(file.duration or "")
                values += (file.url, file.type, length, duration, file.title or "")
            values += texts(self.episode)
        return values

    def structure(self) -> Hashable:
        """Return how many there are of each, and what kind."""
        return (
            self.permanent,
            len(self.categories),
            len(self.tags),
            len(self.terms),
            len(self.authors),
            len(self.enclosures),
            outline(self.episode),
        )


def of(entry: Entry, settings: Settings) -> tuple[Fields, Leaves]:
    """Return what the formats say of an entry, and the same as they write it."""
    said = _said(entry, settings)
    return said, Leaves(said)


def _said(entry: Entry, settings: Settings) -> Fields:
    post, content = entry.post, entry.content
    link = clean(post.permalink)
    id_ = clean(post.id) or link
    url = clean(settings.site.url)
    categories = _names(post.categories, settings.categories)
    tags = _names(post.tags, settings.tags)
    summary = clean(content.summary)
    enclosures = tuple(map(_file, post.enclosures))
    enclosure = next(filter(is_playable, enclosures), enclosures[0] if enclosures else None)
    return Fields(
        id=id_,
        link=link,
        permanent=id_ == link,
        title=clean(post.title),
        published=post.published,
        updated=post.updated,
        authors=_authors(post, settings),
        category_scheme=f"{url}/categories/",
        categories=categories,
        tag_scheme=f"{url}/tags/",
        tags=tags,
        terms=tuple(dict.fromkeys(categories + tags)),
        summary=summary,
        description=escape(summary, quote=False),
        content=utf8(content.html),
        image=clean(content.image) if content.image else "",
        language=_language(post, settings),
        enclosures=enclosures,
        enclosure=enclosure,
        episode=_episode(entry, enclosure, settings) if enclosure else (),
    )


def cleaned(person: Author) -> Author:
    """Return the same person without characters that XML forbids."""
    if f"{person.name}{person.email}{person.uri}".isprintable():
        return person
    return Author(
        clean(person.name),
        clean(person.email) if person.email else None,
        clean(person.uri) if person.uri else None,
    )


def _authors(post: Post, settings: Settings) -> tuple[Author, ...]:
    """Return the post's authors, else the site's, else the site itself: never nobody."""
    site = settings.site
    people = post.authors or ((site.author,) if site.author else ())
    named = tuple([person for person in map(cleaned, people) if person.name])
    return named or (Author(clean(site.title) or urlsplit(site.url).netloc),)


def _names(names: Sequence[str], titles: Mapping[str, TermSettings]) -> tuple[str, ...]:
    """Return the names as people read them: the configured title where there is one."""
    if titles:
        names = [_title(titles.get(slugify(name))) or name for name in names]
    return tuple(dict.fromkeys(filter(None, map(clean, names))))


def _title(told: TermSettings | None) -> str:
    return "" if told is None else told.title


def _language(post: Post, settings: Settings) -> str:
    """Return the post's language tag where it is one and not the site's."""
    tag = post.lang
    if tag is None or tag.lower() == settings.site.language.lower():
        return ""
    return tag if _LANGUAGE.fullmatch(tag) else ""


def _file(enclosure: Enclosure) -> Enclosure:
    """Return the same file, its strings clean, its media type never empty."""
    return Enclosure(
        clean(enclosure.url),
        clean(enclosure.type) or "application/octet-stream",
        enclosure.length,
        enclosure.duration,
        clean(enclosure.title) if enclosure.title else None,
    )


def is_playable(enclosure: Enclosure) -> bool:
    """Tell whether the enclosure is what a podcast player plays."""
    return enclosure.type.startswith(("audio/", "video/"))


def _episode(entry: Entry, enclosure: Enclosure, settings: Settings) -> tuple[Node, ...]:
    if is_playable(enclosure) and podcast.is_episode(entry.post, settings):
        return tuple(podcast.episode(entry, enclosure))
    return ()
