"""Posts and sites for the tests of content."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedsvc.content import Rendered, render
from feedsvc.model import Markup, Post
from feedsvc.settings import PostsSettings, Settings, SiteSettings

if TYPE_CHECKING:
    from feedsvc.posts.references import Links

PAGE = "https://example.org/blog/2020/a/"
NOTE = "-2d711642"  # what footnote ids of the entry "x" end in


def rendered(
    body: str,
    markup: Markup = Markup.HTML,
    *,
    engine: str = "",
    options: dict[str, Any] | None = None,
    links: Links | None = None,
    first_line: int = 1,
    folder: str = "posts",
    **fields: Any,
) -> Rendered:
    """What becomes of a body on a site below `https://example.org/blog`."""
    instant = datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
    given = {"path": "a.md", "id": "x", "title": "A title", **fields}
    post = Post(
        permalink=PAGE, published=instant, updated=instant, body=body, markup=markup, **given
    )
    settings = Settings(
        Path("/nowhere"),
        site=SiteSettings(url="https://example.org/blog", title="Site", subtitle="Sub"),
        posts=PostsSettings(path=(folder,)),
        engine=engine,
        engine_options=options or {},
    )
    return render(post, settings, links=links, first_line=first_line)


def html(body: str, markup: Markup = Markup.HTML, **given: Any) -> str:
    return rendered(body, markup, **given).content.html


def markdown(body: str, **given: Any) -> str:
    return html(body, Markup.MARKDOWN, **given)


def codes(made: Rendered) -> list[str]:
    return [finding.code for finding in made.findings]
