"""Jekyll's front matter defaults (https://jekyllrb.com/docs/configuration/front-matter-defaults/)."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from feedsvc.sites.jekyll.words import words

if TYPE_CHECKING:
    from feedsvc.posts.dialect import ReadingContext


def complete(context: ReadingContext, path: str, kind: str = "posts") -> None:
    """Give a post its defaults; `path` is relative to the folder of all collections.

    The most specific wins; only `categories` add up, the defaults' first.
    """
    rules: Any = context.settings.engine_options.get("defaults")
    if not isinstance(rules, list):
        return
    above = str(context.settings.engine_options.get("collections_dir") or "")
    ranked = _ranked(path, kind, above, rules)
    own = context.fields.get("categories")
    for values in reversed(ranked):
        for key, value in values.items():
            context.default(key, value)
    if own is not None and (given := _categories(ranked)):
        context.fields["categories"] = [*_names(given), *_names(own)]


def _categories(ranked: list[dict[str, Any]]) -> object:
    given = (values.get("categories") for values in reversed(ranked))
    return next((value for value in given if value is not None), None)


def _names(value: object) -> list[object]:
    if isinstance(value, str):
        return list[object](words(value))
    return value if isinstance(value, list) else [value]


def _ranked(path: str, kind: str, above: str, rules: list[Any]) -> list[dict[str, Any]]:
    """Matching values, the weakest first: by length of the path, then a type, then their order."""
    ranked = []
    for order, rule in enumerate(rules):
        scope, values = rule.get("scope"), rule.get("values")
        if not isinstance(scope, dict) or not isinstance(values, dict):
            continue
        wanted, only = str(scope.get("path") or "").strip("/"), scope.get("type")
        below = wanted.removeprefix(f"{above}/") if above else wanted
        if only in (None, "", kind, kind.removesuffix("s")) and _covers(below, path):
            ranked.append((len(wanted), bool(only), order, values))
    return [values for *_, values in sorted(ranked, key=lambda entry: entry[:3])]


def _covers(wanted: str, path: str) -> bool:
    if "*" in wanted:
        folders = path.split("/")
        heads = ("/".join(folders[:count]) for count in range(1, len(folders) + 1))
        return any(fnmatchcase(head, wanted) for head in heads)
    return not wanted or path == wanted or path.startswith(f"{wanted}/")
