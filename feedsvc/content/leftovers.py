"""Which engine leaves what in its bodies, and what takes it out.

Only the post's own engine is asked: in a plain folder `{{ x }}` is just text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feedsvc.content import (
    kramdown,
    kramdown_blocks,
    liquid,
    mdx,
    pelican,
    python_markdown,
    shortcodes,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from feedsvc.content.context import Context
    from feedsvc.posts.references import Reference
    from feedsvc.settings import Settings


class Rule(NamedTuple):
    """What renders one syntax, and the signs without which there is none of it.

    `references` finds what a body refers to by it, if that is its use.
    """

    render: Callable[[str, Context], str]
    signs: tuple[str, ...]
    markdown_only: bool = False
    suffix: str = ""
    references: Callable[[str], Iterator[Reference]] | None = None


_LIQUID = Rule(liquid.render, ("{{", "{%"), references=liquid.references)
_INTERNAL = tuple(
    f"{opening}{kind}{closing}"
    for kind in ("filename", "static", "attach", "tag", "category", "author", "index")
    for opening, closing in ("{}", "||")
)
_KRAMDOWN = Rule(kramdown.render, ("{:", "{#", "markdown="), markdown_only=True)
_BLOCKS = Rule(kramdown_blocks.render, ("](", "]:", "$$", "|", "</", "\\_"), markdown_only=True)
_HEADINGS = Rule(kramdown.render_headings, ("{#", "{.", '="'), markdown_only=True)

RULES: dict[str, tuple[Rule, ...]] = {
    "jekyll": (_LIQUID, _KRAMDOWN, _BLOCKS),
    "eleventy": (_LIQUID,),
    "hugo": (
        Rule(shortcodes.render_hugo, ("{{<", "{{%"), references=shortcodes.references),
        _HEADINGS,
    ),
    "zola": (Rule(shortcodes.render_zola, ("{{", "{%")), _HEADINGS),
    "pelican": (
        Rule(pelican.render, _INTERNAL, references=pelican.references),
        Rule(pelican.render_liquid, ("{%",)),
        Rule(python_markdown.render, ("[TOC]", ":::", "#!", "!!!"), markdown_only=True),
        _KRAMDOWN,
    ),
    "astro": (
        Rule(mdx.render_objects, ("={{",)),
        Rule(mdx.render_directives, (":::",), markdown_only=True),
        Rule(mdx.render, ("<", "{/*", "import ", "export "), suffix=".mdx"),
        Rule(mdx.render_empty, ("/>",), markdown_only=True),
    ),
}


def render(text: str, around: Context) -> str:
    """`text` without what only its engine understands."""
    for rule in _rules(around.settings):
        if rule.markdown_only and not around.is_markdown:
            continue
        if around.post.path.endswith(rule.suffix) and any(sign in text for sign in rule.signs):
            text = rule.render(text, around)
    return text


def references(text: str, settings: Settings) -> Iterator[Reference]:
    """What `text` refers to by what only its engine understands."""
    for rule in _rules(settings):
        if rule.references and any(sign in text for sign in rule.signs):
            yield from rule.references(text)


def _rules(settings: Settings) -> tuple[Rule, ...]:
    return RULES.get(settings.engine or settings.posts.dialect, ())
