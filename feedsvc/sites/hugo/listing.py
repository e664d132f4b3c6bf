"""Whether a Hugo page is held back, and whether the site lists it (`pagemeta.BuildConfig`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feedsvc.model import State
from feedsvc.posts import fields
from feedsvc.posts.context import once_per_site
from feedsvc.sites.hugo import values
from feedsvc.sites.hugo.languages import languages_of
from feedsvc.sites.hugo.places import page_of
from feedsvc.sites.hugo.sections import top_section
from feedsvc.sites.hugo.taxonomies import kinds_off

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedsvc.posts.dialect import ReadingContext
    from feedsvc.settings import Settings


def switch(value: object) -> bool | None:
    """What `published` says where it is no date."""
    return fields.truth(value) if isinstance(value, (bool, str)) else None


def withheld(context: ReadingContext) -> State | None:
    """Drafts; pages that are never listed or belong to a language that is switched off."""
    if switch(context.fields.get("published")) is False or _not_listed(context):
        return State.UNPUBLISHED
    return State.DRAFT if _is_draft(context) else None


def has_page(context: ReadingContext) -> bool:
    """Whether it has an address of its own."""
    return _build(context).get("render") not in ("never", False)


def in_site_feed(context: ReadingContext) -> bool:
    """What the site's own RSS template shows; Hugo's shows all but what is listed locally."""
    if _build(context).get("list") == "local":
        return False
    shown = context.settings.engine_options.get("shown")
    if not isinstance(shown, dict):
        return True
    kind = top_section(context)
    if shown.get("by") == "type":
        field = context.take("type")
        kind = (values.text(field.value) if field else "") or kind or "page"
    names = shown.get("names")
    return isinstance(names, list) and (kind in names) is not (shown.get("but") is True)


def _build(context: ReadingContext) -> Mapping[str, Any]:
    page = page_of(context)
    if page.build is None:
        page.build = _said_of_build(context)
    return page.build


def _said_of_build(context: ReadingContext) -> Mapping[str, Any]:
    for key in () if context.lacks("build", "_build") else ("_build", "build"):
        value = context.fields.get(key)
        if isinstance(value, dict):
            return {str(name).lower(): item for name, item in value.items()}
    return {}


def _is_draft(context: ReadingContext) -> bool:
    """What Go's `strconv.ParseBool` takes for true; any other text is none, not even `yes`."""
    field = context.take("draft")
    if field is None:
        return False
    said = values.truth(field.value)
    if said is None:
        context.report(
            "value-kind",
            "`draft` is neither `true` nor `false`; Hugo publishes the page, and so it was.",
            key="draft",
            hint="Write `draft: true` to hold it back.",
        )
    return said or False


def _not_listed(context: ReadingContext) -> bool:
    headless = context.take("headless")
    if headless and values.truth(headless.value):
        return True
    if _build(context).get("list") in ("never", False):
        return True
    without = _without_pages(context.settings)
    return bool(without) and page_of(context).place.language in without


@once_per_site
def _without_pages(settings: Settings) -> frozenset[str]:
    """The languages that are switched off or have no pages (`disableKinds`)."""
    options = settings.engine_options
    languages = languages_of(options)
    off = {name for name, own in languages.items() if isinstance(own, dict) and own.get("disabled")}
    known = {*languages, str(options.get("language") or "en")}
    return frozenset(off | {name for name in known if "page" in kinds_off(name, options)})
