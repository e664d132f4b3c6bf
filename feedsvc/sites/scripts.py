"""What names in a site's JavaScript and TypeScript stand for; nothing of it is run."""

from __future__ import annotations

import json
import posixpath
import re
from typing import TYPE_CHECKING, Any

from feedsvc.errors import ConfigError
from feedsvc.sites import files, javascript

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUFFIXES = ("ts", "js", "mjs", "cjs", "mts", "json")
_DEEPEST = 6
_WORD = r"[A-Za-z_$][\w$]{0,100}"
_EXPRESSION = re.compile(
    rf"\s*(?:\"([^\"\\\n]{{0,300}})\"|'([^'\\\n]{{0,300}})'|`([^`\\]{{0,300}})`"
    rf"|({_WORD}(?:\s*\??\.\s*{_WORD}){{0,4}})(?!\s*\())\s*(\+|\|\||\?\?)?"
)
_HOLE = re.compile(rf"\$\{{\s*({_WORD}(?:\.{_WORD}){{0,4}})\s*\}}")
_FROM = re.compile(r"\bfrom\s*[\"']([^\"'\n]{1,200})[\"']")
_REQUIRED = re.compile(r"=\s*(?:await\s+import|require)\(\s*[\"']([^\"'\n]{1,200})[\"']")
_GIVEN = re.compile(r"(?:[\w$]+|\{[^{}]*\})\s*\Z")
_CLAUSE = 600  # characters
_LOADED = re.compile(r"\b(?:import|require)\(\s*[\"'](\.[^\"'\n]{1,200})[\"']\s*\)")
# a condition ends where the value does: at a comma, or at a line that nothing carries on
_CHOSEN = re.compile(
    r"\s*((?:[^;,?{}\n]|(?<=[=&|<>(!+])\n|\n(?=\s*[=&|<>)!+?.])){1,200})\?\s*[\"'`]([^\"'`\n]{0,300})[\"'`]\s*:\s*[\"'`]([^\"'`\n]{0,300})[\"'`]"
)
_ELSEWHERE = re.compile(r"dev|local|debug|test|preview|serve|watch", re.IGNORECASE)
_MOST = 40  # files that one leads to
_NAMES = 100  # that one leads to
_LONGEST = 2000  # characters that an expression comes to
_DEFAULT = re.compile(r"\bexport\s+default\s+|\bmodule\.exports\s*=\s*")
_ALIAS = re.compile(r"[\"']([@~#][^\"'\n]{0,100})[\"']\s*:\s*\[\s*[\"']([^\"'\n]{1,200})[\"']")
_ALIASED = ("@", "~", "#", "src/")  # names of anything else are of packages
_USUAL = {"@/*": "src/*", "~/*": "src/*"}
_TOKEN = re.compile(  # an escaped quote begins no text
    r"\\.|(?P<key>(?<![\w$])[\w$]++|\"[^\"\\\n]{1,100}\"|'[^'\\\n]{1,100}')\s*+:"
    r"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|(?P<mark>[{}\[\]()])"
)


class Script:
    """One file of the site, by its path relative to `folder`; what cannot be read is empty."""

    def __init__(self, folder: Path, path: str, above: Script | None = None) -> None:
        """`above` is the file, or the expression, that led here."""
        self.folder = folder
        self.path = path
        self._depth: int = above._depth + 1 if above else 0
        self._codes: dict[str, str] = above._codes if above else {}
        self._values: dict[tuple[str, str, int], str] = above._values if above else {}

    @property
    def code(self) -> str:
        """The text without comments; read once for all that one file leads to."""
        if self.path not in self._codes:
            self._codes[self.path] = self._read()
        return self._codes[self.path]

    def _read(self) -> str:
        try:
            there = self.path != "" and (self.folder / self.path).is_file()
            text = files.text_of(self.folder, self.path) if there else ""
        except (ConfigError, OSError):
            return ""
        return text if self.path.endswith(".json") else javascript.without_comments(text)

    def text_at(self, place: int) -> str:
        """What the expression that begins at this place of the code comes to, "" if unknown.

        Known are texts, names of constants and fields of objects, what `+` makes of them, what
        stands behind `||` for something unknown, and which of two texts is not for development.
        """
        if chosen := _CHOSEN.match(self.code, place):
            elsewhere = bool(_ELSEWHERE.search(chosen[1])) != ("!" in chosen[1])
            return chosen[3] if elsewhere else chosen[2]
        made = ""
        while match := _EXPRESSION.match(self.code, place):
            literal, template, name, more = match[1] or match[2], match[3], match[4], match[5]
            piece = literal or (self._filled(template) if template else self.value(name or ""))
            if not piece and more not in ("||", "??"):
                return ""
            made += piece
            if len(made) > _LONGEST:
                return ""
            if more != "+" and piece:
                return made
            place = match.end()
        return ""

    def _filled(self, template: str) -> str:
        made = _HOLE.sub(lambda hole: self.value(hole[1]) or "\x00", template)
        return "" if "\x00" in made or "${" in made else made

    def value(self, name: str) -> str:
        """The text that a name stands for, with dots between the names of fields."""
        asked = self.path, name, self._depth
        if asked not in self._values:
            if len(self._values) >= _NAMES:
                return ""
            self._values[asked] = ""  # which counts
            self._values[asked] = self._found(name)
        return self._values[asked]

    def _found(self, name: str) -> str:
        first, *rest = [part.strip(" ?\n\t") for part in name.split(".")]
        if not first or self._depth > _DEEPEST:
            return ""
        declared = re.search(
            rf"\b(?:const|let|var)\s+{re.escape(first)}\s*(?::[^=\n]{{1,200}})?=\s*(?!\s*require\b)",
            self.code,
        )
        if declared:
            return self.field(declared.end(), rest)
        for script, wanted in self._imported(first):
            return script.exported([wanted, *rest] if wanted else rest)
        return ""

    def exported(self, names: list[str]) -> str:
        """The text below these names in what the file exports."""
        if self.path.endswith(".json"):
            return _walked(self.code, [name for name in names if name != "default"])
        if names and names[0] != "default" and (found := self.value(".".join(names))):
            return found
        default = _DEFAULT.search(self.code)
        return self.field(default.end(), [n for n in names if n != "default"]) if default else ""

    def field(self, place: int, names: list[str]) -> str:
        """The text below these names, from the value at this place on."""
        if not names:
            return Script(self.folder, self.path, self).text_at(place)
        if named := re.compile(rf"({_WORD})\s*(?:;|$|\n)").match(self.code, place):
            deeper = Script(self.folder, self.path, self)
            return deeper.value(".".join([named[1], *names]))
        found = _key(self.code, place, names[0])
        return self.field(found, names[1:]) if found else ""

    def _imported(self, name: str) -> Iterator[tuple[Script, str]]:
        """The file that a name comes from, and what it is called there ("" for all of it)."""
        for clause, path in self.imports():
            if (wanted := _wanted(clause, name)) is not None:
                yield self.at(path), wanted

    def imports(self) -> Iterator[tuple[str, str]]:
        """What the file imports, as it is written, and the path as it is written."""
        for match in _FROM.finditer(self.code):
            start = max(0, match.start() - _CLAUSE)
            clause = self.code[start : match.start()].rpartition("import")[2].strip()
            if not clause.startswith("type "):
                yield clause, match[1]
        for match in _REQUIRED.finditer(self.code):
            start = max(0, match.start() - _CLAUSE)
            if given := _GIVEN.search(self.code[start : match.start()]):
                yield given[0].strip(), match[1]
        for match in _LOADED.finditer(self.code):
            yield "", match[1]

    def near(self, deep: int) -> Iterator[Script]:
        """The file and those of the site that it imports, the nearest first, so many steps deep."""
        level, seen = [self], {self.path}
        for _ in range(deep + 1):
            yield from level
            below = [one.at(path) for one in level for _, path in one.imports()]
            level = []
            for one in below:
                code = one.path and not one.path.endswith(".json")
                if code and one.path not in seen and len(seen) < _MOST:
                    seen.add(one.path)
                    level.append(one)

    def at(self, name: str) -> Script:
        """The file of the site that this one imports by a path; an empty one for a package."""
        for path in self._places(name):
            if path.startswith(".."):
                continue
            stem = path.removesuffix(".js")
            spelt = (path, *(f"{stem}.{one}" for one in SUFFIXES))
            whole = (*spelt, *(f"{path}/index.{one}" for one in SUFFIXES))
            if found := files.first(self.folder, *whole):
                return Script(self.folder, found, self)
        return Script(self.folder, "", self)

    def _places(self, name: str) -> Iterator[str]:
        if name.startswith("."):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(self.path), name))
            return
        if not name.startswith(_ALIASED):
            return
        config = Script(self.folder, "tsconfig.json", self).code
        for alias, target in (*_ALIAS.findall(config), *_USUAL.items()):
            start = alias.removesuffix("*")
            if name == alias or (alias != start and name.startswith(start)):
                path = posixpath.normpath(target.removesuffix("*") + name[len(start) :])
                yield from (path, f"src/{path}")
        yield name


def _wanted(clause: str, name: str) -> str | None:
    """What is meant by a name in the clause of an import; None where it does not give that name."""
    outside, _, inside = clause.partition("{")
    for part in inside.rstrip("} \n").split(","):
        words = part.replace(":", " as ").split()
        if words and words[-1] == name and "type" not in words[:1]:
            return words[0]
    words = outside.replace(",", " ").split()
    if name not in words:
        return None
    return "" if "*" in words else "default"


def object_at(code: str, place: int) -> str:
    """The object that begins at this place of the code, to its end."""
    depth = 0
    for token in _TOKEN.finditer(code, place):
        if token["mark"]:
            depth += 1 if token["mark"] in "{[(" else -1
            if depth <= 0:
                return code[place : token.end()]
    return code[place:]


def _key(code: str, place: int, name: str) -> int:
    """Where the value of a key begins in the object at this place, 0 without one."""
    start = code.find("{", place, place + 200)
    depth = 0
    for token in _TOKEN.finditer(code, start) if start >= 0 else ():
        if token["mark"] in ("{", "[", "("):
            depth += 1
        elif token["mark"]:
            depth -= 1
            if depth <= 0:
                return 0
        elif token["key"] and depth == 1 and token["key"].strip("\"'") == name:
            return token.end()
    return 0


def _walked(text: str, names: list[str]) -> str:
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, str) else ""
