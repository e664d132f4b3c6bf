"""What renderers of Markdown do besides CommonMark, and which of it a site's own does."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feedsvc.markup.bounds import leaves_open
from feedsvc.posts.context import once_per_site

if TYPE_CHECKING:
    from feedsvc.settings import Settings


class Extras(NamedTuple):
    """What a site's own renderer does besides.

    `smart`: quotes, dashes and dots become typographic, with `guillemets` `<<` and `>>`, too, and
    with `long_dashes` two hyphens as long a dash as three; `emoji`: so do names such as `:tada:`;
    `math`: formulas between `$` or `\\(`, whichever are named here, stay as they are written;
    `lone_tildes`: it takes two to strike something through, `1~5, 1~10` is text; `word_tildes`: one
    within a word strikes nothing through; `alerts`: a quote that begins with `[!NOTE]` is a note;
    `terms`: a line that begins with `:` says what the one before means; `breaks`: the end of a line
    of text is one for readers, too; `goldmark`: the renderer is that, and `www.` stands for this
    scheme; `spans`: which of `SPANS` enclose text.
    """

    smart: bool = False
    emoji: bool = False
    math: tuple[str, ...] = ()
    lone_tildes: bool = False
    word_tildes: bool = False
    alerts: bool = False
    terms: bool = True
    guillemets: bool = True
    breaks: bool = False
    goldmark: str = ""
    long_dashes: bool = False
    spans: tuple[str, ...] = ()

    def within(self, text: str) -> Extras:
        """Those that the text may have a use for."""
        math = tuple(sign for sign in self.math if sign in text) if self.math else ()
        if math and any(sign in _ENDS and leaves_open(text, sign, _ENDS[sign]) for sign in math):
            math = ()
        spans = tuple(sign for sign in self.spans if sign in text) if self.spans else ()
        emoji, alerts = self.emoji and ":" in text, self.alerts and "[!" in text
        return Extras(  # tildes are seen to before
            self.smart,
            emoji,
            math,
            alerts=alerts,
            terms=self.terms,
            breaks=self.breaks,
            spans=spans,
        )


NONE = Extras()
_ENDS = {"\\(": "\\)", "\\[": "\\]"}  # of formulas, where these are other signs
SPANS = {"==": "highlight", "++": "insert", "~": "subscript", "^": "superscript"}


@once_per_site
def of(settings: Settings) -> Extras:
    """What the renderer of a site does besides."""
    options = settings.engine_options
    math, spans = options.get("math"), options.get("spans")
    return Extras(
        options.get("typographer") is True,
        options.get("emoji") is True,
        tuple(map(str, math)) if isinstance(math, list) else (),
        options.get("lone_tildes") is True,
        options.get("word_tildes") is True,
        options.get("alerts", not settings.engine) is True,
        options.get("description_lists") is not False,
        options.get("guillemets") is not False,
        options.get("breaks") is True,
        str(options.get("goldmark") or ""),
        options.get("long_dashes") is True,
        tuple(sign for sign in SPANS if sign in spans) if isinstance(spans, list) else (),
    )
