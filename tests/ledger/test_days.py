"""What the text of a date says by itself."""

from __future__ import annotations

import pytest

from feedsvc.ledger import days


@pytest.mark.parametrize(
    "dated",
    [
        *("2026-02-03", "2026-2-3 9:05", "2026-02-03T09:05:00+08:00", "Feb 3, 2026"),
        *("Tuesday, February 3 2026", "Tue, 3 Feb 2026 09:05:00 GMT", "3 february, 2026"),
    ],
)
def test_the_day_is_the_same_however_it_is_written(dated: str) -> None:
    assert days.day(dated) == "2026-02-03"


@pytest.mark.parametrize("dated", ["", "2026-02-031", "Fib 3, 2026", "03.02.2026", "yesterday"])
def test_what_is_written_in_another_way_is_no_day(dated: str) -> None:
    assert days.day(dated) == ""
    assert not days.is_day_alone(dated)


@pytest.mark.parametrize(
    ("dated", "alone"),
    [
        *(("2026-02-03", True), ("2026-02-03 00:00", True), ("2026-02-03T00:00:00.000Z", True)),
        *(("2026-02-03 0:00:00 +0800", True), ("2026-02-03 00:01", False)),
        ("2026-02-03 and more", False),
    ],
)
def test_midnight_is_what_tools_make_of_a_day(dated: str, alone: bool) -> None:
    assert days.is_day_alone(dated) == alone


@pytest.mark.parametrize(
    ("dated", "clock"),
    [
        *(("2026-02-03 09:05", "09:05"), ("2026-02-03 9:05:59", "09:05"), ("2026-02-03", "")),
        *(("2026-02-03 00:00 +08:00", ""), ("2026-02-03 0:00", ""), ("2026-02-03 10:00", "10:00")),
    ],
)
def test_the_time_of_day_is_the_first_that_is_written(dated: str, clock: str) -> None:
    assert days.clock(dated) == clock


@pytest.mark.parametrize(
    ("dated", "named"),
    [
        *(("2026-02-03 09:05 +0800", True), ("2026-02-03T09:05Z", True), ("2026-02-03", False)),
        *(("Tue, 3 Feb 2026 09:05:00 GMT", True), ("2026-02-03 09:05", False)),
    ],
)
def test_a_zone_is_named_behind_the_time(dated: str, named: bool) -> None:
    assert days.has_zone(dated) == named
