"""Whether a Hugo page is held back, and whether the site lists it (`pagemeta.BuildConfig`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from feedsvc.model import State
from feedsvc.posts import fields
from feedsvc.posts.context import once_per_site
from feedsvc.sites.hugo import values
from feedsvc.sites.hugo.languages import languages_of
from feedsvc.sites.hugo.sections import top_section
from feedsvc.sites.hugo.taxonomies import kinds_off

if TYPE_CHECKING:
    from feedsvc.model import JSON
    from feedsvc.posts.dialect import ReadingContext
    from feedsvc.settings import Settings


def switch(value: object) -> bool | None:
    """What `published` says where it is no date."""
    return fields.truth(value) if isinstance(value, (bool, str)) else None


def withheld(context: ReadingContext) -> State | None:
    """Drafts; pages that are never listed or belong to a language that is switched off."""
    said = context.fields.get("published")
    if (said is not None and switch(said) is False) or _not_listed(context):
        return State.UNPUBLISHED
    return State.DRAFT if "draft" in context.fields and _is_draft(context) else None


def has_page(context: ReadingContext) -> bool:
    """Whether it has an address of its own."""
    return _build(context).has_page


def in_site_feed(context: ReadingContext) -> bool:
    """What the site's own RSS template shows; Hugo's shows all but what is listed locally."""
    if _build(context).local:
        return False
    chosen = shown(context.settings)
    if chosen is None:
        return True
    kind = top_section(context)
    if chosen.get("by") == "type":
        kind = values.text(context.value("type")) or kind or "page"
    names = chosen.get("names")
    return isinstance(names, list) and (kind in names) is not (chosen.get("but") is True)


def shown(settings: Settings) -> dict[str, JSON] | None:
    """Which pages the site's own RSS template shows; None for all."""
    given = settings.engine_options.get("shown")
    return given if isinstance(given, dict) else None


def chooses(settings: Settings) -> bool:
    """Whether the site's own RSS template shows some pages only."""
    return shown(settings) is not None


class _Build(NamedTuple):
    """What the options of `build` come to; `local`: only pages that ask for it list the page."""

    has_page: bool = True
    listed: bool = True
    local: bool = False


_USUAL = _Build()
_last: tuple[object, _Build] = None, _USUAL


def _build(context: ReadingContext) -> _Build:
    for key in ("_build", "build"):
        value = context.fields.get(key)
        if isinstance(value, dict):
            return _understood(value)
    return _USUAL


def _understood(value: dict[Any, Any]) -> _Build:
    """What a table comes to; that of a cascade is one and the same for many pages."""
    global _last  # noqa: PLW0603 - the table asked about last
    known = _last
    if known[0] is not value:
        said = {str(name).lower(): item for name, item in value.items()}
        render, listed = said.get("render"), said.get("list")
        off = ("never", False)
        _last = known = value, _Build(render not in off, listed not in off, listed == "local")
    return known[1]


def _is_draft(context: ReadingContext) -> bool:
    """What Go's `strconv.ParseBool` takes for true; any other text is none, not even `yes`."""
    value = context.value("draft")
    if value is None:
        return False
    said = values.truth(value)
    if said is None:
        context.report(
            "value-kind",
            "`draft` is neither `true` nor `false`; Hugo publishes the page, and so it was.",
            key="draft",
            hint="Write `draft: true` to hold it back.",
        )
    return said or False


def _not_listed(context: ReadingContext) -> bool:
    headless = context.value("headless")
    if (headless is not None and values.truth(headless)) or not _build(context).listed:
        return True
    without = without_pages(context.settings)
    return bool(without) and context.page.place.language in without


@once_per_site
def without_pages(settings: Settings) -> frozenset[str]:
    """The languages that are switched off or have no pages (`disableKinds`)."""
    options = settings.engine_options
    languages = languages_of(options)
    off = {name for name, own in languages.items() if isinstance(own, dict) and own.get("disabled")}
    known = {*languages, str(options.get("language") or "en")}
    return frozenset(off | {name for name in known if "page" in kinds_off(name, options)})
