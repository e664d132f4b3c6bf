"""What Zola alone understands in bodies: shortcodes, ids of headings, names of footnotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.markup.kramdown import additions
from feedsvc.markup.syntax import Anchors, Rule, Syntax
from feedsvc.markup.zola import shortcodes

if TYPE_CHECKING:
    from feedsvc.markup.context import Context
    from feedsvc.settings import Settings

_NOTE = re.compile(r"\[\^([^\]\n]{1,100})\](:?)")


def _footnotes(text: str, _around: Context) -> str:
    """`text` without blanks in the names of footnotes, which our renderer does not take."""
    named = {match[1] for match in _NOTE.finditer(text) if match[2] and " " in match[1]}

    def one_word(match: re.Match[str]) -> str:
        return match[0].replace(" ", "-") if match[1] in named else match[0]

    return _NOTE.sub(one_word, text) if named else text


_RULES = (
    shortcodes.RULE,
    additions.HEADINGS,
    Rule(_footnotes, ("]:",), markdown_only=True),
)
_WHERE_THEY_STAND = Anchors("{name}", "", "")
_AT_THE_BOTTOM = Anchors("fn-{name}", "fr-{name}-1", "fr-{name}-{time}")


def syntax(settings: Settings) -> Syntax:
    """Footnotes lie where `bottom_footnotes` puts them."""
    bottom = settings.engine_options.get("bottom_footnotes") is True
    return Syntax(_RULES, _AT_THE_BOTTOM if bottom else _WHERE_THEY_STAND)
