"""What a reader cannot show as it stands, made into something that it can."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feedsvc.content import highlighters
from feedsvc.content import tree as trees

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from feedsvc.markup.remarks import Remarks
    from feedsvc.markup.urls import Base

PLAYERS = frozenset(
    """
    www.youtube.com youtube.com www.youtube-nocookie.com youtube-nocookie.com player.vimeo.com
    player.bilibili.com www.dailymotion.com geo.dailymotion.com player.twitch.tv
    clips.twitch.tv w.soundcloud.com open.spotify.com embed.podcasts.apple.com bandcamp.com
    archive.org embed.ted.com media.ccc.de www.aparat.com rutube.ru v.qq.com player.youku.com
    streamable.com
    """.split()  # noqa: SIM905
)
"""Hosts whose frames readers show."""

# Of lazysizes, lazyload, WP Rocket, slick, others; Revolution Slider, Zhihu, Cloudflare, Avada,
# Flickity, Lazy Load Optimizer, PageSpeed, Echo.
_LAZY = {
    "src": tuple(
        f"data-{name}"
        for name in (
            *("src", "original", "lazy-src", "lazy", "url", "lazyload", "actualsrc", "cfsrc"),
            *("orig-src", "flickity-lazyload", "ll-src", "pagespeed-lazy-src", "echo"),
        )
    ),
    "srcset": ("data-srcset", "data-lazy-srcset", "data-orig-srcset"),
}
# Each begins with a plain character, which makes the search a fast one; text is in lower case.
_ELEMENTS = re.compile(rb"<(?=[efinos])(?:iframe|embed|object|noscript|form|svg|script|style)")
_LAZY_DATA = re.compile(
    rb"data-(?:src|orig|lazy|url|actualsrc|cfsrc|flickity-lazy|ll-src|pagespeed-lazy|echo)"
)
_PIXEL_SIZE = re.compile(rb"=[\"']?[01]")
_PIXEL_STYLE = re.compile(rb":(?:0| 0|1px| 1px|none| none)")
_TINY = re.compile(r"\s*[01](?:px)?\s*")
_TINY_STYLE = re.compile(r"\b(width|height)\s*:\s*[01](?:px)?\s*(?:;|$)")
_HIDDEN_STYLE = re.compile(r"\bdisplay\s*:\s*none\b", re.IGNORECASE)
_FORM = 400  # a longer "form" is a page somebody wrapped in one: its text is kept


def repair(html: str, base: Base, remarks: Remarks, signs: bytes) -> str:
    """`html` with frames, lazy images, highlighted code, forms and tracking pixels seen to.

    `signs` are its `marks`.
    """
    pixels = b"<img" in signs and _may_be_tiny(signs)
    code = b"<pre" in signs and any(map(signs.__contains__, highlighters.SIGNS))
    lazy = b"data-" in signs and _LAZY_DATA.search(signs)
    if not (pixels or code or lazy or _ELEMENTS.search(signs)):
        return html
    tree = trees.parse(html)
    allowance = trees.Allowance(html)
    changed = [
        _scripts(tree, remarks),
        _noscripts(tree),
        _lazy_images(tree, remarks),
        pixels and _pixels(tree, remarks),
        _drawings(tree, remarks),
        _forms(tree, remarks),
        _frames(tree, base, remarks, allowance),
        code and _code(tree, remarks, allowance),
    ]
    return (tree.html or "") if any(changed) else html


def _may_be_tiny(signs: bytes) -> bool:
    return bool(_PIXEL_SIZE.search(signs) or _PIXEL_STYLE.search(signs))


def _scripts(tree: LexborHTMLParser, remarks: Remarks) -> bool:
    found = False
    for node in trees.matches(tree, "script, style"):
        if node.tag == "script" and "math/tex" not in (node.attributes.get("type") or ""):
            remarks.add("script-removed")
        node.decompose()
        found = True
    return found


def _noscripts(tree: LexborHTMLParser) -> bool:
    """What is meant for readers without scripts is for us, unless it is there already."""
    found = False
    for node in trees.matches(tree, "noscript"):
        before = node.prev
        image = node.css_first("img")
        if image is not None and before is not None and before.tag == "img" and _lazy(before):
            node.decompose()
        else:
            node.unwrap()
        found = True
    return found


def _lazy(image: LexborNode) -> bool:
    return any(name in image.attributes for names in _LAZY.values() for name in names)


def _lazy_images(tree: LexborHTMLParser, remarks: Remarks) -> bool:
    found = False
    for node in trees.matches(tree, "img, source, iframe, video, audio"):
        for real, names in _LAZY.items():
            waiting = next(
                (node.attributes[name] for name in names if node.attributes.get(name)), ""
            )
            if waiting:
                node.attrs[real] = waiting
                found = True
    if found:
        remarks.add("image-restored")
    return found


def _pixels(tree: LexborHTMLParser, remarks: Remarks) -> bool:
    found = False
    for node in trees.matches(tree, "img"):
        given = node.attributes
        style = given.get("style") or ""
        unseen = len(set(_TINY_STYLE.findall(style))) == 2 or _HIDDEN_STYLE.search(style)
        if unseen or all(_TINY.fullmatch(given.get(side) or "") for side in ("width", "height")):
            node.decompose()
            found = True
    if found:
        remarks.add("pixel-removed")
    return found


def _drawings(tree: LexborHTMLParser, remarks: Remarks) -> bool:
    found = False
    for node in trees.matches(tree, "svg"):
        node.decompose()
        remarks.add("drawing-removed")
        found = True
    return found


def _forms(tree: LexborHTMLParser, remarks: Remarks) -> bool:
    found = False
    for node in trees.matches(tree, "form"):
        if len(node.text(deep=True)) > _FORM:
            node.unwrap()
        else:
            node.decompose()
        remarks.add("form-removed")
        found = True
    return found


def _frames(
    tree: LexborHTMLParser, base: Base, remarks: Remarks, allowance: trees.Allowance
) -> bool:
    found = False
    for node in trees.matches(tree, "iframe, embed, object"):
        given = node.attributes
        url = base.absolute((given.get("src") or given.get("data") or "").strip())
        host = _host(url)
        if node.tag == "object" and (not allowance.covers(node) or _has_content(node)):
            node.unwrap()  # the author's own substitute
        elif node.tag == "iframe" and host in PLAYERS and url:
            node.attrs["src"] = "https:" + url.partition(":")[2]
        elif host and url:
            words = given.get("title") or host
            remarks.add("frame-linked", host)
            node.replace_with(trees.element(tree, "a", words, href=url))
        else:
            node.decompose()
        found = True
    return found


def _has_content(node: LexborNode) -> bool:
    return bool(node.text(deep=True).strip()) or node.css_first("img, a, video") is not None


def _host(url: str | None) -> str:
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme in ("http", "https") else ""


def _code(tree: LexborHTMLParser, remarks: Remarks, allowance: trees.Allowance) -> bool:
    found = highlighters.flatten(tree, allowance)
    if found:
        remarks.add("code-flattened")
    return found
