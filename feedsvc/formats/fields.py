"""What all formats say of an entry alike: its people, terms, language, pictures and files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from feedsvc.formats.text import clean
from feedsvc.model import Author

if TYPE_CHECKING:
    from feedsvc.model import Enclosure, Post
    from feedsvc.settings import Settings

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")  # RFC 5646 §2.1, shape only


class Term(NamedTuple):
    """A category or a tag: the name as people write it, the list that it stems from as a URI."""

    name: str
    scheme: str


def entry_id(post: Post) -> str:
    """Return what subscribers know the post by; never empty."""
    return clean(post.id) or clean(post.permalink)


def cleaned(person: Author) -> Author:
    """Return the same person without characters that XML forbids."""
    return Author(
        clean(person.name),
        clean(person.email) if person.email else None,
        clean(person.uri) if person.uri else None,
    )


def authors(post: Post, settings: Settings) -> tuple[Author, ...]:
    """Return the post's authors, else the site's, else the site itself: never nobody."""
    site = settings.site
    people = post.authors or ((site.author,) if site.author else ())
    named = tuple(person for person in map(cleaned, people) if person.name)
    return named or (Author(clean(site.title) or urlsplit(site.url).netloc),)


def terms(post: Post, settings: Settings) -> tuple[Term, ...]:
    """Return the post's categories, then its tags, each once."""
    url = settings.site.url
    listed = [Term(clean(name), f"{url}/categories/") for name in post.categories]
    listed += [Term(clean(name), f"{url}/tags/") for name in post.tags]
    return tuple(dict.fromkeys(term for term in listed if term.name))


def language(post: Post, settings: Settings) -> str | None:
    """Return the post's language tag where it is one and not the site's."""
    tag = post.lang
    if tag is None or tag.lower() == settings.site.language.lower():
        return None
    return tag if _LANGUAGE.fullmatch(tag) else None


def media_type(enclosure: Enclosure) -> str:
    """Return the enclosure's media type; never empty."""
    return clean(enclosure.type) or "application/octet-stream"


def is_playable(enclosure: Enclosure) -> bool:
    """Tell whether the enclosure is what a podcast player plays."""
    return enclosure.type.startswith(("audio/", "video/"))
