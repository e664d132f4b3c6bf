"""The section that lists a Hugo page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.sites.hugo.indexes import logical_path, names_of
from feedsvc.sites.hugo.paths import as_name
from feedsvc.sites.hugo.patterns import Facts, expanded, made

if TYPE_CHECKING:
    from feedsvc.posts.dialect import ReadingContext
    from feedsvc.sites.hugo.places import Place


def section_of(context: ReadingContext) -> str:
    """The path, below the site and the language, of the section that lists the page ("": none)."""
    place: Place = context.page.place
    return _patterned(context, place) if place.section is None else place.section


def _patterned(context: ReadingContext, place: Place) -> str:
    section = place.sections[0]
    facts = Facts(
        context.local,
        title=section.title,
        slug=section.slug,
        base=section.folders[-1],
        section=section.folders[0],
        sections=lambda: logical_path(section.folders)[1:].split("/"),
        section_names=lambda: names_of(place.sections),
    )
    if section.url:
        return as_name(expanded(section.url, facts, place.options).removeprefix(f"{place.prefix}/"))
    return as_name(made(place.section_pattern, facts, place.options))


def top_section(context: ReadingContext) -> str:
    """The first part of a page's path, "" for one that is in no section."""
    place: Place = context.page.place
    return logical_path(place.sections[0].folders[:1])[1:]
