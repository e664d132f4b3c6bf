"""The site engines: every module of this package that offers an `ENGINE`, found by scanning."""

from __future__ import annotations

import os
from contextlib import suppress
from copy import copy
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from feedsvc.sites.engine import Detection, Engine, Layout

if TYPE_CHECKING:
    from pathlib import Path

    from feedsvc.markup.syntax import Syntax
    from feedsvc.posts.dialect import Dialect
    from feedsvc.settings import Settings

OWN = "feedsvc"
_OTHERS = frozenset({"node_modules", "vendor", "themes", "examples", "tests"})
_LOOKED_AT = 50  # folders: a look at each takes a fraction of a millisecond


@cache
def engines() -> dict[str, Engine]:
    """Every engine by its name, in alphabetical order."""
    found: dict[str, Engine] = {}
    for module in sorted(_modules()):
        engine = getattr(import_module(f"{__name__}.{module}"), "ENGINE", None)
        if isinstance(engine, Engine):
            found[engine.name] = engine
    return found


def _modules() -> set[str]:
    """The modules and packages here.

    (`pkgutil` would import `inspect`, which takes as long as all engines together)
    """
    try:
        files = {name.partition(".")[::2] for folder in __path__ for name in os.listdir(folder)}
    except OSError:  # in an archive
        from pkgutil import iter_modules

        return {module.name for module in iter_modules(__path__)}
    return {name for name, suffix in files if suffix in {"", "py", "pyc"} and name[:1] != "_"}


def detect(folder: Path) -> tuple[Engine, Detection] | None:
    """The engine with the surest claim to the folder; None for a plain folder."""
    claims = [(engine, engine.detect(folder)) for engine in engines().values()]
    sure = [(engine, claim) for engine, claim in claims if claim is not None]
    return max(sure, key=lambda pair: pair[1].certainty, default=None)


def nested(folder: Path) -> tuple[str, Engine] | None:
    """The first folder in a plain one that is the site of an engine: its name, and the engine."""
    with suppress(OSError):
        below = sorted(one for one in folder.iterdir() if one.name[0] not in "._" and one.is_dir())
        for one in below[:_LOOKED_AT]:
            if one.name not in _OTHERS and (found := detect(one)):
                return one.name, found[0]
    return None


def dialect(settings: Settings) -> Dialect:
    """How the site's posts are read: `[posts] dialect`, with the ids of `[feeds] urls`."""
    reader = _dialect(settings.posts.dialect)
    if settings.feeds.urls in (OWN, reader.name):
        return reader
    # Subscribers who keep their addresses keep the ids that they know, too.
    mixed = copy(reader)
    mixed.mint_id = _dialect(settings.feeds.urls).mint_id  # type: ignore[method-assign]
    return mixed


def _dialect(name: str) -> Dialect:
    if name != OWN:
        return engines()[name].dialect
    from feedsvc.posts.dialect import Dialect

    return Dialect()


def syntax(settings: Settings) -> Syntax:
    """What only the site's engine understands in bodies; in a plain folder, `[posts] dialect`'s."""
    if engine := engines().get(settings.engine or settings.posts.dialect):
        return engine.syntax(settings)
    from feedsvc.markup.plain import SYNTAX  # late: a run that renders nothing needs none

    return SYNTAX


def layout(settings: Settings) -> Layout:
    """The feed paths beside our own: `[feeds] urls`."""
    engine = engines().get(settings.feeds.urls)
    return (engine and engine.layout) or Layout()
