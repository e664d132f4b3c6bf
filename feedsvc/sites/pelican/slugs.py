"""Pelican's slugs: `pelican.utils.slugify` with its `*_REGEX_SUBSTITUTIONS`."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, Any

from feedsvc.sites.patterns import safe_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedsvc.model import JSON

_DEFAULT = (
    (r"[^\w\s-]", ""),  # remove non-alphabetical/whitespace/'-' chars
    (r"(?u)\A\s*", ""),  # strip leading whitespace
    (r"(?u)\s*\Z", ""),  # strip trailing whitespace
    (r"[-\s]+", "-"),  # reduce multiple whitespace or '-' to single '-'
)
_TAG = re.compile(r"<[^<>]{0,1000}>")
_SETTING = {
    "categories": "CATEGORY_REGEX_SUBSTITUTIONS",
    "tags": "TAG_REGEX_SUBSTITUTIONS",
    "authors": "AUTHOR_REGEX_SUBSTITUTIONS",
}


def slugify(value: str, rules: tuple[tuple[str, str], ...], options: Mapping[str, JSON]) -> str:
    """A title or name as Pelican writes it in a path; ASCII unless the site keeps Unicode."""
    text = _TAG.sub("", value)
    text = unicodedata.normalize("NFKC", unescape(text) if "&" in text else text)
    if options.get("SLUGIFY_USE_UNICODE") is not True:
        text = _ascii(text)
    for pattern, replacement in _compiled(rules):
        try:
            text = pattern.sub(replacement, text)
        except (re.error, IndexError):
            continue  # a reference to a group that is not there
    return (text if options.get("SLUGIFY_PRESERVE_CASE") is True else text.lower()).strip()


@lru_cache(maxsize=64)
def _compiled(rules: tuple[tuple[str, str], ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    composed = ([unicodedata.normalize("NFKC", part) for part in rule] for rule in rules)
    made = ((safe_pattern(pattern), replacement) for pattern, replacement in composed)
    return tuple((pattern, replacement) for pattern, replacement in made if pattern is not None)


def _ascii(text: str) -> str:
    if text.isascii():
        return text
    from text_unidecode import unidecode  # type: ignore[import-untyped]

    return str(unidecode(text))


def title_slug(value: str, options: Mapping[str, JSON]) -> str:
    """The slug of an article."""
    return slugify(value, _rules(options, "SLUG_REGEX_SUBSTITUTIONS"), options)


def term_slug(kind: str, name: str, options: Mapping[str, JSON]) -> str:
    """The slug of a category, tag or author; `kind` is the feed's."""
    return slugify(name, _rules(options, _SETTING[kind]), options)


def _rules(options: Mapping[str, JSON], setting: str) -> tuple[tuple[str, str], ...]:
    given = options.get(setting, options.get("SLUG_REGEX_SUBSTITUTIONS"))
    if not isinstance(given, list):
        return _DEFAULT
    pairs: list[Any] = [pair for pair in given if isinstance(pair, list) and len(pair) == 2]
    return tuple((str(pattern), str(replacement)) for pattern, replacement in pairs)
