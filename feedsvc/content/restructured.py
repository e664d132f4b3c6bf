"""reStructuredText to HTML; the only module that knows docutils.

Nothing is read but the text: no file, no configuration, no clock. What docutils finds fault with is
a remark and no message in the output; so are directives that it lacks because sites get them from
plugins. Docutils keeps roles and directives for the whole process: one text at a time is parsed,
and what a text defined is forgotten behind it.
"""

from __future__ import annotations

import re
from functools import cache
from pkgutil import iter_modules
from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import languages, nodes
from docutils.core import publish_parts
from docutils.parsers.rst import Directive, Parser, directives, roles
from docutils.readers.standalone import Reader
from docutils.transforms import Transform
from docutils.writers.html5_polyglot import HTMLTranslator, Writer

from feedsvc.content import complexity
from feedsvc.markup import bounds
from feedsvc.markup.context import anchor, player

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedsvc.markup.context import Context

_SETTINGS = {
    "_disable_config": True,
    "docinfo_xform": False,
    "doctitle_xform": False,
    "file_insertion_enabled": False,
    "footnote_references": "superscript",
    "halt_level": 5,
    "initial_header_level": 2,
    "line_length_limit": complexity.LONGEST_LINE,
    "math_output": "MathML",
    "raw_enabled": True,  # what it inserts goes the sanitiser's way
    "report_level": 5,
    "toc_backlinks": False,
    "warning_stream": False,
}
_FAULTS = 1_000
_WARNING = 2  # Pelican leaves an article out for one
_LONGEST = 100
_NO_DIRECTIVE = re.compile(r'Unknown directive type "([^"]{1,100})"')
_ROLE = re.compile(r":[\w.+:-]+:`([^`<]*[^`<\s])(?:\s*<[^`>]*>)?`|`([^`]*)`:[\w.+:-]+:")
_GIST = re.compile(r"[\w./-]{1,100}")
_VIDEO = re.compile(r"[\w-]{1,40}")
_parsing = Lock()


class _TooMuchError(Exception):
    """More faults than anybody would read; docutils needs the square of their number."""


def to_html(text: str, around: Context) -> str:
    """HTML of a body, not yet safe; a text that is too much for docutils is shown as it stands."""
    if complexity.is_too_much(text):
        around.remarks.add("body-too-complex", "is more than docutils can bear")
        return bounds.as_text(text)
    with _parsing:
        _register()
        registries: list[dict[str, Any]] = [
            roles._roles,  # type: ignore[attr-defined]
            directives._directives,  # type: ignore[attr-defined]
        ]
        known = [dict(registry) for registry in registries]
        try:
            return _published(text, around)
        except (RecursionError, _TooMuchError):
            around.remarks.add("body-too-complex", "is more than docutils can bear")
            return bounds.as_text(text)
        finally:
            for registry, entries in zip(registries, known, strict=True):
                registry.clear()
                registry.update(entries)


def _published(text: str, around: Context) -> str:
    writer = Writer()
    writer.translator_class = _Translator
    language = (around.post.lang or around.settings.site.language).lower().replace("-", "_")
    parts = publish_parts(
        text,
        reader=_Reader(lambda message: _remark(message, text, around)),
        writer=writer,
        settings_overrides={
            **_SETTINGS,
            "language_code": _known_language(language, language.partition("_")[0]),
        },
    )
    return str(parts["body"])


def _known_language(*names: str) -> str:
    """The first that docutils has words for; it would import a module of whatever name."""
    return next((name for name in names if name in _languages()), "en")


@cache
def _languages() -> frozenset[str]:
    return frozenset(module.name for module in iter_modules(languages.__path__))


def _remark(message: nodes.system_message, text: str, around: Context) -> None:
    if message["level"] < _WARNING:
        return
    said = message.astext().partition("\n")[0]
    said = said.partition(") ")[2] or said  # `<string>:3: (ERROR/3) ` stands before it
    unknown = _NO_DIRECTIVE.search(said)
    code = "directive-removed" if unknown else "restructured-text"
    name = unknown[1] if unknown else said[:_LONGEST].rstrip(".:")
    if around.remarks.wants(code, name):
        lines = text.split("\n")[: max(0, message.get("line", 1) - 1)]
        around.remarks.add(code, name, text, sum(len(line) + 1 for line in lines))


class _Reader(Reader):  # type: ignore[type-arg]
    """Tells what docutils has to say while it reads, and mends the tree."""

    def __init__(self, tell: Callable[[nodes.system_message], None]) -> None:
        super().__init__(parser=Parser())
        self._tell = tell
        self._told = 0

    def new_document(self) -> nodes.document:
        document = super().new_document()
        document.reporter.attach_observer(self._hear)
        return document

    def _hear(self, message: nodes.system_message) -> None:
        self._told += 1
        if self._told > _FAULTS:
            raise _TooMuchError
        self._tell(message)

    def get_transforms(self) -> list[type[Transform]]:
        return [*super().get_transforms(), _Mending]


class _Mending(Transform):
    """Keeps the words of unknown roles, and lets no picture be read from the disk."""

    default_priority = 860  # before messages, and what they are about, are filtered

    def apply(self) -> None:
        for node in list(self.document.findall(nodes.problematic)):
            if role := _ROLE.fullmatch(node.astext()):
                node.parent.replace(node, nodes.Text(role[1] or role[2]))
        for image in self.document.findall(nodes.image):
            image.attributes.pop("loading", None)
            image.setdefault("alt", "")


class _Translator(HTMLTranslator):
    """HTML as Markdown would give it: `code` for literals, and blocks that say their language."""

    def visit_literal(self, node: nodes.literal) -> None:
        self.body.append(f"<code>{self.encode(node.astext())}</code>")
        raise nodes.SkipNode

    def visit_literal_block(self, node: nodes.literal_block) -> None:
        if "code" not in node["classes"]:
            super().visit_literal_block(node)
            return
        name = next((name for name in node["classes"] if name != "code"), "")
        kind = f' class="language-{self.attval(name)}"' if name else ""
        self.body.append(f"<pre><code{kind}>")


class _AnyOption(dict[str, Any]):
    """Takes every option, as text: sites use those of Sphinx, Pelican and their plugins."""

    def __missing__(self, _name: str) -> Callable[[str | None], str]:
        return directives.unchanged


class _Tolerant(Directive):
    optional_arguments = 100
    has_content = True
    option_spec: ClassVar[Any] = _AnyOption({"class": directives.class_option})

    @property
    def first(self) -> str:
        return self.arguments[0] if self.arguments else ""


class _Code(_Tolerant):
    def run(self) -> list[nodes.Node]:
        code = "\n".join(self.content)
        name = re.sub(r"[^\w+#.-]", "", self.first)
        return [nodes.literal_block(code, code, classes=["code", *filter(None, [name])])]


class _Video(_Tolerant):
    def run(self) -> list[nodes.Node]:
        if not _VIDEO.fullmatch(self.first):
            raise self.error("it names no video")
        return [nodes.raw("", player(self.name.lower(), self.first), format="html")]


class _Gist(_Tolerant):
    def run(self) -> list[nodes.Node]:
        if not _GIST.fullmatch(self.first):
            raise self.error("it names no gist")
        link = anchor(f"https://gist.github.com/{self.first}")
        return [nodes.raw("", f"<p>{link}</p>", format="html")]


class _Nothing(_Tolerant):
    """What would show the clock."""

    def run(self) -> list[nodes.Node]:
        raise self.error("the day of the build is not shown in feeds")


def _abbreviation(
    _name: str, _raw: str, text: str, *_rest: object, **_options: object
) -> tuple[list[Any], list[Any]]:
    words, opened, _ = text.removesuffix(")").rpartition("(")
    explained = opened and text.endswith(")") and words.rstrip()
    return [nodes.abbreviation(text, explained or text)], []


@cache
def _register() -> None:
    for name in ("code", "code-block", "sourcecode", "highlight-block"):
        directives.register_directive(name, _Code)
    for name in ("youtube", "vimeo"):
        directives.register_directive(name, _Video)
    directives.register_directive("gist", _Gist)
    directives.register_directive("date", _Nothing)
    roles.register_local_role("abbr", _abbreviation)
