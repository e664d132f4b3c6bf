"""What rendering a body found: one finding a kind, naming each thing once with its first line."""

from __future__ import annotations

from typing import NamedTuple

from feedsvc.model import Finding, Severity


class Kind(NamedTuple):
    """What a finding of one code says; `{names}` are the things it was found in."""

    message: str
    hint: str = ""
    severity: Severity = Severity.WARNING


KINDS = {
    "control-character": Kind(
        "Characters that XML forbids or discourages were dropped ({names}).",
        "Delete them from the file.",
    ),
    "body-too-complex": Kind(
        "The body {names}; it is cut there or shown as plain text.",
        "Split or simplify it.",
        Severity.ERROR,
    ),
    "liquid-removed": Kind(
        "Liquid that cannot be evaluated here was removed: {names}.",
        "Write what it stands for into the post, or set `summary`.",
    ),
    "label-undefined": Kind(
        "What links by these labels lead to was removed, or is nowhere; their words stay: {names}.",
        "Write the definitions (`[label]: https://…`) into the post or a plain include.",
    ),
    "shortcode-removed": Kind(
        "Shortcodes that are not known here were removed: {names}.",
        "Write plain Markdown or HTML where subscribers must see it.",
    ),
    "directive-removed": Kind(
        "Directives that docutils does not know were removed: {names}.",
        "Write plain reStructuredText where subscribers must see it.",
    ),
    "restructured-text": Kind(
        "The text has faults by what docutils says: {names}.",
        "Mend it: Pelican leaves out an article with such a fault.",
    ),
    "component-removed": Kind(
        "Components were removed, what they enclose was kept: {names}.",
        "Write plain Markdown or HTML where subscribers must see it.",
    ),
    "link-unresolved": Kind(
        "There is no published post behind these references; their words stay: {names}.",
        "Check the name, or publish the post.",
    ),
    "kramdown-removed": Kind(
        "Attribute lists that readers do not understand were removed: {names}.",
        severity=Severity.NOTE,
    ),
    "script-removed": Kind("Scripts were removed; no reader runs them.", severity=Severity.NOTE),
    "handler-removed": Kind(
        "Event handlers were removed; no reader runs them.", severity=Severity.NOTE
    ),
    "style-removed": Kind(
        "Style attributes were removed; readers have a style of their own.", severity=Severity.NOTE
    ),
    "unsafe-link-removed": Kind(
        "Addresses that run scripts, hold data or name local files were removed.",
        "Link to a page.",
        Severity.WARNING,
    ),
    "form-removed": Kind("Forms were removed; no reader shows them.", severity=Severity.NOTE),
    "frame-linked": Kind(
        "Frames that readers refuse became links: {names}.", severity=Severity.NOTE
    ),
    "image-restored": Kind("Images that wait for a script were restored.", severity=Severity.NOTE),
    "drawing-removed": Kind(
        "Inline SVG was removed; readers do not show it.", "Use an image file.", Severity.NOTE
    ),
    "pixel-removed": Kind("Tracking pixels were removed.", severity=Severity.NOTE),
    "code-flattened": Kind("Highlighter markup became plain code blocks.", severity=Severity.NOTE),
}

_NAMED = 8  # more names than that help nobody


class Remarks:
    """Collects the findings of one body."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self._found: dict[str, dict[str, tuple[int, int]]] = {}

    def add(self, code: str, name: str = "", text: str = "", position: int = -1) -> None:
        """Note `name` under `code`, at the place of `position` in `text` where that is known."""
        if self.wants(code, name):
            place = (0, 0)
            if position >= 0:
                line = text.count("\n", 0, position) + self.first_line
                place = (line, position - text.rfind("\n", 0, position))
            self._found.setdefault(code, {})[name] = place

    def wants(self, code: str, name: str) -> bool:
        """Whether this would tell something new, so that its place is worth a search."""
        names = self._found.get(code, ())
        return name not in names and len(names) <= _NAMED

    def has(self, code: str) -> bool:
        """Whether there is a finding of this code."""
        return code in self._found

    def findings(self) -> tuple[Finding, ...]:
        """One finding a code, at the first place."""
        return tuple(self._finding(code, names) for code, names in self._found.items())

    def _finding(self, code: str, names: dict[str, tuple[int, int]]) -> Finding:
        kind = KINDS[code]
        (first, place), *others = names.items()
        shown = [f"{name} (line {line})" if line else name for name, (line, _) in others]
        shown[_NAMED - 1 :] = ["…"] if len(names) > _NAMED else []
        message = kind.message.replace("{names}", ", ".join([first, *shown]))
        return Finding(code, message, self.path, *place, kind.severity, kind.hint)
