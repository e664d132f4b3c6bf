"""Formulas in shortcodes, as themes for Hugo and Zola have them; Markdown must not read these.

Sources: `katex.html` of the themes Book and DeepThought, `math.html` of Hugo Blox.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feedsvc.markup.calls import Call
    from feedsvc.markup.context import Context

NAMES = ("katex", "latex", "math", "mathjax")
_SIGNS = ("\\(", "\\[")


def enclosed(call: Call, inner: str, around: Context) -> str:
    """What one encloses as it is written, between signs by which readers know a formula."""
    formula = inner.strip()
    if not formula:
        return ""
    if "$" not in formula and not formula.startswith(_SIGNS):
        apart = "display" in call.positional or call.get("display", "block") == "true"
        opening, closing = ("\\[", "\\]") if apart or "\n" in formula else ("\\(", "\\)")
        formula = f"{opening}{formula}{closing}"
    html = escape(formula, quote=False)
    return around.held.put(html) if around.is_markdown else html


def given(call: Call, around: Context) -> str:
    """The formula that is an argument; one without only loads what sets formulas."""
    return enclosed(call, call.get("body"), around)
