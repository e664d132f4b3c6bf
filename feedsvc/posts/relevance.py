"""Which rules of a dialect have something to say of a post, by the keys of its front matter.

Most rules ask for keys that most posts do not have, and the posts of a site mostly have the same
keys: what follows from these is found once for all that have them.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

Rule = TypeVar("Rule", bound="Callable[..., Any]")

_MOST_KEYS = 64
_needed: dict[Callable[..., Any], tuple[tuple[str, ...], str]] = {}


def needs(*keys: str, named: str = "") -> Callable[[Rule], Rule]:
    """Mark a rule that has no answer, and reports nothing, without any of these keys.

    `named` is the attribute of the dialect that names further ones. A rule that a dialect puts in
    place of a marked one is asked of every post unless it is marked itself.
    """

    def mark(rule: Rule) -> Rule:
        _needed[rule] = keys, named
        return rule

    return mark


def relevant(dialect: type, keys: Collection[str]) -> frozenset[str]:
    """The names of the rules to ask, of those that are marked in any dialect."""
    if len(keys) > _MOST_KEYS:  # nothing of that size is worth being kept
        return _found(dialect, keys)
    return _kept(dialect, tuple(keys))


def _found(dialect: type, keys: Iterable[str]) -> frozenset[str]:
    by_key = _by_key(dialect)
    return frozenset().union(by_key[""], *(by_key[key] for key in keys if key in by_key))


_kept = lru_cache(maxsize=256)(_found)


@cache
def _by_key(dialect: type) -> dict[str, frozenset[str]]:
    """Names of rules by the keys that they need; those that need none under ""."""
    found: dict[str, set[str]] = {"": set()}
    for name in {rule.__name__ for rule in _needed}:
        keys, named = _needed.get(getattr(dialect, name), (("",), ""))
        for key in (*keys, *(getattr(dialect, named) if named else ())):
            found.setdefault(key, set()).add(name)
    return {key: frozenset(names) for key, names in found.items()}
