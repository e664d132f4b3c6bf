"""A date is read with certainty or is a finding; nothing depends on the clock or the machine."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.posts.dates import (
    CERTAIN,
    EARLIEST,
    LATEST,
    RFC_822,
    DateRules,
    certain,
    first_instant,
    localize,
    read,
)

SHANGHAI = DateRules(ZoneInfo("Asia/Shanghai"), ZoneInfo("Asia/Shanghai"))
NEW_YORK = DateRules(ZoneInfo("America/New_York"), ZoneInfo("America/New_York"))
TEN = "2020-02-03T10:00:00+00:00"  # ten o'clock in UTC
LOCAL_TEN = "2020-02-03T02:00:00+00:00"  # ten o'clock in Shanghai
MIDNIGHT = "2020-02-02T16:00:00+00:00"  # in Shanghai


def shown(value: object, rules: DateRules = SHANGHAI) -> str:
    instant = read(value, rules).instant
    return instant.isoformat() if instant else ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2020年2月3日", MIDNIGHT),
        ("2020 年 02 月 03 日", MIDNIGHT),
        ("2020년 2월 3일", MIDNIGHT),
        ("2020年2月3日 10:00", LOCAL_TEN),
        ("2020-02-03 周一", MIDNIGHT),
        ("2020-02-03 星期一 10:00:00", LOCAL_TEN),
        ("2020年2月3日 18:00 +0800", TEN),
        ("2020年2月", ""),
        ("2020年2月31日", ""),
        ("２０２０年2月3日", ""),
    ],
)
def test_days_are_written_in_the_signs_of_east_asia(value: str, expected: str):
    assert shown(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2020-02-03 18:00:00 +0800", TEN),
        ("2020-02-03T18:00:00+08:00", TEN),
        ("2020-02-03 18:00 +08", TEN),
        ("2020-02-03T10:00:00Z", TEN),
        ("2020-02-03t10:00:00z", TEN),
        ("2020-02-03 10:00:00 UTC", TEN),
        ("2020-02-03 19:00 GMT+9", TEN),
        ("2020-02-03 15:30 +05:30", TEN),
        ("2020/02/03 06:30:00 -0330", TEN),
        ("2020-02-03T22:00:00-12:00", "2020-02-04T10:00:00+00:00"),
        ("2020-02-03T22:00:00+14:00", "2020-02-03T08:00:00+00:00"),
        ("2020-02-03 22:00 -12:00", "2020-02-04T10:00:00+00:00"),
        ("2020-02-03 22:00 +14:00", "2020-02-03T08:00:00+00:00"),
        ("  2020-02-03T10:00:00Z\n", TEN),
        ("2020-02-03T10:00:00.123456789Z", "2020-02-03T10:00:00.123456+00:00"),
        ("2020-02-03T10:00:00,5+0000", "2020-02-03T10:00:00.500000+00:00"),
        ("20200203T100000Z", TEN),
        ("20200203T13:00+0300", TEN),
        ("20200203T100030Z", "2020-02-03T10:00:30+00:00"),
        ("Mon, 03 Feb 2020 10:00:00 GMT", TEN),
        ("Mon, 03 Feb 2020 19:00:00 +0900 (JST)", TEN),
        ("Mon Feb 03 2020 19:00:00 GMT+0900 (Japan Standard Time)", TEN),
        ("Mon Feb  3 11:00:00 CET 2020", TEN),
        (1580724000, TEN),
        ("1580724000000", TEN),
        (1580724000250, "2020-02-03T10:00:00.250000+00:00"),
        (datetime(2020, 2, 3, 10, tzinfo=UTC), TEN),
    ],
)
def test_an_offset_is_kept(value: object, expected: str):
    assert shown(value) == expected
    reading = read(value, SHANGHAI)
    assert (reading.naive, reading.code) == (False, "")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2020-02-03 10:00:00", LOCAL_TEN),
        ("2020-02-03T10:00", LOCAL_TEN),
        ("2020-02-03T10:00:00.0000", LOCAL_TEN),  # as long as one with an offset
        ("2020-2-3 10:00", LOCAL_TEN),
        ("2020-2-3 10:00:30", "2020-02-03T02:00:30+00:00"),
        ("2020/02/03 10:00 AM", LOCAL_TEN),
        ("2020/02/03 1:00 pm", "2020-02-03T05:00:00+00:00"),
        ("2020.02.03 10:00 p.m.", "2020-02-03T14:00:00+00:00"),
        ("2020-02-03 12:30 am", "2020-02-02T16:30:00+00:00"),
        ("20200203100000", LOCAL_TEN),
        (202002031000, LOCAL_TEN),
        ("3 Feb 2020 10:00", LOCAL_TEN),
        ("March 3rd, 2020 5pm", "2020-03-03T09:00:00+00:00"),
        (datetime(2020, 2, 3, 10), LOCAL_TEN),
        ("2020-02-03", MIDNIGHT),
        ("2020-2-3", MIDNIGHT),
        ("2020/02/03", MIDNIGHT),
        ("20200203", MIDNIGHT),
        (20200203, MIDNIGHT),
        ("2020-W06-1", MIDNIGHT),
        ("February 3, 2020", MIDNIGHT),
        ("Monday, 3 February 2020", MIDNIGHT),
        (date(2020, 2, 3), MIDNIGHT),
        ("2020-02-03 24:00", "2020-02-03T16:00:00+00:00"),
    ],
)
def test_a_naive_value_is_local_time_and_says_so(value: object, expected: str):
    assert shown(value) == expected
    assert read(value, SHANGHAI).naive


def test_a_typed_timestamp_has_a_zone_of_its_own():
    rules = DateRules(ZoneInfo("Asia/Shanghai"), UTC)
    assert shown(datetime(2020, 2, 3, 10), rules) == TEN
    assert shown("2020-02-03 10:00:00", rules) == LOCAL_TEN
    assert shown(date(2020, 2, 3), rules) == MIDNIGHT


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("10/11/2020", "date-ambiguous"),
        ("3.2.2020", "date-ambiguous"),
        ("Feb 2020", "date-incomplete"),
        ("2020-02", "date-incomplete"),
        ("2020", "date-incomplete"),
        (2020, "date-incomplete"),
        ("10:00", "date-incomplete"),
        ("Monday", "date-invalid"),
        ("20 Feb 20", "date-invalid"),
        ("2020-02-30", "date-invalid"),
        ("2020-13-45", "date-invalid"),
        ("2020-02-03 25:00", "date-invalid"),
        ("2020-02-03 24:30", "date-invalid"),
        ("2020-02-03 13:00 PM", "date-invalid"),
        ("2020-02-03 00:10::00 -03:00", "date-invalid"),
        ("2020-02-03x10:00:00Z", "date-invalid"),
        ("2020-W54-1", "date-invalid"),
        ("2020-02-03 10:00 +25:00", "date-invalid"),
        ("2020-02-03 10:00 +24:00", "date-invalid"),
        ("2020-02-03 10:00 +08:60", "date-invalid"),
        ("2020-02-03 10:00 +08:75", "date-invalid"),
        ("２０２０-０２-０３", "date-invalid"),
        ("soon", "date-invalid"),
        ("", "date-invalid"),
        ("1" * 100, "date-invalid"),
        ("2020-02-03 10:00 PST", "date-zone"),
        ("2020-02-03 10:00 IST", "date-zone"),
        (True, "date-kind"),
        (None, "date-kind"),
        ([2020], "date-kind"),
        ({}, "date-kind"),
        (1.5, "date-kind"),
        (-1, "date-kind"),
        ("0001-01-01", "date-range"),
        ("0001-01-01T12:00:00Z", "date-range"),
        (datetime(1, 1, 1), "date-range"),
    ],
)
def test_what_is_not_certain_is_a_finding_and_no_guess(value: object, code: str):
    reading = read(value, SHANGHAI)
    assert (reading.instant, reading.code) == (None, code)
    assert reading.message.endswith(".")


def test_an_order_that_allows_one_reading_is_read():
    assert shown("13/11/2020") == shown("11/13/2020") == shown("2020-11-13")


def test_an_abbreviation_of_the_sites_own_zone_tells_the_fold():
    assert shown("2020-11-01 01:30 EDT", NEW_YORK) == "2020-11-01T05:30:00+00:00"
    assert shown("2020-11-01 01:30 EST", NEW_YORK) == "2020-11-01T06:30:00+00:00"
    assert read("2020-07-01 10:00 EST", NEW_YORK).code == "date-zone"


@pytest.mark.parametrize(
    ("name", "hour"),
    [
        *(("EDT", 14), ("EST", 15), ("CDT", 15), ("CST", 16)),
        *(("MDT", 16), ("MST", 17), ("PDT", 17), ("PST", 18)),
    ],
)
def test_a_dialect_may_know_the_abbreviations_of_mail(name: str, hour: int):
    rules = DateRules(UTC, UTC, {**CERTAIN, **RFC_822})
    assert shown(f"2020-02-03 10:00:00 {name}", rules) == f"2020-02-03T{hour}:00:00+00:00"


def test_certain_abbreviations_mean_one_offset_in_the_time_zone_database():
    meanings: dict[str, set[int]] = {}
    zones = zoneinfo.available_timezones()
    for name in zones:
        zone = ZoneInfo(name)
        for year in range(1995, 2026, 5):
            for month in (1, 7):
                there = datetime(year, month, 15, tzinfo=zone)
                offset = there.utcoffset() or timedelta(0)
                meanings.setdefault(str(there.tzname()), set()).add(int(offset.total_seconds()))
    for name, minutes in CERTAIN.items():
        assert meanings.get(name, {minutes * 60}) == {minutes * 60}, name


def test_a_local_time_in_a_gap_is_read_with_the_offset_before_it():
    reading = read("2020-03-08 02:30", NEW_YORK)
    assert (shown("2020-03-08 02:30", NEW_YORK), reading.code) == (
        "2020-03-08T07:30:00+00:00",
        "date-gap",
    )


def test_a_local_time_in_a_fold_is_the_first():
    reading = read("2020-11-01 01:30", NEW_YORK)
    assert (shown("2020-11-01 01:30", NEW_YORK), reading.code) == (
        "2020-11-01T05:30:00+00:00",
        "date-fold",
    )


@pytest.mark.parametrize(
    ("day", "zone", "expected", "code"),
    [
        ("2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00+00:00", ""),  # 00:00 → 01:00
        ("1919-03-31", "America/Toronto", "1919-03-31T04:30:00+00:00", ""),  # 23:30 → 00:30
        ("2011-12-30", "Pacific/Apia", "2011-12-30T10:00:00+00:00", "date-gap"),  # no such day
        ("2020-11-01", "America/Havana", "2020-11-01T04:00:00+00:00", ""),  # midnight twice
    ],
)
def test_a_day_begins_at_its_first_instant(day: str, zone: str, expected: str, code: str):
    reading = first_instant(date.fromisoformat(day), ZoneInfo(zone))
    assert reading.instant
    assert (reading.instant.isoformat(), reading.code) == (expected, code)


def test_a_leap_second_is_the_second_after_it():
    reading = read("2016-12-31 23:59:60Z", SHANGHAI)
    assert reading.code == "date-leap-second"
    assert shown("2016-12-31 23:59:60Z") == "2017-01-01T00:00:00+00:00"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2020-02-03T10:00:00 +15:00", "2020-02-02T19:00:00+00:00"),
        ("2020-02-03T10:00:00+14:30", "2020-02-02T19:30:00+00:00"),
        ("2020-02-03T10:00:00-12:30", "2020-02-03T22:30:00+00:00"),
    ],
)
def test_an_offset_that_no_place_has_is_kept_and_told(value: str, expected: str):
    assert (shown(value), read(value, SHANGHAI).code) == (expected, "date-offset")
    assert certain(value) is None


ZONES = st.sampled_from(
    ["UTC", "Asia/Shanghai", "America/New_York", "Pacific/Apia", "Africa/Monrovia"]
)


@given(st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 28)), ZONES)
def test_iso_text_of_an_instant_is_that_instant(moment: datetime, zone: str):
    there = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    offset = there.utcoffset() or timedelta(0)
    if offset.seconds % 60:  # local mean time: no offset that ISO 8601 can write
        return
    assert read(there.isoformat(), SHANGHAI).instant == there
    assert read(there, SHANGHAI).instant == there


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=30),
    st.text(alphabet="0123456789-/.: TZ+WAPM,janfebGT()", max_size=30),
    st.from_regex(r"[0-9]{1,4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}( [0-9]{1,2}:[0-9]{2})?"),
    st.datetimes(),
    st.datetimes(timezones=st.timezones()),
    st.dates(),
    st.lists(st.integers(), max_size=2),
)


@given(VALUES)
def test_what_needs_no_rules_is_what_any_rules_make_of_it(value: object):
    instant = certain(value)
    assert instant is None or read(value, SHANGHAI) == read(value, NEW_YORK) == (
        instant,
        "",
        "",
        False,
    )


@given(st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 28)), ZONES)
def test_a_local_time_comes_back_unless_the_clock_left_it_out(moment: datetime, zone: str):
    reading = localize(moment, ZoneInfo(zone))
    assert reading.instant
    back = reading.instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
    assert (back == moment) == (reading.code != "date-gap")


@given(VALUES, st.sampled_from([SHANGHAI, NEW_YORK]))
def test_any_value_is_an_aware_instant_in_utc_or_a_finding(value: object, rules: DateRules):
    reading = read(value, rules)
    if reading.instant is None:
        assert reading.code
        assert reading.message
    else:
        assert reading.instant.tzinfo is UTC
        assert EARLIEST <= reading.instant <= LATEST
    assert read(value, rules) == reading


@pytest.mark.parametrize(
    "value",
    [
        *("9999-12-31", "9999-12-31T23:59:59-12:00", "9999-12-31 23:59"),
        *(date(9999, 12, 31), datetime(9999, 12, 31, 23), datetime(9999, 12, 31, tzinfo=UTC)),
    ],
)
@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York", "UTC"])
def test_the_last_days_of_all_are_the_last_instant_since_they_mean_never(value: object, zone: str):
    found = read(value, DateRules(ZoneInfo(zone), ZoneInfo(zone)))
    assert (found.instant, found.code) == (LATEST, "")
    assert certain(value) is None
