"""Rules about podcasts."""

from __future__ import annotations

from feedsvc.checks.rule import DATED, Example, Rule, post
from feedsvc.model import Severity

_SHOW = """\
[site]
subtitle = "Sounds"
[podcast]
"""
_FILE = "audio: {url: https://cdn.example/a.mp3"
_POST = post(f"title: A\n{DATED}")


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
    Rule(
        "podcast-artwork",
        Severity.WARNING,
        "The picture of the show is not square, too small, too large, or of another kind.",
        "The feed names it as it is; Apple's directory refuses it.",
        "Make it a square JPEG or PNG of 1,400 to 3,000 pixels a side.",
        Example(
            {
                "feedsvc.toml": _SHOW + 'image = "/cover.png"\ncategory = "Technology"\n',
                "post.md": _POST,
                # How a PNG of 1,920 by 1,080 pixels begins.
                "cover.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x07\x80\0\0\x04\x38\x08\x02\0\0\0",
            },
            path="",
        ),
    ),
    Rule(
        "podcast-episode",
        Severity.WARNING,
        "A field of an episode says nothing that directories understand.",
        "It was left out of the feed.",
        "Write it as the advice says.",
        Example(
            {
                "post.md": post(
                    f"title: A\n{DATED}\n{_FILE}, length: 900}}\nepisode: five\nseason: 1"
                )
            },
            5,
        ),
    ),
    Rule(
        "podcast-file",
        Severity.WARNING,
        "The file of an episode is of a type that Apple's directory refuses, or lies elsewhere and"
        " nothing says how long it is.",
        "It is offered as it is.",
        "Offer it as MP3, M4A, MP4, M4V or MOV, and write `length` (bytes) beside its `url`.",
        Example({"post.md": post(f"title: A\n{DATED}\n{_FILE}}}\nepisode: 5")}, 4),
    ),
)
