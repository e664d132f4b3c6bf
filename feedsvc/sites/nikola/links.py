"""Nikola's links by name: `link://slug/x`, `link://tag/x`, `link:/x`, `:doc:` and `{{% doc %}}`.

Source: getnikola.com/path-handlers.html, `Nikola.url_replacer`.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from feedsvc.markup.nikola.shortcodes import held
from feedsvc.model import Markup
from feedsvc.posts.references import TITLE, Reference
from feedsvc.sites.nikola.facts import Facts
from feedsvc.sites.nikola.layout import place_of
from feedsvc.sites.nikola.names import encoded
from feedsvc.sites.nikola.references import FILENAME, SLUG, page_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedsvc.markup.context import Context

_LINK = re.compile(
    r"(?:(?<=[(<\"'])|(?<=: ))link:(?://(?P<kind>[a-z_]{1,40})(?:/(?P<name>[^\s)\]\"'<>#?`]{0,500}))?|(?=/[^/]))"
)
_DOC = re.compile(r"(?<![`\w]):doc:`([^`\n]{1,500})`")
_DOC_SHORTCODE = re.compile(r"\{\{% *doc *%\}\}([^{}\n]{1,500})\{\{% */doc *%\}\}")
_NAMED = re.compile(r"(.*\S)\s*<([^<>]*)>", re.DOTALL)
_POSTS = {"slug": SLUG, "slug_source": SLUG, "filename": FILENAME}
_TERMS = {"tag": "tags", "category": "categories", "author": "authors"}
SIGNS = ("link:/", ":doc:`", "doc %}}")


def render(text: str, around: Context) -> str:
    """`text` with addresses in the place of names."""

    def target(match: re.Match[str]) -> str:
        if match["kind"] is None:
            return ""  # what follows is the path
        reference = _reference(match)
        if reference:
            return around.link(reference, match["name"], text, match.start())
        return around.absolute_url(_page(match["kind"], match["name"] or "", around))

    def document(match: re.Match[str]) -> str:
        words, slug, tail = _named(match[1])
        url = around.link(Reference(SLUG, slug), "", text, match.start()) + tail
        title = around.links.get(Reference(TITLE, slug)) or page_title(slug, around.settings)
        shown = words or title or slug
        link = f'<a href="{escape(url)}">{escape(shown)}</a>' if url != tail else escape(shown)
        return held(link, around)

    text = _LINK.sub(target, text)
    if around.post.markup is Markup.RESTRUCTURED:
        text = _DOC.sub(document, text)
    return _DOC_SHORTCODE.sub(document, text)


def references(text: str) -> Iterator[Reference]:
    """The posts that links name, and whose titles they show."""
    for match in _LINK.finditer(text):
        if match["kind"] and (reference := _reference(match)):
            yield reference
    for pattern in (_DOC, _DOC_SHORTCODE):
        for match in pattern.finditer(text):
            words, slug, _ = _named(match[1])
            yield Reference(SLUG, slug)
            if not words:
                yield Reference(TITLE, slug)


def _reference(match: re.Match[str]) -> Reference | None:
    kind = _POSTS.get(match["kind"])
    return Reference(kind, unquote(match["name"])) if kind and match["name"] else None


def _named(text: str) -> tuple[str, str, str]:
    """The words of a link if it has its own, the slug, and what stands behind that."""
    found = _NAMED.fullmatch(text.strip())
    words, name = (found[1], found[2]) if found else ("", text.strip())
    slug, sign, fragment = name.partition("#")
    return words, slug.strip(), sign + fragment


def _page(kind: str, name: str, around: Context) -> str:
    """The path of a page that is no post."""
    facts = Facts.of(around.settings)
    name = unquote(name)
    own = facts.language
    prefix = facts.prefixes.get(own, "")
    if kind in _TERMS and name and (place := place_of(_TERMS[kind], name, own, facts)):
        end = "/" if facts.pretty else ".html"
        return encoded("/".join(filter(None, (prefix, *place))) + end)
    known = {
        "root": "/",
        "index": f"/{facts.told('INDEX_PATH', own)}/",
        "archive": f"/{name}/" if name else "/archive.html",
        "listing": f"/listings/{name}.html",
        "gallery": f"/galleries/{name}/",
        "rss": f"/{facts.told('RSS_PATH', own)}/rss.xml",
        "tag_index": f"/{facts.told('TAG_PATH', own, 'categories')}/",
        "category_index": f"/{facts.told('TAG_PATH', own, 'categories')}/",
        "author_index": f"/{facts.told('AUTHOR_PATH', own, 'authors')}/",
    }
    return encoded(known.get(kind, f"/{name}"))
