"""What Eleventy alone understands in bodies: Liquid; footnotes are markdown-it-footnote's."""

from __future__ import annotations

from feedsvc.content import liquid
from feedsvc.content.syntax import Anchors, Syntax

SYNTAX = Syntax(
    (liquid.rule(opened=True),),
    Anchors("fn{number}", "fnref{number}", "fnref{number}:{before}"),
)
