"""Which engine leaves what in its bodies, and what takes it out.

Only the post's own engine is asked: in a plain folder `{{ x }}` is just text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feedsvc.content import (
    hugo_shortcodes,
    kramdown,
    kramdown_blocks,
    kramdown_formulas,
    kramdown_html,
    mdx,
    pelican,
    python_markdown,
    shortcodes,
)
from feedsvc.content.beside import NO_SOURCES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from feedsvc.content.beside import Folder, Sources
    from feedsvc.content.context import Context
    from feedsvc.model import Post
    from feedsvc.posts.references import Reference
    from feedsvc.settings import Settings


class Rule(NamedTuple):
    """What renders one syntax, and the signs without which there is none of it.

    `references` finds what a body refers to by it, `sources` which files it draws in, if that is
    its use.
    """

    render: Callable[[str, Context], str]
    signs: tuple[str, ...]
    markdown_only: bool = False
    suffix: str = ""
    references: Callable[[str], Iterator[Reference]] | None = None
    sources: Callable[[str, Post, Settings, Folder], Sources] | None = None


def _liquid(text: str, around: Context) -> str:
    from feedsvc.content import liquid  # which most sites do not have

    return liquid.render(text, around)


def _liquid_references(text: str) -> Iterator[Reference]:
    from feedsvc.content import liquid

    return liquid.references(text)


def _liquid_sources(text: str, post: Post, settings: Settings, folder: Folder) -> Sources:
    from feedsvc.content import liquid

    return liquid.sources(text, post.path, settings, folder)


def _shortcode_sources(text: str, post: Post, settings: Settings, folder: Folder) -> Sources:  # noqa: ARG001 - as all rules
    return hugo_shortcodes.sources(text, settings, folder)


_LIQUID = Rule(_liquid, ("{{", "{%"), references=_liquid_references, sources=_liquid_sources)
_INTERNAL = tuple(
    f"{opening}{kind}{closing}"
    for kind in ("filename", "static", "attach", "tag", "category", "author", "index")
    for opening, closing in ("{}", "||")
)
_KRAMDOWN = Rule(kramdown.render, ("{:", "{#", "markdown=", "*["), markdown_only=True)
_BLOCKS = Rule(kramdown_blocks.render, ("](", "]:", "|", "\\", "\n^"), markdown_only=True)
_FORMULAS = Rule(kramdown_formulas.render, (kramdown_formulas.SIGN,), markdown_only=True)
_TAGS = Rule(kramdown_html.render, ("<",), markdown_only=True)
_HEADINGS = Rule(kramdown.render_headings, ("{#", "{.", '="'), markdown_only=True)

RULES: dict[str, tuple[Rule, ...]] = {
    "jekyll": (_LIQUID, _KRAMDOWN, _TAGS, _FORMULAS, _BLOCKS),
    "eleventy": (_LIQUID,),
    "hugo": (
        Rule(
            hugo_shortcodes.render,
            ("{{<", "{{%"),
            references=shortcodes.references,
            sources=_shortcode_sources,
        ),
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


def sources(post: Post, settings: Settings, folder: Folder) -> Sources:
    """Which other files of the site the body of `post` draws in."""
    for rule in _rules(settings):
        if rule.sources and any(sign in post.body for sign in rule.signs):
            return rule.sources(post.body, post, settings, folder)
    return NO_SOURCES


def _rules(settings: Settings) -> tuple[Rule, ...]:
    return RULES.get(settings.engine or settings.posts.dialect, ())
