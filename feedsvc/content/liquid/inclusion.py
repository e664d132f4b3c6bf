"""Tags that draw in other files, and which files those are.

Sources: `jekyll/tags/include.rb`, liquidjs.com/tags/include.html.
"""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from feedsvc.content.beside import Sources
from feedsvc.content.liquid import data, plugins, reader
from feedsvc.content.liquid.template import SHORT, Place, included, tokens
from feedsvc.content.liquid.values import UNKNOWN, text
from feedsvc.posts.references import Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from feedsvc.content.beside import Folder
    from feedsvc.content.liquid.machine import Machine
    from feedsvc.content.liquid.template import Token
    from feedsvc.settings import Settings

REFERENCES = ("link", "post_url")
_INCLUDES = ("include", "include_cached", "include_relative", "render")
_FILE = re.compile(r"((?:\{\{[^{}]*\}\}|[^\s,])+)(.*)", re.DOTALL)
_NAME = re.compile(r"[\w/.\-()+~#@]+")
_PARAMETER = re.compile(
    r"""(?<![\w-])([\w-]+)\s*[=:]\s*(?:"([^"\\]*(?:\\.[^"\\]*)*)"|'([^'\\]*(?:\\.[^'\\]*)*)'|([\w.-]+))""",
    re.DOTALL,
)
_OUTPUT = re.compile(r"\{\{([^{}]*)\}\}")
_DATA = re.compile(
    r"(?<=site)(?:\.data\b|\[\s*[\"']data[\"']\s*\])(?:\.[\w-]+|\[\s*(?:\"[^\"]*\"|'[^']*')\s*\])*"
)
_STEP = re.compile(r"\.([\w-]+)|\[\s*[\"']([^\"']*)[\"']\s*\]")
_NEAR = 5  # pieces: two outputs and the text around them
_MOST = 2_000  # files that one post draws in


class Folders(NamedTuple):
    """Where included files and data lie, relative to the site; of includes one after another.

    `named`: a file of data is a name of its own, as with Eleventy, and not one of `site.data`.
    """

    includes: tuple[str, ...]
    data: str
    named: bool = False


def folders(settings: Settings, *, named: bool = False) -> Folders:
    """The folders of a site."""
    options = settings.engine_options
    above = f"{options['source']}/" if options.get("source") else ""
    includes = options.get("includes_dir") or "_includes"
    held = options.get("data_dir") or "_data"
    return Folders((f"{above}{includes}",), f"{above}{held}", named)


def include(machine: Machine, token: Token, parts: list[str]) -> None:
    """Put what a file comes to in the place of the tag."""
    match = _FILE.match(token.args)
    name = _evaluated(machine, match[1]) if match else ""
    found = _read(machine, token, name)
    given = _parameters(machine, match[2] if match else "")
    if found is None:
        made = plugins.included(name, given, machine.around)
        if made is None:
            machine.note(token)
        else:
            machine.add(machine.framed(made, token), parts)
        return
    before, place = machine.template, machine.place
    machine.place = place or Place(machine.template.text, token.start)
    machine.template = included(found.decode("utf-8-sig", "replace").replace("\r\n", "\n"))
    given = {key: value for key, value in given.items() if value is not UNKNOWN}
    scope: dict[str, object] = {"include": given} if given else {}
    if token.name == "render" or machine.opened:
        scope |= given
    try:
        with machine.scope(scope):
            machine.run(machine.template.nodes, parts)
    finally:
        machine.template, machine.place = before, place


def _evaluated(machine: Machine, written: str) -> str:
    def output(match: re.Match[str]) -> str:
        value = reader.filtered(match[1].strip()).of(machine)
        return "" if value is UNKNOWN else text(value)

    return _OUTPUT.sub(output, written).strip("\"'")


def _read(machine: Machine, token: Token, name: str) -> bytes | None:
    around = machine.around
    places = _places(token.name or "", name, around.post.path, folders(around.settings))
    held = (around.beside.read(path) for path in places if path in around.beside.paths)
    return next((one for one in held if one is not None), None)


def _places(tag: str, name: str, post: str, where: Folders) -> Iterator[str]:
    """Where the file may lie that a tag names."""
    if not _NAME.fullmatch(name) or ".." in name.split("/") or name.endswith(".njk"):
        return  # (Nunjucks is another language)
    if tag == "include_relative":
        yield posixpath.normpath(posixpath.join(posixpath.dirname(post), name))
        return
    for folder in where.includes:
        path = posixpath.normpath(f"{folder}/{name}")
        yield path
        if tag == "render" or "." not in posixpath.basename(name):
            yield f"{path}.liquid"
            yield f"{path}.html"


def _parameters(machine: Machine, written: str) -> dict[str, object]:
    given: dict[str, object] = {}
    for name, double, single, variable in _PARAMETER.findall(written):
        if variable:
            given[name] = reader.filtered(variable).of(machine)
        else:
            given[name] = double.replace('\\"', '"') or single.replace("\\'", "'")
    return given


def link(machine: Machine, token: Token, parts: list[str]) -> None:
    """The address of a post or file: `{% link _posts/a.md %}`, `{% post_url a %}`."""
    _drop_own_address(machine, parts)
    around = machine.around
    name = _evaluated(machine, token.args.strip("\"'"))
    reference = Reference(token.name or "", name)
    if token.name == "link" and around.links.get(reference) is None and _is_static(name):
        machine.add(around.absolute_url(name), parts)
        return
    source, position = machine.place or (machine.template.text, token.start)
    machine.add(around.link(reference, name, source, position), parts)


def _drop_own_address(machine: Machine, parts: list[str]) -> None:
    """Until Jekyll 4 `{{ site.baseurl }}` stood before the tags that now give it themselves."""
    near = "".join(parts[-_NEAR:])
    site = machine.around.settings.site.url
    path = urlsplit(site).path.rstrip("/")
    for own in (site, site.removesuffix(path), path):
        if own and near.endswith(own):
            parts[-_NEAR:] = [near.removesuffix(own)]
            return


def _is_static(name: str) -> bool:
    """Whether Jekyll copies a file of this name as it is (unless it has front matter)."""
    suffix = name.rpartition("/")[2].rpartition(".")[2].lower()
    return suffix != "" and not suffix.startswith(("m", "htm", "textile"))


def references(source: str) -> Iterator[Reference]:
    """What `link` and `post_url` name."""
    for token in tokens(source):
        if token.name in REFERENCES:
            yield Reference(token.name, token.args.strip("\"'"))


def sources(source: str, post: str, settings: Settings, folder: Folder, *, named: bool) -> Sources:
    """Which files `source`, the body of the post at the path `post`, may draw in.

    `named` as in `Folders`. Rather too many than too few: a name that is only known when it is
    rendered may mean any file of its folder.
    """
    where = folders(settings, named=named)
    paths: dict[str, None] = {}
    texts: list[str] = []
    waiting = [source]
    while waiting and len(paths) < _MOST:
        for path in dict.fromkeys(_named(waiting.pop(), post, where, folder)):
            if path in paths or len(paths) >= _MOST:
                continue
            paths[path] = None
            held = None if path.startswith(f"{where.data}/") else folder.read(path)
            if held is not None:
                texts.append(held.decode("utf-8-sig", "replace"))
                waiting.append(texts[-1])
    return Sources(tuple(paths), tuple(texts))


class _Wanted(NamedTuple):
    """What a text draws in: tags with the names of files, and steps from `site.data` on."""

    files: tuple[tuple[str, str], ...]
    steps: tuple[tuple[str, ...], ...]


def _wanted(source: str) -> _Wanted:
    found = [
        (token.name, match[1].strip("\"'"))
        for token in (tokens(source) if "include" in source or "render" in source else ())
        if token.name in _INCLUDES and (match := _FILE.match(token.args))
    ]
    steps = (
        tuple(one or other for one, other in _STEP.findall(match[0])[1:])
        for match in _DATA.finditer(source)
    )
    return _Wanted(tuple(dict.fromkeys(found)), tuple(dict.fromkeys(steps)))


_kept = lru_cache(256)(_wanted)


def _named(source: str, post: str, where: Folders, folder: Folder) -> Iterator[str]:
    wanted = _kept(source) if len(source) <= SHORT else _wanted(source)
    for tag, name in wanted.files:
        if "{{" not in name:
            yield from _places(tag, name, post, where)
        elif tag == "include_relative":
            yield from folder.below(posixpath.dirname(post))
        else:
            for one in where.includes:
                yield from folder.below(one)
    yield from _data(source, wanted, where, folder)


def _data(source: str, wanted: _Wanted, where: Folders, folder: Folder) -> Iterator[str]:
    """The files of data that a text may show, and the folders they lie in."""
    if not where.named and not wanted.steps:
        return
    yield where.data
    for path in folder.below(where.data):
        names = data.names(path, where.data)
        if where.named:
            asked = not names or names[0] in source
        else:
            asked = any(names[: len(steps)] == steps[: len(names)] for steps in wanted.steps)
        if asked:
            yield path


TAGS: dict[str, Callable[[Machine, Token, list[str]], None]] = {
    **dict.fromkeys(_INCLUDES, include),
    **dict.fromkeys(REFERENCES, link),
}
