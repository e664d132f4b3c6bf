"""What Hugo alone understands in bodies: shortcodes, attributes; footnotes are goldmark's."""

from __future__ import annotations

from feedsvc.markup.hugo import shortcodes
from feedsvc.markup.kramdown import additions
from feedsvc.markup.syntax import Anchors, Syntax

SYNTAX = Syntax(
    (shortcodes.RULE, additions.HEADINGS),
    Anchors("fn:{number}", "fnref:{number}", "fnref{before}:{number}"),
)
