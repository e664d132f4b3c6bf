"""MDX left in a body (Astro, Next, Gatsby): imports, comments, components, and directives.

Source: mdxjs.com/docs, github.com/remarkjs/remark-directive.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from feedsvc.markup import lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from feedsvc.markup.context import Context

_MODULE = re.compile(
    r"import\s[^;]*?from\s*['\"]|import\s*['\"]|import\s+(?:[\w$]+\s*,\s*)?\{[^{}]*$|"
    r"export\s+(?:const|default|let|var|function|async|class)\s|export\s*\{"
)
_LINE = re.compile(r"([^\n]*)(?:\n|\Z)")
_LONGEST = 100_000  # of a module
_BEGINS, _ENDS = "{/*", "*/}"  # a comment
# A tag alone in its line, about what is Markdown however far it is indented.
_ALONE = re.compile(r"\s*<(/?)[A-Za-z][\w.-]*(?:\s[^<>]{0,2000})?(?<!/)>\s*")
_OBJECT = re.compile(
    rf"{lines.CODE}|(?P<tag><[A-Za-z][^<>\n]{{0,500}}?)\s[\w-]{{1,50}}=\{{\{{[^{{}}\n]{{0,500}}\}}\}}"
)
_TEMPLATE = re.compile(
    rf"{lines.CODE}|(?P<tag><[A-Za-z][^<>`\n]{{0,500}}?\s)(?P<name>[\w-]{{1,50}})="
    r"\{`(?P<text>[^`\n]{0,500})`\}"
)
_TAG = re.compile(r"<[a-z][\w-]*\s(?:=>|[^<>]){0,2000}>")
_EXPRESSION = re.compile(r"\s([\w-]{1,50})=\{([^{}\n]{0,300})\}")
# What an expression plainly comes to: a number, a text, a file of the site.
_PLAIN = re.compile(
    r"\s*(?:(\d+(?:\.\d+)?)|([\"'`])((?:(?!\2)[^$\"<>])*)\2"
    r"|(?:useBaseUrl|require)\(\s*[\"']([^\"'<>]*)[\"']\s*\)(?:\.default)?)\s*"
)
_WITHIN = r"(?:=>|=\{`[^`\n]{0,500}`\}|[^<>`\n])"  # a tag
_PARTED = re.compile(rf"<[A-Za-z][\w.]*(?:[ \t]{_WITHIN}*)?(?:\n{_WITHIN}+){{1,30}}\n?>")
# Words about which an element stands in the same line: markup to MDX, not to CommonMark.
_WORDS = re.compile(
    r"\s*<(summary|figcaption|center|div|p|td|th|dd|dt|li)((?:\s[^<>]*)?)>"
    r"(?=[^\n]*[*_`\[])((?:(?!</?\1\b).)*)</\1>\s*"
)
# In HTML the slash means nothing, and what follows an open frame is not even text.
_EMPTY = re.compile(
    r"<(?<!\\<)(?!(?:area|br|col|embed|hr|img|input|link|meta|source|track|wbr)\b)"
    r"([A-Za-z][\w.]{0,50})((?:\s[^<>]{0,2000})?)/>"
)
_DIRECTIVE = re.compile(
    r":{3,}[ ]?([a-zA-Z][\w-]*)(?:[ ]?\[(.*)\])?(?:\{[^{}\n]*\})?(?:[ \t]+([^\s{\[].*))?"
)
# Their ends, and those that have attributes alone (Pandoc, Quarto).
_MARK = re.compile(r"\s*:{3,}[ ]?(?:\{[^{}\n]*\})?\s*")
_LEAF = re.compile(r"\s*::([a-zA-Z][\w-]*)(?:(?=\{)|\[(.*)\])(\{[^{}\n]*\})?\s*")
_REPOSITORY = re.compile(r"\brepo=[\"']?([\w.-]+/[\w.-]+)[\"'}\s]")
_UNSEEN = frozenset({"center", "code-group", "div", "left", "raw", "right", "tabs", "v-pre"})
_CODE = re.compile(lines.CODE)
_LIST = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")
_COMPONENT = re.compile(r"<(?<!\\<)/?([A-Z][\w.]*)(?:\s(?:=>|[^<>]){0,2000})?/?>|</?>")


def render(text: str, around: Context) -> str:
    """`text` without modules, comments and components; what components enclose stays."""
    depth = 0
    drawn = False  # within a `<pre>`, whose blanks count
    code = _Code(text)
    written = text
    if "<" in text:
        text = lines.runs_outside_fences(text, _with_whole_tags)

    def change(whole: str, position: int) -> str | None:
        nonlocal depth, drawn
        line = whole if drawn else code.without(whole, position)
        if line is None:
            return None
        if drawn or ("<pre" in line and "<pre" in _CODE.sub("", line)):
            drawn = "</pre>" not in line
            return line
        if alone := _ALONE.fullmatch(line):
            depth = max(0, depth + (-1 if alone[1] else 1))
            line = f"\n{line.strip()}\n"
        elif depth:
            line = line.lstrip(" \t") if not _LIST.match(line) else line

        def component(match: re.Match[str]) -> str:
            if match[1]:
                around.remarks.add("component-removed", match[1], written, position)
            return ""

        line = _outside_code(_without_expressions(line, around), partial(_COMPONENT.sub, component))
        return _parted(line) if "</" in line else line

    return lines.outside_fences(text, change)


class _Code:
    """What of a text is JavaScript, line by line: modules and comments."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._module_end = 0
        self._commented = False  # since a line before
        self._last_end = text.rfind(_ENDS) if _BEGINS in text else -1

    def without(self, line: str, position: int) -> str | None:
        """The line without it; None where nothing else is in it."""
        if position < self._module_end:
            return None
        before = self._commented
        if not before and _MODULE.match(line):
            self._module_end = -1 if self._module_end < 0 else self._end(position)
            return None
        if not before and _BEGINS not in line:
            return line
        line = "".join(self._without_comments(line, position))
        return line if line.strip() or not (before or self._commented) else None

    def _end(self, start: int) -> int:
        """Where the module ends that begins at `start`: at a blank line outside of all brackets.

        -1 where it seems not to, for brackets in texts: then only the line is code.
        """
        depth = 0
        for line in _LINE.finditer(self._text, start, start + _LONGEST):
            if depth <= 0 and not line[1].strip():
                return line.start()
            depth += sum(map(line[1].count, "([{")) - sum(map(line[1].count, ")]}"))
        return -1

    def _without_comments(self, line: str, position: int) -> Iterator[str]:
        at = ticks = 0
        if self._commented:
            at = line.find(_ENDS) + len(_ENDS)
            self._commented = at < len(_ENDS)
        while not self._commented and (begin := line.find(_BEGINS, at)) >= 0:
            ticks += line.count("`", at, begin)
            if ticks % 2 or self._last_end < position + begin:  # in code, or without an end
                yield line[at : begin + len(_BEGINS)]
                at = begin + len(_BEGINS)
                continue
            yield line[at:begin]
            at = line.find(_ENDS, begin + len(_BEGINS)) + len(_ENDS)
            self._commented = at < len(_ENDS)
        if not self._commented:
            yield line[at:]


def _with_whole_tags(text: str) -> str:
    """Each tag in one line; a tab is as good as the end of one, and keeps the places."""
    return _PARTED.sub(lambda match: match[0].replace("\n", "\t"), text)


def _parted(line: str) -> str:
    """The line with its words in lines of their own, where they are about markup in an element."""
    words = _WORDS.fullmatch(line)
    if words is None:
        return line
    tag, attributes, inner = words.groups()
    # a paragraph is one by itself
    made = inner if tag == "p" else f"<{tag}{attributes}>\n\n{inner}\n\n</{tag}>"
    return f"\n{made}\n"


def render_directives(text: str, around: Context) -> str:
    """`text` with the titles of container directives (`:::note[Title]`), and without their ends.

    Directives of one line (`::github{repo=a/b}`) leave their words or their link.
    """

    def change(line: str, position: int) -> str | None:
        if "::" not in line:
            return line
        if match := _DIRECTIVE.fullmatch(line.strip()):
            title = match[2] or match[3] or ("" if match[1] in _UNSEEN else match[1].capitalize())
            return f"\n**{title}**\n" if title else ""
        if match := _LEAF.fullmatch(line):
            return _leaf(match, around, text, position)
        return "" if _MARK.fullmatch(line) else line

    return lines.outside_fences(text, change)


def _leaf(match: re.Match[str], around: Context, text: str, position: int) -> str:
    name, words, said = match.groups()
    if name == "github" and (repository := _REPOSITORY.search(said or "")):
        return f"[{repository[1]}](https://github.com/{repository[1]})"
    around.remarks.add("component-removed", name, text, position)
    return words or ""


def render_attributes(text: str, around: Context) -> str:
    """`text` with attributes that JavaScript gives (`width={3}`), without those it computes."""
    return lines.outside_fences(text, lambda line, _position: _without_expressions(line, around))


def _without_expressions(line: str, around: Context) -> str:
    while "={{" in line and (shorter := _OBJECT.sub(_without_object, line)) != line:
        line = shorter
    while "={`" in line and (shorter := _TEMPLATE.sub(_without_template, line)) != line:
        line = shorter
    if "={" not in line:
        return line

    def value(match: re.Match[str]) -> str:
        plain = _PLAIN.fullmatch(match[2])
        if plain is None:
            return ""
        found = plain[1] or plain[3] or plain[4] or ""
        if plain[4] and "useBaseUrl" in match[2]:
            found = around.relative_url(found)
        return f' {match[1]}="{found}"'

    def tag(match: re.Match[str]) -> str:
        return _EXPRESSION.sub(value, match[0])

    return _outside_code(line, partial(_TAG.sub, tag))


def _without_object(match: re.Match[str]) -> str:
    return match["tag"] or match[0]  # code shows it


def _without_template(match: re.Match[str]) -> str:
    if not match["tag"]:
        return match[0]  # code shows it
    plain = not re.search(r"[$\"<>\\]", match["text"])
    return f'{match["tag"]}{match["name"]}="{match["text"]}"' if plain else match["tag"].rstrip()


def render_empty(text: str, around: Context) -> str:  # noqa: ARG001 - as all rules
    """`text` with an end for each element that JSX has none in (`<video src="…" />`)."""
    close = partial(_EMPTY.sub, r"<\1\2></\1>")
    return lines.outside_fences(text, lambda line, _position: _outside_code(line, close))


def _outside_code(line: str, change: Callable[[str], str]) -> str:
    """The line changed but for its code, which shows elements and does not use them."""
    if "`" not in line:
        return change(line)
    parts = line.split("`")
    parts[::2] = map(change, parts[::2])
    return "`".join(parts)
