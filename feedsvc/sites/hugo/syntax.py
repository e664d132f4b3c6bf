"""What Hugo alone understands in bodies: shortcodes, attributes; footnotes are goldmark's."""

from __future__ import annotations

from feedsvc.content import hugo_shortcodes, kramdown
from feedsvc.content.syntax import Anchors, Syntax

SYNTAX = Syntax(
    (hugo_shortcodes.RULE, kramdown.HEADINGS),
    Anchors("fn:{number}", "fnref:{number}", "fnref{before}:{number}"),
)
