"""What engines leave in bodies that only they understand, and taking it out.

Only the post's own engine is asked: in a plain folder `{{ x }}` is just text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc import sites
from feedsvc.markup.beside import NO_SOURCES
from feedsvc.posts.context import once_per_site
from feedsvc.posts.references import holds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedsvc.markup.beside import Folder, Sources
    from feedsvc.markup.context import Context
    from feedsvc.markup.syntax import Syntax
    from feedsvc.model import Post
    from feedsvc.posts.references import Reference
    from feedsvc.settings import Settings


@once_per_site
def syntax(settings: Settings) -> Syntax:
    """What the engine of a site says of its bodies."""
    return sites.syntax(settings)


def render(text: str, around: Context) -> str:
    """`text` without what only its engine understands."""
    for rule in syntax(around.settings).rules:
        if rule.markdown_only and not around.is_markdown:
            continue
        if around.post.path.endswith(rule.suffix) and holds(text, rule.signs):
            text = rule.render(text, around)
    return text


def references(text: str, settings: Settings) -> Iterator[Reference]:
    """What `text` refers to by what only its engine understands."""
    for rule in syntax(settings).rules:
        if rule.references and holds(text, rule.signs):
            yield from rule.references(text)


def sources(post: Post, settings: Settings, folder: Folder) -> Sources:
    """Which other files of the site the body of `post` draws in."""
    for rule in syntax(settings).rules:
        if rule.sources and holds(post.body, rule.signs):
            return rule.sources(post.body, post, settings, folder)
    return NO_SOURCES
