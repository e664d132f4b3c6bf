"""What Apple's directory asks of a show, and a configuration leaves out.

<https://podcasters.apple.com/support/823-podcast-requirements>,
<https://podcasters.apple.com/support/1691-apple-podcasts-categories>
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from feedsvc.model import Finding
from feedsvc.settings import DEFAULT_URL, PodcastSettings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feedsvc.settings import Settings

_LIST = """\
Arts: Books, Design, Fashion & Beauty, Food, Performing Arts, Visual Arts
Business: Careers, Entrepreneurship, Investing, Management, Marketing, Non-Profit
Comedy: Comedy Interviews, Improv, Stand-Up
Education: Courses, How To, Language Learning, Self-Improvement
Fiction: Comedy Fiction, Drama, Science Fiction
Government:
Health & Fitness: Alternative Health, Fitness, Medicine, Mental Health, Nutrition, Sexuality
History:
Kids & Family: Education for Kids, Parenting, Pets & Animals, Stories for Kids
Leisure: Animation & Manga, Automotive, Aviation, Crafts, Games, Hobbies, Home & Garden, Video Games
Music: Music Commentary, Music History, Music Interviews
News: Business News, Daily News, Entertainment News, News Commentary, Politics, \
Sports News, Tech News
Religion & Spirituality: Buddhism, Christianity, Hinduism, Islam, Judaism, Religion, Spirituality
Science: Astronomy, Chemistry, Earth Sciences, Life Sciences, Mathematics, Natural Sciences, \
Nature, Physics, Social Sciences
Society & Culture: Documentary, Personal Journals, Philosophy, Places & Travel, Relationships
Sports: Baseball, Basketball, Cricket, Fantasy Sports, Football, Golf, Hockey, Rugby, Running, \
Soccer, Swimming, Tennis, Volleyball, Wilderness, Wrestling
TV & Film: After Shows, Film History, Film Interviews, Film Reviews, TV Reviews
Technology:
True Crime:
"""
CATEGORIES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        name: frozenset(part.strip() for part in within.split(",") if part.strip())
        for name, _, within in (line.partition(":") for line in _LIST.splitlines())
    }
)
"""Apple's categories with their subcategories; names are case-sensitive."""

_PICTURE = re.compile(r"\.(jpe?g|png)$", re.IGNORECASE)


def findings(settings: Settings) -> Iterator[Finding]:
    """Yield what keeps a configured show out of Apple's directory."""
    podcast = settings.podcast
    if podcast == PodcastSettings():
        return
    for category in podcast.category:
        if not _is_listed(category):
            yield Finding(
                "podcast-category",
                f"The category “{category}” is not on Apple's list.",
                hint=_advice(category),
            )
    missing = list(_missing(settings))
    if missing:
        yield Finding(
            "podcast-incomplete",
            f"The show lacks what Apple's directory requires: {', '.join(missing)}.",
            hint="Set it in feedsvc.toml.",
        )


def _is_listed(category: str) -> bool:
    name, _, within = (part.strip() for part in category.partition(">"))
    return name in CATEGORIES and (not within or within in CATEGORIES[name])


def _advice(category: str) -> str:
    from difflib import get_close_matches

    wanted = " > ".join(part.strip() for part in category.split(">"))
    known = {
        full.casefold(): full
        for name, parts in CATEGORIES.items()
        for full in (name, *(f"{name} > {part}" for part in sorted(parts)))
    }
    alone = {full.rpartition(" > ")[2].casefold(): full for full in known.values()}
    near = alone.get(wanted.casefold())
    if near is None:
        close = get_close_matches(wanted.casefold(), known, n=1)
        near = known[close[0]] if close else None
    return (
        f"Did you mean “{near}”?" if near else "Take one of its list, such as “Society & Culture”."
    )


def _missing(settings: Settings) -> Iterator[str]:
    podcast = settings.podcast
    picture = podcast.image or settings.site.logo
    if picture is None:
        yield "`[podcast] image`"
    elif not _PICTURE.search(picture.partition("?")[0]):
        yield "a JPEG or PNG as `[podcast] image`"
    if not podcast.category:
        yield "`[podcast] category`"
    if not settings.site.subtitle:
        yield "a description, `[site] subtitle`"
    if settings.site.url != DEFAULT_URL and not settings.site.url.startswith("https://"):
        yield "https in `[site] url`"
