"""Rules about dates."""

from __future__ import annotations

from feedsvc.checks.rule import Example, Rule, jekyll, one, post
from feedsvc.model import Severity

_NAMED = "2026-05-30-post.md"
_HUGO = "content/posts/post.md"
_IGNORED = "It was ignored; the file name's date was taken where there is one."
_BERLIN = '[site]\ntimezone = "Europe/Berlin"\n'
_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


def _dated(date: str) -> Example:
    return one(f"title: A\ndate: {date}", 3, path=_NAMED)


def _in_berlin(date: str) -> Example:
    return Example({"feedsvc.toml": _BERLIN, "post.md": post(f"title: A\ndate: {date}")}, 3)


RULES = (
    Rule(
        "date-missing",
        _ERROR,
        "There is no date in the front matter or the file name.",
        "The file was left out: a feed is sorted by dates. A warning where there is no front matter"
        " either; a note in Hugo and Zola, which have pages without a date.",
        "Add `date: 2026-05-30 19:22:23 +0800`.",
        one("title: A", 0),
    ),
    Rule(
        "date-empty",
        _WARNING,
        "`date` is there and empty, which stops Jekyll.",
        "The file name's date was taken.",
        "Write a date or remove the key.",
        jekyll(_NAMED, "title: A\ndate:", 3),
    ),
    Rule(
        "date-invalid",
        _WARNING,
        "A date cannot be read, or there is no such day.",
        _IGNORED,
        "Write it as 2026-05-30 19:22:23 +0800.",
        _dated("2026-02-30"),
    ),
    Rule(
        "date-kind",
        _WARNING,
        "The value is a list, a map or a number that is no date.",
        _IGNORED,
        "Write it as 2026-05-30 19:22:23 +0800.",
        _dated("[2026, 5, 30]"),
    ),
    Rule(
        "date-incomplete",
        _WARNING,
        "The day, the month or the year is missing.",
        _IGNORED,
        "Write it as 2026-05-30 19:22:23 +0800.",
        _dated("May 2026"),
    ),
    Rule(
        "date-ambiguous",
        _WARNING,
        "A date has two readings, day first and month first.",
        _IGNORED,
        "Write it as 2026-05-30 19:22:23 +0800.",
        _dated("10/11/2026"),
    ),
    Rule(
        "date-range",
        _WARNING,
        "A date lies outside the years 1 to 9999.",
        _IGNORED,
        "Check the year.",
        _dated('"0001-01-01 00:00:00 +0800"'),
    ),
    Rule(
        "date-zone",
        _WARNING,
        "An abbreviation names no time zone or several: `IST` is in India, Israel and Ireland.",
        _IGNORED,
        "Write the UTC offset.",
        _dated("2026-05-30 10:00 IST"),
    ),
    Rule(
        "date-offset",
        _WARNING,
        "No place on earth has this UTC offset.",
        "It was kept.",
        "Check the offset; it goes from -1200 to +1400.",
        _dated('"2026-05-30 10:00:00 +2000"'),
    ),
    Rule(
        "date-ending",
        _WARNING,
        "Something stands behind the time that Jekyll does not read, an offset perhaps.",
        "It was ignored, as Jekyll does.",
        "Write it as 2026-05-30 19:22:23 +0800.",
        jekyll(_NAMED, "title: A\ndate: 2026-05-30 10:00:00 2026 -0800", 3),
    ),
    Rule(
        "date-refused",
        _WARNING,
        "A date is written as Hugo reads none: without seconds, with slashes, unpadded, worded.",
        "It was read; Hugo itself stops.",
        "Write it as 2026-05-30T19:22:23+08:00.",
        Example(
            {"hugo.toml": "title = 'A'\n", _HUGO: post("title: A\ndate: 2026/05/30")}, 3, _HUGO
        ),
    ),
    Rule(
        "date-naive",
        _NOTE,
        "A time has no UTC offset, and its engine reads it in another zone than the site's.",
        "It was read as that engine does.",
        "Add the UTC offset.",
        jekyll(
            _NAMED,
            "title: A\ndate: 2026-05-30 10:00:00",
            3,
            config="timezone: Europe/Berlin\n",
        ),
    ),
    Rule(
        "date-gap",
        _WARNING,
        "A local time was left out by a clock change.",
        "It was read with the offset before the change.",
        "Add the UTC offset.",
        _in_berlin("2026-03-29 02:30:00"),
    ),
    Rule(
        "date-fold",
        _WARNING,
        "A local time happened twice, before and after a clock change.",
        "It was read as the first.",
        "Add the UTC offset.",
        _in_berlin("2026-10-25 02:30:00"),
    ),
    Rule(
        "date-leap-second",
        _WARNING,
        "A time has the second 60.",
        "It was read as the second after it.",
        "Write second 59 or 0.",
        _dated('"2016-12-31 23:59:60 UTC"'),
    ),
    Rule(
        "date-far",
        _NOTE,
        "A post is dated more than a year ahead.",
        "It is kept back until then, unless `[posts] future` shows it.",
        "Check the year.",
        one("title: A\ndate: 2926-05-30 10:00 +0800", 3),
    ),
    Rule(
        "updated-before-published",
        _WARNING,
        "The last change is a day or more older than the publication.",
        "The post counts as unchanged since it was published.",
        "Correct one of the two dates.",
        one("title: A\ndate: 2026-05-30 10:00 +0800\nupdated: 2025-05-30 10:00 +0800", 4),
    ),
)
