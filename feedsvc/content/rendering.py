"""The way from a post's body to what a reader gets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.content import (
    characters,
    footnotes,
    leftovers,
    markdown_links,
    repairs,
    sanitizer,
    strays,
    summary,
)
from feedsvc.content.marks import marks
from feedsvc.content.rendered import Rendered
from feedsvc.errors import StaleError
from feedsvc.feeds.values import Content
from feedsvc.markup import bounds
from feedsvc.markup.beside import NOTHING
from feedsvc.markup.context import Context
from feedsvc.markup.remarks import Remarks
from feedsvc.markup.urls import Base
from feedsvc.model import Markup
from feedsvc.posts.references import FILE, INTERNAL, OWNER, PAGE

if TYPE_CHECKING:
    from feedsvc.markup.beside import Beside
    from feedsvc.model import Post
    from feedsvc.posts.references import Links
    from feedsvc.settings import Settings

# Stands where the summary ends. A noncharacter: `characters` keeps it out of what comes in.
_FOLD = "\ufdd0"
_FOLD_PARAGRAPH = f"<p>{_FOLD}</p>\n"
_MARK = r"(?:more|excerpt|truncate|readmore|end_excerpt|teaser_end|end_teaser)\b"
_MORE = re.compile(rf"<!--\s*{_MARK}[^>]{{0,200}}-->", re.IGNORECASE)
_REPLACED = "\ufffd"
_MORE_LINE = re.compile(
    rf"^( {{0,3}})<!--\s*{_MARK}[^>\n]{{0,200}}-->[^\S\n]*$",
    re.IGNORECASE | re.MULTILINE,
)


def render(
    post: Post,
    settings: Settings,
    *,
    links: Links | None = None,
    first_line: int = 1,
    beside: Beside = NOTHING,
    clean: bool = False,
) -> Rendered:
    """Reader-safe content of a post: whole HTML, absolute links, a plain text summary.

    `links` tell where `references` of the body lead. `first_line` is the line of the file at which
    the body begins; findings count from it. `beside` has what the body may draw in. `clean` says
    that the body is known to hold no character that XML forbids. Never raises for what a body
    holds, which is left out with a finding where it cannot be shown; StaleError for a file beside
    it that changed.
    """
    try:
        return _rendered(post, settings, links or {}, first_line, beside, clean=clean)
    except (ImportError, StaleError):
        raise  # a broken installation and a changed file are no fault of the body
    except Exception as error:  # a defect here must not take the other posts down with it
        remarks = Remarks(post.path, first_line)
        what = f"{type(error).__name__}: {error}".replace("\n", " ")[:200]
        remarks.add("body-too-complex", f"cannot be rendered ({what})")
        html = bounds.as_text(characters.without_forbidden(post.body))
        return Rendered(Content(html, post.summary or "", None), remarks.findings())


def _rendered(
    post: Post, settings: Settings, links: Links, first_line: int, beside: Beside, *, clean: bool
) -> Rendered:
    remarks = Remarks(post.path, first_line)
    # Where nobody is known to make pages, links and ids at least fit together.
    own = settings.posts_have_pages or not settings.engine
    base = Base(post.permalink, post.id, own=own, posts=_addresses(links), files=links.get(OWNER))
    around = Context(post, settings, remarks, links, base, beside=beside)
    text = post.body if clean else _clean(post.body, remarks)
    source = leftovers.render(text, around)
    source, apart = _before_separator(source, around)
    html, has_images = _html(source, around, base)
    head, fold, tail = html.partition(_FOLD)
    if fold:
        html = head + tail
    if "&" in source and "&#" in source:
        html, head = _without_references(source, html, head, remarks)
    content = Content(
        html,
        _summary(post, html, head if fold else apart, base, settings),
        _image(post, html if has_images else "", base),
    )
    for name, written in base.missed.items():
        place = max(post.body.find(name), post.body.find(written))
        remarks.add("link-unresolved", name, post.body, place)
    return Rendered(content, remarks.findings())


def _addresses(links: Links) -> dict[str, str | None]:
    """The links that are written as ordinary ones."""
    told = ((one, url) for one, url in links.items() if one.kind != PAGE or url)
    return {one.name: url for one, url in told if one.kind in (FILE, INTERNAL, PAGE)}


def _clean(text: str, remarks: Remarks) -> str:
    match = characters.forbidden(text)
    if match is None:
        return text
    remarks.add("control-character", f"U+{ord(match[0]):04X}", text, match.start())
    return characters.without_forbidden(text)


def _without_references(source: str, html: str, head: str, remarks: Remarks) -> tuple[str, str]:
    """The whole and its beginning without what references to forbidden characters became.

    `&#11;` becomes one; of `&#0;`, `&#xD800;` and the like parsers make U+FFFD.
    """
    if match := characters.forbidden(html):
        remarks.add("control-character", f"&#{ord(match[0])};")
        html, head = characters.without_forbidden(html), characters.without_forbidden(head)
    if _REPLACED in html and _REPLACED not in source:
        remarks.add("control-character", "a reference to none")
        html, head = html.replace(_REPLACED, ""), head.replace(_REPLACED, "")
    return html, head


def _html(source: str, around: Context, base: Base) -> tuple[str, bool]:
    """The HTML, and whether there may be images in it."""
    raw = True
    html = source
    if around.is_markdown:
        if excess := bounds.markdown_excess(source):
            around.remarks.add("body-too-complex", excess)
            return bounds.as_text(around.held.filled(source)), False
        html, raw = _from_markdown(source, around, base)
        if around.held.some:
            html, raw = around.held.filled(html), True
    elif around.post.markup is Markup.RESTRUCTURED:
        from feedsvc.content import restructured  # late: docutils takes long to import

        html = around.held.filled(restructured.to_html(source, around))
    if not raw:
        return markdown_links.resolved(html, source, base, around.remarks), True
    if excess := bounds.html_excess(html):
        around.remarks.add("body-too-complex", excess)
        return bounds.as_text(around.held.filled(source)), False
    signs = marks(html)
    whole = strays.without(html, signs)
    if whole is not html:
        html, signs = whole, marks(whole)
    if b"<!--" in signs and _FOLD not in html:
        html = _MORE.sub(_FOLD, html, count=1)
        signs = marks(html)
    repaired = repairs.repair(html, base, around.remarks, signs)
    if repaired is not html:
        signs = marks(repaired)
    sanitizer.tell_losses(signs, around.remarks)
    # parsers take <image> for <img>
    return sanitizer.sanitize(repaired, base, signs), b"<im" in signs


def _from_markdown(source: str, around: Context, base: Base) -> tuple[str, bool]:
    folded = source
    if "<" in source and "<!--" in source:
        folded = _folded(source)
    html, raw = _to_html(folded, around.settings)
    if _FOLD in html:
        if _FOLD_PARAGRAPH not in html:  # it stood in code, or inside a block
            html, raw = _to_html(source, around.settings)
        html = html.replace(_FOLD_PARAGRAPH, _FOLD)
    if around.remarks.has("liquid-removed"):
        from feedsvc.content import labels  # late: seldom

        html = labels.without(html, around)
    if not base.own and footnotes.SIGN in html:
        anchors = leftovers.syntax(around.settings).footnotes
        html = footnotes.pointing_at(base.page, html, anchors) if anchors else html
    return html, raw


def _folded(source: str) -> str:
    """`source` with a paragraph where its summary ends: in the item that the line is in."""
    match = _MORE_LINE.search(source)
    if match and any(sign in source[: match.start()] for sign in ("```", "~~~")):
        match = _more_outside_fences(source)
    if match is None:
        return source
    return f"{source[: match.start()]}\n{match[1]}{_FOLD}\n{source[match.end() :]}"


def _more_outside_fences(source: str) -> re.Match[str] | None:
    """Code may show such a line."""
    from feedsvc.markup import lines  # late, as Markdown is

    position = 0
    for line, kind in lines.kinds(source):
        if kind == lines.TEXT and "<!--" in line and (match := _MORE_LINE.match(source, position)):
            return match
        position += len(line) + 1
    return None


def _before_separator(source: str, around: Context) -> tuple[str, str]:
    """The body, and the HTML before the site's own separator where it is no comment."""
    own = around.post.extra.get("excerpt_separator")
    separator = own or around.settings.engine_options.get("excerpt_separator")
    if not isinstance(separator, str) or not separator.strip() or separator not in source:
        return source, ""
    if separator.startswith("<!--"):
        return source.replace(separator, "<!--more-->", 1), ""
    head = source.partition(separator)[0]
    if around.is_markdown and not bounds.markdown_excess(head):
        head = around.held.filled(_to_html(head, around.settings)[0])
    return source, head


def _to_html(text: str, settings: Settings) -> tuple[str, bool]:
    # late: what a blog written in HTML need not import
    from feedsvc.markup import extras, markdown

    return markdown.to_html(text, extras.of(settings))


def _summary(post: Post, html: str, head: str, base: Base, settings: Settings) -> str:
    if post.summary:
        text = post.summary
        if not bounds.markdown_excess(text):
            text = summary.written(
                text, lambda words: _sanitized(_to_html(words, settings)[0], base)
            )
        return characters.without_forbidden(text)
    if head:
        return characters.without_forbidden(summary.plain(_sanitized(head, base)))
    return summary.opening(html)


def _sanitized(html: str, base: Base) -> str:
    return "" if bounds.html_excess(html) else sanitizer.sanitize(html, base)


def _image(post: Post, html: str, base: Base) -> str | None:
    return (base.absolute(post.image) if post.image else None) or summary.picture(html)
