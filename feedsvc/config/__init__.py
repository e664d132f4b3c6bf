"""A site's folder becomes its `Settings`.

Lowest first: feedsvc's defaults, the detected engine's configuration, `feedsvc.toml`, the
environment, the command line. What the user wrote for feedsvc must be right (ConfigError); what an
engine's file holds is taken where it is right, and a finding says what was not.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

from feedsvc import sites
from feedsvc.config import kinds
from feedsvc.config.kinds import KindError
from feedsvc.config.schema import TERMS
from feedsvc.config.sources import Entry, Origin, entries, read_environment, read_file
from feedsvc.errors import ConfigError, SiteNotFoundError
from feedsvc.model import JSON, Author, Finding
from feedsvc.settings import (
    DEFAULT_URL,
    FeedsSettings,
    HttpSettings,
    LedgerSettings,
    PodcastSettings,
    PostsSettings,
    Settings,
    SiteSettings,
    TermSettings,
)
from feedsvc.sites import files
from feedsvc.sites.engine import Engine, Layer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_PLAIN = ("posts", "_posts", "content")
_ABOVE_POSTS = ("blog", "docs", "source", "src")
_SURE = 100  # of an engine that has its own configuration there
_SECTIONS = {
    "site": SiteSettings,
    "posts": PostsSettings,
    "feeds": FeedsSettings,
    "ledger": LedgerSettings,
    "http": HttpSettings,
    "podcast": PodcastSettings,
}
_PICTURES = (("site", "", "icon"), ("site", "", "logo"), ("podcast", "", "image"))
_SHOWN_AS_HTML = frozenset({"subtitle", "description", "rights"})  # by themes of engines
_Address = tuple[str, str, str]  # table, slug, key


class Configuration(NamedTuple):
    """`settings`; `detection`, one line on what was found; `findings` about the engine's file."""

    settings: Settings
    detection: str
    findings: tuple[Finding, ...] = ()


def load_settings(
    folder: Path,
    overrides: Mapping[str, JSON] | None = None,
    environ: Mapping[str, str] | None = None,
) -> Configuration:
    """Read the configuration of the site in `folder`.

    `overrides` has the shape of `feedsvc.toml` and wins over everything; `environ` stands for the
    process's environment, which is taken for None. Raises SiteNotFoundError for a folder
    that is none and for a missing `[posts] path`, ConfigError for everything else that cannot
    be used.
    """
    site = _site_folder(folder)
    said = _checked(
        [
            *read_file(site),
            *read_environment(os.environ if environ is None else environ),
            *entries(overrides or {}, Origin("command line")),
        ]
    )
    engine, evidence = _engine(site, said)
    layer = engine.configure(site) if engine else Layer()
    values, findings = _with_layer(said, layer)
    title = engine.title if engine else "Plain folder"
    _complete(values, site, engine)
    settings = _settings(values, site, engine, layer)
    posts = ", ".join(f"{path}/" if path else "the folder itself" for path in settings.posts.path)
    found = f"{title} ({evidence})" if evidence else title
    detection = f"{found}, posts in {posts}"
    if not engine and "" in settings.posts.path and (other := sites.nested(site)):
        detection += f"; {other[0]}/ is a {other[1].title}: name that folder if it is meant"
    return Configuration(settings, detection, (*layer.findings, *findings))


class _Said(NamedTuple):
    value: Any
    origin: str


def _site_folder(folder: Path) -> Path:
    try:
        path = folder.expanduser().resolve(strict=True)
        next(path.iterdir(), None)
    except (FileNotFoundError, RuntimeError) as error:
        raise SiteNotFoundError(f"{folder}: no such folder; name the folder of a site") from error
    except NotADirectoryError as error:
        raise SiteNotFoundError(f"{folder}: is a file; name the folder of a site") from error
    except OSError as error:
        raise SiteNotFoundError(f"{folder}: cannot be listed: {error.strerror}") from error
    return path


def _checked(found: Iterable[Entry]) -> dict[_Address, _Said]:
    """The last value of each key, checked. Raises ConfigError."""
    last = {(entry.key.table, entry.slug, entry.key.name): entry for entry in found}
    checked = {}
    for address, entry in last.items():
        try:
            checked[address] = _Said(entry.key.kind.check(entry.value), entry.origin)
        except KindError as error:
            raise ConfigError(f"{entry.origin} {error}") from error
    return checked


def _engine(site: Path, said: dict[_Address, _Said]) -> tuple[Engine | None, str]:
    chosen = said.get(("posts", "", "dialect"))
    if chosen and chosen.value != sites.OWN:
        return sites.engines()[chosen.value], chosen.origin
    claim = sites.detect(site)
    return (claim[0], claim[1].evidence) if claim else (None, "")


def _with_layer(
    said: dict[_Address, _Said], layer: Layer
) -> tuple[dict[_Address, _Said], list[Finding]]:
    """Add what the engine says and nobody above it does; what is wrong there becomes a finding."""
    values, findings = dict(said), []
    for entry in entries(layer.values, Origin(layer.source)):
        address = (entry.key.table, entry.slug, entry.key.name)
        if address in values:
            continue
        value = entry.value
        if entry.key.name in _SHOWN_AS_HTML and isinstance(value, str):
            value = files.words(value)
            if not value:
                continue
        try:
            values[address] = _Said(entry.key.kind.check(value), entry.origin)
        except KindError as error:
            if address == ("site", "", "timezone"):  # every date would be wrong
                raise ConfigError(f"{layer.source}: time zone {error}") from error
            message = f"The value for [{entry.key.table}] {entry.key.name} {error}; it is ignored."
            findings.append(Finding("config-value", message, path=layer.source))
    return values, findings


def _complete(values: dict[_Address, _Said], site: Path, engine: Engine | None) -> None:
    """Fill in what follows from the folder and the engine."""
    if engine:
        values.setdefault(
            ("feeds", "", "urls"), _Said(engine.name if engine.layout else sites.OWN, "")
        )
        values.setdefault(("posts", "", "dialect"), _Said(engine.name, ""))
    if any(table.startswith("podcast") for table, _, _ in values):
        # The first format is the one that is offered first, and podcast apps know only RSS.
        values.setdefault(("feeds", "", "formats"), _Said(("rss", "atom", "json"), ""))
    title = values.get(("site", "", "title"))
    if title is None or not title.value:
        name = site.name.encode("utf-8", "replace").decode()  # a name on disk may be no text
        values["site", "", "title"] = _Said(kinds.TEXT.check(name) or "Posts", "")
    _complete_posts(values, site)
    url = values.get(("site", "", "url"))
    for address in _PICTURES:
        if picture := values.get(address):
            base = url.value if url else DEFAULT_URL
            values[address] = _Said(_absolute(picture.value, base), picture.origin)


def _complete_posts(values: dict[_Address, _Said], site: Path) -> None:
    given = values.get(("posts", "", "path"))
    if given is None:
        path = next((name for name in _PLAIN if (site / name).is_dir()), "")
        values["posts", "", "path"] = _Said((path, *(() if path else _below(site))), "")
        return
    missing = [path for path in given.value if not (site / path).is_dir()]
    if missing and given.origin.startswith(("feedsvc.toml", "environment", "command")):
        raise SiteNotFoundError(
            f"{given.origin}: there is no folder {missing[0]!r} in {site}; name one that is there"
        )


def _below(site: Path) -> list[str]:
    """Folders that a look at the site's own passes over, as all that an underscore begins.

    Not those of an engine's site, whose own rules tell what they mean.
    """
    some = [name for name in _ABOVE_POSTS if (site / name / "_posts").is_dir()]
    claims = {name: sites.detect(site / name) for name in some}
    return [f"{name}/_posts" for name, one in claims.items() if not one or one[1].certainty < _SURE]


def _absolute(link: str, base: str) -> str:
    from urllib.parse import urljoin

    is_path = link.startswith("/") and not link.startswith("//")
    return urljoin(f"{base}/", f".{link}" if is_path else link)  # `/a.png` is below the base path


def _settings(
    values: dict[_Address, _Said], site: Path, engine: Engine | None, layer: Layer
) -> Settings:
    sections: dict[str, dict[str, Any]] = {name: {} for name in _SECTIONS}
    terms: dict[str, dict[str, dict[str, str]]] = {name: {} for name in TERMS}
    people: dict[tuple[str, str], dict[str, str]] = {}
    for (table, slug, name), said in values.items():
        if table in TERMS:
            terms[table].setdefault(slug, {})[name] = said.value
        elif "." in table:
            section, _, person = table.partition(".")
            people.setdefault((section, person), {})[name] = said.value
        else:
            sections[table][name] = said.value
    for (section, person), known in people.items():
        if known.get("name"):
            sections[section][person] = Author(**known)
    built: dict[str, Any] = {name: kind(**sections[name]) for name, kind in _SECTIONS.items()}
    for name in TERMS:
        built[name] = {slug: TermSettings(**term) for slug, term in terms[name].items()}
    return Settings(
        folder=site,
        **built,
        engine=engine.name if engine else "",
        engine_options=layer.options,
    )
