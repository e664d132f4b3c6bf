"""The feeds that a Jekyll site makes from templates of its own, and the ids in them."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from feedsvc.errors import ConfigError
from feedsvc.sites import files
from feedsvc.sites.jekyll import address
from feedsvc.sites.templates import entries
from feedsvc.sites.templates.advice import settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from feedsvc.model import Finding
    from feedsvc.sites.templates.expressions import Pattern

_SUFFIXES = (".xml", ".rss", ".atom")
# What feeds are called whose template shows no loop of its own.
_USUAL = ("atom.xml", "rss.xml", "feed.xml", "index.xml", "feed.atom", "feed.rss")
_PLUGIN = "jekyll-feed"
_OF_PLUGIN = [{"value": "absolute_id"}]
_IN_GEMFILE = re.compile(r"""^[ \t]*gem[ \t(]+["']jekyll-feed["']""", re.MULTILINE)
_MOST = 200  # templates that are looked at
_DEEPEST = 4
_HEAD = re.compile(r"<(feed|rss)\b")
_FRONT = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_OF_POSTS = re.compile(r"\bsite\.posts\b")
_OF_TERM = re.compile(
    r"\w+\s+in\s+site\.(?P<kind>categories|tags)"
    r"(?:\.(?P<name>[\w-]+)|\[\s*(?P<code>[^\[\]]+?)\s*\])(?P<more>.*)",
    re.DOTALL,
)
_LIMIT = re.compile(r"\blimit\s*:\s*(\d{1,4})\b")
_LOOPED = re.compile(r"(\w+)\s+in\s+(\w+)(.*)", re.DOTALL)


class FeedFile(NamedTuple):
    """A feed's path and format; what it is of (`site`, `categories`, `tags`) and its name; its ids.

    `file` is the template, below the source. `pattern` is None where the ids are not certain,
    `limit` 0 where all posts are in it.
    """

    file: str
    path: str
    form: str
    kind: str
    name: str = ""
    pattern: Pattern = None
    limit: int = 0


# Of themes that are gems, whose files are not in the site
_OF_THEMES = {
    "jekyll-theme-chirpy": FeedFile(
        "_config.yml", "/feed.xml", "atom", "site", pattern=[{"value": "permalink"}], limit=5
    ),
}


def own_feeds(source: Path, said: Mapping[str, Any]) -> list[FeedFile]:
    """Every feed of posts that a file of the site or its theme makes, those of the whole first."""
    found: list[FeedFile] = []
    for path, text in _templates(source, said):
        front = _FRONT.match(text)
        if front is None:  # only with front matter does Jekyll fill it in
            continue
        page = _mapping(front[1])
        body = _laid_out(source, text[front.end() :], page)
        if head := _HEAD.search(body):
            form = "atom" if head[1] == "feed" else "rss"
            feed = FeedFile(path, _address(files.text(page, "permalink"), path), form, "site")
            found += _read(feed, body, page, said)
    theme = files.text(said, "theme", "remote_theme").partition("@")[0].rpartition("/")[2]
    made = _OF_THEMES.get(theme)
    if made and made.path not in {one.path for one in found}:
        found.append(made)
    return sorted(found, key=lambda one: (one.kind != "site", one.path.count("/")))


def _address(permalink: str, path: str) -> str:
    """Where Jekyll puts the page: its own permalink, unless that has placeholders, or its path."""
    literal = permalink.startswith("/") and not permalink.endswith("/") and ":" not in permalink
    return permalink if literal else f"/{path}"


def has_plugin(folder: Path, said: Mapping[str, Any]) -> bool:
    """Whether the site asks for jekyll-feed: as a plugin, or with a theme that brings it."""
    named = [*files.texts(said, "plugins"), *files.texts(said, "gems")]
    if _PLUGIN in named or files.text(said, "theme") == "minima":
        return True
    try:
        return bool(_IN_GEMFILE.search(files.text_of(folder, "Gemfile")))
    except ConfigError:
        return False


def identity(
    folder: Path, root: str, said: Mapping[str, Any], own: list[FeedFile]
) -> tuple[dict[str, Any] | None, tuple[Finding, ...]]:
    """How entries get their ids, None as jekyll-feed makes them; the templates that differ.

    Where that makes the site's feed, its ids win.
    """
    path = "/" + (files.text(files.table(said, "feed"), "path") or "feed.xml").lstrip("/")
    plugin = has_plugin(folder, said) and path not in {one.path for one in own}
    made = [(f"{root}/{one.file}" if root else one.file, one.pattern) for one in own]
    called = "those of jekyll-feed"
    return settled(folder, "jekyll", made, _OF_PLUGIN, called=called, fixed=plugin)


def _read(
    feed: FeedFile, body: str, page: dict[str, Any], said: Mapping[str, Any]
) -> Iterator[FeedFile]:
    made = entries.of_template(body, _vocabulary(said, page, feed.path, body))
    if made is None:  # what it goes through is out of sight
        if feed.file in _USUAL:
            yield feed
        return
    head = made.head
    if (looped := _LOOPED.fullmatch(head)) and looped[2] != "site":
        head = f"{looped[1]} in {_alias(looped[2], body)}{looped[3]}"
    limit = _LIMIT.search(head)
    feed = feed._replace(pattern=made.pattern, limit=int(limit[1]) if limit else 0)
    if _OF_POSTS.search(head):
        yield feed
    elif term := _OF_TERM.fullmatch(head):
        name = term["name"] or _literal(term["code"] or "", page)
        if name:
            yield feed._replace(kind=term["kind"], name=name)


def _alias(name: str, body: str) -> str:
    """What a name was assigned: filters but sort, cut or add to it in feeds."""
    found = re.search(rf"\bassign\s+{re.escape(name)}\s*=\s*([^%]*?)\s*-?%\}}", body)
    code = found[1] if found else name
    return code if _OF_POSTS.search(code) else code.partition("|")[0].strip()


def _literal(code: str, page: dict[str, Any]) -> str:
    if code[:1] in ("'", '"'):
        return code.strip("'\"")
    return files.text(page, code.removeprefix("page.")) if code.startswith("page.") else ""


def _vocabulary(
    said: Mapping[str, Any], page: dict[str, Any], path: str, body: str
) -> Callable[[str], Pattern]:
    found = re.search(r"\bfor\s+(\w+)\s+in\b(?:(?!\bfor\b)[^<])*<(?:entry|item)\b", body)
    item = found[1] if found else "post"
    own = {
        "url": "url", "id": "id", "date": "date", "title": "title", "slug": "slug",
    }  # fmt: skip
    site = {"url": "origin", "baseurl": "base", "github.url": "root"}

    def value(name: str) -> Pattern:
        whose, _, key = name.partition(".")
        if whose == item and key:
            return [{"value": own.get(key, f"field {key}")}]
        if whose == "site" and key in site:
            return _of_address(said, key, site[key])
        if whose == "page" and key == "url":
            return [path]
        there = page if whose == "page" else said if whose == "site" else {}
        text = files.text(there, key)
        return [text] if text else None

    return value


def _of_address(said: Mapping[str, Any], key: str, meant: str) -> Pattern:
    """`site.url` and the like, which end as they are written; a path stands in either part."""
    text = files.text(said, key)
    ends = ["/"] if text.endswith("/") else []
    own = address.url_path(said)
    if own and key == "url":
        return [{"value": "origin"}, own, *ends]
    if own and key == "baseurl":
        return [f"/{text.strip('/')}".rstrip("/"), *ends]
    return [{"value": meant}, *ends]


def _laid_out(source: Path, body: str, page: dict[str, Any]) -> str:
    """The page's own text, or its layout's where that makes the feed."""
    layout = files.text(page, "layout")
    if _HEAD.search(body) or not layout or set(layout) & set("/\\\0"):
        return body
    folder = source / "_layouts"
    name = files.first(folder, *(layout + suffix for suffix in (*_SUFFIXES, ".html", "")))
    try:
        return files.text_of(folder, name)[: entries.LARGEST] if name else body
    except ConfigError:
        return body


def _mapping(text: str) -> dict[str, Any]:
    """Front matter of a template, of which only single texts are wanted."""
    from feedsvc.posts import frontmatter

    return dict(frontmatter.read(f"---\n{text}---\n", ("yaml",)).fields)


def _templates(source: Path, said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Files that may make a feed: path below the source, and text."""
    left = _MOST
    included = set(files.texts(said, "include"))
    excluded = {name.strip("/") for name in files.texts(said, "exclude")}
    for here, folders, names in os.walk(source):
        below = Path(here).relative_to(source).as_posix()
        folders[:] = sorted(
            name
            for name in folders
            if (name[0] not in "._#" or name in included)
            and name not in ("node_modules", "vendor")
            and (name if below == "." else f"{below}/{name}") not in excluded
        )
        if below.count("/") >= _DEEPEST:
            folders.clear()
        for name in sorted(names):
            if not name.endswith(_SUFFIXES):
                continue
            left -= 1
            if left < 0:
                return
            data = files.beginning(Path(here) / name, entries.LARGEST)
            if data is not None and data.startswith(b"---"):
                text = data.decode("utf-8", "replace").replace("\r\n", "\n")
                yield (name if below == "." else f"{below}/{name}"), text
