"""Highlighted code back to `pre > code` with the language as its class.

Rouge, Chroma, Pygments, highlight.js, Prism and SyntaxHighlighter: their spans mean nothing without
their style sheet, their line numbers get copied along with the code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.content import tree as trees

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

SIGNS = (
    *(b"highlight", b"hljs", b"chroma", b"rouge", b"codehilite"),
    *(b'class="token', b"brush:", b"linenos"),
)

_TABLES = ".rouge-table, .lntable, .highlighttable, .codehilitetable, .hljs-ln"
_NUMBERS = "pre .lineno, pre .linenos, pre .linenodiv, pre .lnt, pre .ln, pre .line-numbers-rows"
_WRAPPER = re.compile(
    r"\b(?:highlight|highlighter-\w+|codehilite|chroma|code-toolbar|sourceCode)\b"
)
_LANGUAGE = re.compile(r"\b(?:language-|lang-|brush:\s*|highlight-source-)([\w+#.-]+)")
_HLJS = re.compile(r"\bhljs\s+(?!language-)([\w+#-]+)")
_MARKED = re.compile(r"\b(?:highlight|hljs|chroma|rouge|codehilite|brush:|prism)")
_NAMELESS = frozenset({"plaintext", "text", "plain", "none", "fallback", "nohighlight"})
_MEDIA = "img, picture, video, audio, iframe, object, embed"
_LINKS = 'a[href]:not([href^="#"])'  # numbers of lines lead to themselves
_DEPTH = 5  # elements around a text within the code, of those that matter
_NEAR = 3  # a block lies at most this many elements deep in its wrapper


def flatten(tree: LexborHTMLParser, allowance: trees.Allowance) -> bool:
    """Flatten every highlighted block that `allowance` covers; whether there was one."""
    found = False
    wrapping = _Wrapping(allowance)
    for table in trees.matches(tree, _TABLES):
        if allowance.covers(table) and (blocks := table.css("pre")):
            language = _language([blocks[-1], *blocks[-1].css("code")])
            table.replace_with(_flat(tree, blocks[-1], language))
            found = True
    for number in trees.matches(tree, _NUMBERS):
        number.decompose()
    for block in trees.matches(tree, "pre"):
        # (it is one of the blocks in it; to cover costs as much as to read one)
        if allowance.is_spent or (len(block.css("pre")) > 1 and not allowance.covers(block)):
            break
        wrappers = _wrappers(block)
        codes = block.css("code")
        near = [*codes, block, *wrappers]
        if any(_MARKED.search(_classes(one)) for one in near) or block.css_first("span.token"):
            flat = _flat(tree, block, _language(near))
            wrapping.replaced(block, wrappers).replace_with(flat)
            found = True
    return found


def _flat(tree: LexborHTMLParser, highlighted: LexborNode, language: str) -> LexborNode:
    """A block of the same text, with the links in it: R's tools explain each function so."""
    attributes = {"class": f"language-{language}"} if language else {}
    linked = highlighted.css_first(_LINKS) is not None
    text = "" if linked else highlighted.text(deep=True)
    code = trees.element(tree, "code", text, **attributes)
    for run, address in _runs(highlighted) if linked else ():
        code.insert_child(trees.element(tree, "a", run, href=address) if address else run)
    block = trees.element(tree, "pre")
    block.insert_child(code)
    return block


def _runs(highlighted: LexborNode) -> Iterator[tuple[str, str]]:
    """Texts in order, each with the address that it is a link to, "" for none."""
    for node in highlighted.traverse(include_text=True):
        if node.tag != "-text":
            continue
        around = node.parent
        for _ in range(_DEPTH):
            if around is None or around.tag in ("a", "code", "pre"):
                break
            around = around.parent
        address = around.attributes.get("href") if around is not None else None
        yield node.text_content or "", "" if (address or "#")[0] == "#" else address or ""


def _classes(node: LexborNode) -> str:
    return node.attributes.get("class") or ""


def _wrappers(block: LexborNode) -> list[LexborNode]:
    wrappers: list[LexborNode] = []
    node = block.parent
    while node is not None and len(wrappers) < _NEAR and _WRAPPER.search(_classes(node)):
        wrappers.append(node)
        node = node.parent
    return wrappers


class _Wrapping:
    """Tells which wrappers hold nothing but a block; each is looked through once."""

    def __init__(self, allowance: trees.Allowance) -> None:
        self._allowance = allowance
        self._shared: set[int] = set()  # wrappers that hold something else, too

    def replaced(self, block: LexborNode, wrappers: list[LexborNode]) -> LexborNode:
        """The outermost wrapper that holds nothing but the block, not even what the code draws."""
        alone = block
        text, media = "", 0
        for number, wrapper in enumerate(wrappers):
            if wrapper.mem_id in self._shared or self._allowance.is_spent:
                break
            if not number:
                text, media = block.text(deep=True).strip(), len(block.css(_MEDIA))
            if wrapper.text(deep=True).strip() != text or len(wrapper.css(_MEDIA)) > media:
                self._shared.add(wrapper.mem_id)
                self._allowance.covers(wrapper)
                break
            alone = wrapper
        return alone


def _language(near: list[LexborNode]) -> str:
    for node in near:
        match = _LANGUAGE.search(_classes(node)) or _HLJS.search(_classes(node))
        name = match[1] if match else node.attributes.get("data-lang") or ""
        if name:
            return "" if name in _NAMELESS else name
    return ""
