"""What Jekyll alone understands in bodies: Liquid, and what kramdown has besides CommonMark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.markup import liquid, reference_links
from feedsvc.markup.kramdown import additions, blocks, elements, formulas, lists, spans, tables
from feedsvc.markup.syntax import Anchors, Syntax

if TYPE_CHECKING:
    from feedsvc.markup.context import Context
    from feedsvc.settings import Settings


def _documents(name: str, around: Context) -> object:
    from feedsvc.sites.jekyll.documents import documents  # late: few posts show any

    return documents(name, around)


_RULES = (
    liquid.rule(opened=False, documents=_documents),
    additions.FENCES,
    additions.RULE,
    elements.RULE,
    reference_links.RULE,
    spans.RULE,
    formulas.RULE,
    blocks.RULE,
    lists.RULE,
    tables.RULE,
)
_KRAMDOWN = Anchors("fn:{name}", "fnref:{name}", "fnref:{name}:{before}")
_COMMONMARK = Anchors("fn-{name}", "fnref-{name}", "fnref-{name}-{time}")  # GitHub's


def syntax(settings: Settings) -> Syntax:
    """Footnotes lie where the site's `markdown` puts them."""
    processor = str(settings.engine_options.get("markdown")).lower()
    return Syntax(_RULES, _COMMONMARK if processor.startswith("common") else _KRAMDOWN)
