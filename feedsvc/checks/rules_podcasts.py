"""Rules about podcasts."""

from __future__ import annotations

from feedsvc.checks.rule import Example, Rule, post
from feedsvc.model import Severity

_SHOW = """\
[site]
subtitle = "Sounds"
[podcast]
"""
_POST = post("title: A\ndate: 2026-05-30 10:00 +0800")


def _show(config: str) -> Example:
    return Example({"feedsvc.toml": _SHOW + config, "post.md": _POST}, path="")


RULES = (
    Rule(
        "podcast-category",
        Severity.WARNING,
        "A category of the show is not on Apple's list; directories refuse it or drop it.",
        "It was published as it stands.",
        "Take one of Apple's categories, with a subcategory behind `>`.",
        _show('image = "/cover.jpg"\ncategory = "Documentaries"\n'),
    ),
    Rule(
        "podcast-incomplete",
        Severity.WARNING,
        "The show lacks something that Apple's directory requires.",
        "The feed was published without it.",
        "Set it in feedsvc.toml.",
        _show('category = "Technology"\n'),
    ),
)
