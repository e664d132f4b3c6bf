"""The way from a post's body to what a reader gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.content import characters, markdown, sanitizer, summary
from feedsvc.content.rendered import Rendered
from feedsvc.content.urls import Base
from feedsvc.feeds.values import Content
from feedsvc.model import Finding, Markup

if TYPE_CHECKING:
    from feedsvc.model import Post
    from feedsvc.settings import Settings


def render(post: Post, settings: Settings) -> Rendered:
    """Reader-safe content of a post. Never raises for what a body holds."""
    findings: list[Finding] = []
    body = post.body
    if (match := characters.forbidden(body)) is not None:
        body = characters.without_forbidden(body)
        line = post.body.count("\n", 0, match.start()) + 1
        findings.append(
            Finding(
                "control-character", "Characters that XML forbids were dropped.", post.path, line
            )
        )
    html = markdown.to_html(body) if post.markup is Markup.MARKDOWN else body
    base = Base(post.permalink)
    html = sanitizer.sanitize(html, base)
    text = summary.plain(post.summary or html)
    image = base.absolute(post.image) if post.image else None
    content = Content(html, summary.shortened(text), image)
    return Rendered(content, tuple(findings))
