"""Which rules of a dialect have something to say of a post, by the keys of its front matter.

Most rules ask for keys that most posts do not have, and the posts of a site mostly have the same
keys: what follows from these is found once for all that have them.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from feedsvc.posts.context import once_per_site

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from feedsvc.settings import Settings

Rule = TypeVar("Rule", bound="Callable[..., Any]")

RULES = frozenset(
    {
        *("updated", "authors", "own_id", "summary", "withheld", "starts", "media_as_written"),
        *("minor", "lang", "enclosures", "image", "ends", "in_feeds", "in_site_feed", "content"),
        *("section", "edition"),
    }
)
"""Those that can be marked: `Dialect.read` looks whether to ask them."""

_MOST_KEYS = 64


def _never(_settings: Settings) -> bool:
    return False


class _Need(NamedTuple):
    """What a rule needs: see `needs`."""

    keys: tuple[str, ...] = ()
    named: str = ""
    unless: Callable[[Settings], object] = _never


_needed: dict[Callable[..., Any], _Need] = {}


def needs(
    *keys: str, named: str = "", unless: Callable[[Settings], object] = _never
) -> Callable[[Rule], Rule]:
    """Mark a rule that has no answer, and reports nothing, without any of these keys.

    `named` is the attribute of the dialect that names further ones; `unless` tells of a site that
    the rule has an answer for all of its posts. A rule that a dialect puts in place of a marked one
    is asked of every post unless it is marked itself.
    """

    def mark(rule: Rule) -> Rule:
        if rule.__name__ not in RULES:
            raise ValueError(f"`{rule.__name__}` is asked of every post")
        _needed[rule] = _Need(keys, named, unless)
        return rule

    return mark


def relevant(dialect: type, settings: Settings, keys: Collection[str]) -> frozenset[str]:
    """The names of the rules to ask, of `RULES`."""
    known = _asked_always(settings)
    always = known.get(dialect)
    if always is None:
        always = known[dialect] = _always(dialect, settings)
    if len(keys) > _MOST_KEYS:  # nothing of that size is worth being kept
        return _found(dialect, always, keys)
    return _kept(dialect, always, tuple(keys))


@once_per_site
def _asked_always(_settings: Settings) -> dict[type, frozenset[str]]:
    """The rules that are asked of every post of a site, by its dialect, as they are found out."""
    return {}


def _found(dialect: type, always: frozenset[str], keys: Iterable[str]) -> frozenset[str]:
    by_key = _by_key(dialect)
    return always.union(*(by_key[key] for key in keys if key in by_key))


_kept = lru_cache(maxsize=256)(_found)


def _always(dialect: type, settings: Settings) -> frozenset[str]:
    """The rules that are asked of every post of a site."""
    marks = _marks(dialect)
    return frozenset(name for name, need in marks.items() if not need or need.unless(settings))


@cache
def _by_key(dialect: type) -> dict[str, frozenset[str]]:
    """Names of rules by the keys that they need."""
    found: dict[str, set[str]] = {}
    for name, need in _marks(dialect).items():
        further = getattr(dialect, need.named) if need and need.named else ()
        for key in (*need.keys, *further) if need else ():
            found.setdefault(key, set()).add(name)
    return {key: frozenset(names) for key, names in found.items()}


def _marks(dialect: type) -> dict[str, _Need | None]:
    """All rules by their names, with what they need where they are marked."""
    return {name: _needed.get(getattr(dialect, name)) for name in RULES}
