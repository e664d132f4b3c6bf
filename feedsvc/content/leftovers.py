"""Which engine leaves what in its bodies, and what takes it out.

Only the post's own engine is asked: in a plain folder `{{ x }}` is just text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feedsvc.content import kramdown, liquid, mdx, pelican, python_markdown, shortcodes

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedsvc.content.context import Context


class Rule(NamedTuple):
    """What renders one syntax, and the signs without which there is none of it."""

    render: Callable[[str, Context], str]
    signs: tuple[str, ...]
    markdown_only: bool = False
    suffix: str = ""


_LIQUID = Rule(liquid.render, ("{{", "{%"))
_KRAMDOWN = Rule(kramdown.render, ("{:", "{#", "markdown="), markdown_only=True)
_HEADINGS = Rule(kramdown.render_headings, ("{#", "{.", '="'), markdown_only=True)

RULES: dict[str, tuple[Rule, ...]] = {
    "jekyll": (_LIQUID, _KRAMDOWN),
    "eleventy": (_LIQUID,),
    "hugo": (Rule(shortcodes.render_hugo, ("{{<", "{{%")), _HEADINGS),
    "zola": (Rule(shortcodes.render_zola, ("{{", "{%")), _HEADINGS),
    "pelican": (
        Rule(pelican.render, ("{filename}", "{static}", "{attach}", "|filename|", "|static|")),
        Rule(pelican.render_liquid, ("{%",)),
        Rule(python_markdown.render, ("[TOC]", ":::", "#!", "!!!"), markdown_only=True),
        _KRAMDOWN,
    ),
    "astro": (Rule(mdx.render, ("<", "{/*", "import ", "export "), suffix=".mdx"),),
}


def render(text: str, around: Context) -> str:
    """`text` without what only its engine understands."""
    settings = around.settings
    for rule in RULES.get(settings.engine or settings.posts.dialect, ()):
        if rule.markdown_only and not around.is_markdown:
            continue
        if around.post.path.endswith(rule.suffix) and any(sign in text for sign in rule.signs):
            text = rule.render(text, around)
    return text
