"""What Zola alone understands in bodies: shortcodes, ids of headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.content import kramdown, zola_shortcodes
from feedsvc.content.syntax import Anchors, Syntax

if TYPE_CHECKING:
    from feedsvc.settings import Settings

_RULES = (zola_shortcodes.RULE, kramdown.HEADINGS)
_WHERE_THEY_STAND = Anchors("{name}", "", "")
_AT_THE_BOTTOM = Anchors("fn-{name}", "fr-{name}-1", "fr-{name}-{time}")


def syntax(settings: Settings) -> Syntax:
    """Footnotes lie where `bottom_footnotes` puts them."""
    bottom = settings.engine_options.get("bottom_footnotes") is True
    return Syntax(_RULES, _AT_THE_BOTTOM if bottom else _WHERE_THEY_STAND)
