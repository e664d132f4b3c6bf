"""One table of requests and what is answered; every door has to agree with all of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from feedsvc.model import entity_tag

from .fakes import DOCUMENTS, LAST_MODIFIED

ATOM = DOCUMENTS["/feed.atom"]
TAG = f'"{ATOM.etag}"'
BEFORE = "Fri, 01 May 2026 10:20:29 GMT"
AFTER = "Fri, 01 May 2026 10:20:31 GMT"
NO_ZONE = "Fri, 01 May 2026 10:20:31 +99999999999999999999"
UNKNOWN = "/unknown.atom"
CACHED = "public, max-age=300"
PAGE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Access-Control-Allow-Origin": None,
}
FEED_200 = {
    "Content-Type": ATOM.media_type,
    "Content-Length": str(len(ATOM.body)),
    "ETag": TAG,
    "Last-Modified": LAST_MODIFIED,
    "Cache-Control": CACHED,
    "Accept-Ranges": "none",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Access-Control-Allow-Origin": "*",
    "Content-Security-Policy": None,
    "Location": None,
}
FEED_304 = {
    "ETag": TAG,
    "Cache-Control": CACHED,
    "Access-Control-Allow-Origin": "*",
    "Content-Type": None,
    "Content-Length": None,
    "Last-Modified": None,
}


@dataclass(frozen=True)
class Case:
    """`expected`: header values, None for a header that must be absent. `path` is as sent."""

    rule: str
    status: int
    path: str = "/feed.atom"
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    expected: dict[str, str | None] = field(default_factory=dict)
    body: bytes | None = None


def _match(rule: str, tags: str, status: int, **more: str) -> Case:
    headers = {"If-None-Match": tags, **{name.replace("_", "-"): more[name] for name in more}}
    return Case(
        f"if_none_match_{rule}",
        status,
        headers=headers,
        expected=FEED_200 if status == 200 else FEED_304,
    )


def _since(rule: str, date: str, status: int) -> Case:
    return Case(
        f"if_modified_since_{rule}",
        status,
        headers={"If-Modified-Since": date},
        expected=FEED_200 if status == 200 else FEED_304,
    )


def _age(rule: str, path: str, seconds: int) -> Case:
    return Case(rule, 200, path, expected={"Cache-Control": f"public, max-age={seconds}"})


CHIME = "/2026/a/chime.mp3"
CHIME_TAG = f'"{entity_tag(b"0123456789")}"'
CHIME_304 = {
    "ETag": CHIME_TAG,
    "Cache-Control": CACHED,
    "Access-Control-Allow-Origin": "*",
    "Content-Type": None,
    "Content-Length": None,
}
CHIME_206 = {
    "Content-Type": "audio/mpeg",
    "ETag": CHIME_TAG,
    "Last-Modified": LAST_MODIFIED,
    "Cache-Control": CACHED,
    "Accept-Ranges": "bytes",
    "X-Content-Type-Options": "nosniff",
    "Access-Control-Allow-Origin": "*",
    "Content-Security-Policy": None,
}
CHIME_200 = {**CHIME_206, "Content-Length": "10", "Content-Range": None}


def _part(rule: str, wanted: str, start: int, end: int, **more: str) -> Case:
    """`end` is that of Python: the first byte that is not sent."""
    headers = {"Range": wanted, **{name.replace("_", "-"): more[name] for name in more}}
    place = {"Content-Length": str(end - start), "Content-Range": f"bytes {start}-{end - 1}/10"}
    body = b"0123456789"[start:end]
    return Case(f"range_{rule}", 206, CHIME, "GET", headers, {**CHIME_206, **place}, body)


def _whole(rule: str, **headers: str) -> Case:
    given = {name.replace("_", "-"): headers[name] for name in headers}
    return Case(f"file_{rule}", 200, CHIME, "GET", given, CHIME_200, b"0123456789")


def _none(rule: str, wanted: str, path: str = CHIME) -> Case:
    expected = {"Content-Range": "bytes */10", "Content-Length": "0", "Cache-Control": "no-store"}
    return Case(f"range_{rule}", 416, path, "GET", {"Range": wanted}, expected, b"")


FILE_CASES = [
    _whole("get_sends_all_of_it"),
    Case("file_head", 200, CHIME, "HEAD", expected=CHIME_200, body=b""),
    _part("first_bytes", "bytes=0-3", 0, 4),
    _part("of_one_byte", "bytes=4-4", 4, 5),
    _part("to_the_end", "bytes=7-", 7, 10),
    _part("of_all_is_a_part", "bytes=0-", 0, 10),
    _part("past_the_end_ends_there", "bytes=8-99", 8, 10),
    _part("last_bytes", "bytes=-3", 7, 10),
    _part("last_bytes_of_more_than_there_are", "bytes=-99", 0, 10),
    _part("unit_in_capitals", "Bytes=1-2", 1, 3),
    _none("behind_the_end", "bytes=10-"),
    _none("far_behind_the_end", "bytes=99-100"),
    _whole("range_of_another_unit", Range="lines=1-2"),
    _whole("range_that_makes_no_sense", Range="bytes=3-1"),
    _whole("range_without_numbers", Range="bytes=a-b"),
    _whole("range_of_nothing", Range="bytes=-0"),
    _whole("several_ranges_are_ignored", Range="bytes=0-1,4-5"),
    _part("if_the_same_tag", "bytes=1-2", 1, 3, If_Range=CHIME_TAG),
    _whole("range_if_another_tag", Range="bytes=1-2", If_Range='"other"'),
    _whole("range_if_a_weak_tag", Range="bytes=1-2", If_Range=f"W/{CHIME_TAG}"),
    _part("if_the_same_date", "bytes=1-2", 1, 3, If_Range=LAST_MODIFIED),
    _whole("range_if_an_older_date", Range="bytes=1-2", If_Range=BEFORE),
    _whole("range_if_a_newer_date", Range="bytes=1-2", If_Range=AFTER),
    _whole("range_if_nonsense", Range="bytes=1-2", If_Range="yesterday"),
    _whole("range_if_no_zone", Range="bytes=1-2", If_Range=NO_ZONE),
    _whole("if_range_alone_is_ignored", If_Range='"other"'),
    Case("file_same_tag", 304, CHIME, headers={"If-None-Match": CHIME_TAG}, expected=CHIME_304),
    Case(
        "file_same_tag_comes_before_a_range",
        304,
        CHIME,
        headers={"If-None-Match": CHIME_TAG, "Range": "bytes=0-1"},
        expected=CHIME_304,
    ),
    Case("file_same_date", 304, CHIME, headers={"If-Modified-Since": LAST_MODIFIED}, body=b""),
    _whole("older_date", If_Modified_Since=BEFORE),
    Case("file_if_match_other", 412, CHIME, headers={"If-Match": '"other"'}, body=b""),
    Case(
        "range_on_head_is_ignored",
        200,
        CHIME,
        "HEAD",
        {"Range": "bytes=0-3"},
        {**CHIME_200, "Content-Length": "10"},
        b"",
    ),
    Case("empty_file", 200, "/2026/a/empty.mp3", expected={"Content-Length": "0"}, body=b""),
    Case(
        "range_of_an_empty_file_is_all",
        200,
        "/2026/a/empty.mp3",
        headers={"Range": "bytes=0-3"},
        body=b"",
    ),
    Case(
        "markup_of_others_is_in_a_sandbox",
        200,
        "/2026/a/drawing.svg",
        expected={
            "Content-Type": "image/svg+xml",
            "Content-Security-Policy": "sandbox allow-scripts allow-popups allow-forms",
        },
    ),
    Case("file_that_has_gone_since", 404, "/2026/a/gone.mp3"),
]

CASES = [
    *FILE_CASES,
    Case("get_sends_the_document", 200, expected=FEED_200, body=ATOM.body),
    Case("head_is_get_without_body", 200, method="HEAD", expected=FEED_200, body=b""),
    Case("query_is_ignored", 200, "/feed.atom?utm=1&x=%00", expected=FEED_200, body=ATOM.body),
    Case("page_has_a_policy_and_no_cors", 200, "/", expected=PAGE_HEADERS),
    Case(
        "rss_has_its_type",
        200,
        "/feed.rss",
        expected={"Content-Type": DOCUMENTS["/feed.rss"].media_type},
    ),
    Case(
        "json_has_its_type",
        200,
        "/feed.json",
        expected={"Content-Type": DOCUMENTS["/feed.json"].media_type},
    ),
    Case("utf8_path_is_found", 200, "/tags/%E4%B8%8A%E6%B5%B7/feed.atom"),
    Case("plus_in_path_is_a_plus", 200, "/tags/c++/", body=b"body of /tags/c++/"),
    Case("escaped_plus_is_the_same", 200, "/tags/c%2B%2b/", body=b"body of /tags/c++/"),
    Case(
        "range_is_ignored", 200, headers={"Range": "bytes=0-3"}, expected=FEED_200, body=ATOM.body
    ),
    Case(
        "host_changes_nothing",
        200,
        headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"},
        expected=FEED_200,
        body=ATOM.body,
    ),
    _age("max_age_is_the_configured_one", "/far.atom", 300),
    _age("max_age_ends_before_the_next_change", "/soon.atom", 42),
    _age("max_age_is_cut_not_rounded", "/now.atom", 0),
    _age("max_age_is_never_negative", "/late.atom", 0),
    _age("max_age_of_a_full_archive_is_its_own", "/archive/1/feed.atom", 86_400),
    _age("max_age_of_an_archive_ends_before_the_next_change", "/archive/2/feed.atom", 42),
    Case(
        "link_names_the_hub",
        200,
        "/hub.atom",
        expected={
            "Link": '<https://hub.example.org/>; rel="hub", '
            '<https://a.example/hub.atom>; rel="self"'
        },
    ),
    Case("link_is_absent_without_a_hub", 200, expected={"Link": None}),
    _match("same_tag", TAG, 304),
    _match("other_tag", '"other"', 200),
    _match("weak_tag", f"W/{TAG}", 304),
    _match("list", f'"a", {TAG}, "b"', 304),
    _match("list_of_weak", f'W/"a",W/{TAG}', 304),
    _match("list_without_it", '"a", "b"', 200),
    _match("star", "*", 304),
    _match("tag_of_gzip_is_another", f'"{ATOM.etag}-gzip"', 200),
    _match("same_beats_older_date", TAG, 304, If_Modified_Since=BEFORE),
    _match("other_beats_newer_date", '"other"', 200, If_Modified_Since=AFTER),
    Case(
        "if_none_match_on_head",
        304,
        method="HEAD",
        headers={"If-None-Match": TAG},
        expected=FEED_304,
        body=b"",
    ),
    Case(
        "page_304_has_no_cors",
        304,
        "/",
        headers={"If-None-Match": "*"},
        expected={"Access-Control-Allow-Origin": None, "Cache-Control": CACHED},
    ),
    Case(
        "304_max_age_ends_before_the_next_change",
        304,
        "/soon.atom",
        headers={"If-None-Match": "*"},
        expected={"Cache-Control": "public, max-age=42"},
    ),
    Case(
        "304_of_the_same_tag_ends_before_the_next_change",
        304,
        "/soon.atom",
        headers={"If-None-Match": f'"{DOCUMENTS["/soon.atom"].etag}"'},
        expected={"Cache-Control": "public, max-age=42"},
    ),
    _since("same_date", LAST_MODIFIED, 304),
    _since("newer_date", AFTER, 304),
    _since("older_date", BEFORE, 200),
    _since("broken_date", "yesterday", 200),
    _since("date_in_no_zone", NO_ZONE, 200),
    _since("rfc_850_date", "Friday, 01-May-26 10:20:30 GMT", 304),
    Case(
        "an_instant_still_to_come_is_no_last_modified",
        200,
        "/ahead.atom",
        expected={"Last-Modified": None, "ETag": f'"{DOCUMENTS["/ahead.atom"].etag}"'},
    ),
    Case("without_a_known_change_no_last_modified", 200, UNKNOWN, expected={"Last-Modified": None}),
    *(
        Case(
            f"{name.replace('-', '_').lower()}_is_ignored_without_a_known_change",
            200,
            UNKNOWN,
            headers={name: date},
        )
        for name, date in (("If-Modified-Since", AFTER), ("If-Unmodified-Since", BEFORE))
    ),
    Case("if_match_same_tag", 200, headers={"If-Match": TAG}, expected=FEED_200),
    Case("if_match_star", 200, headers={"If-Match": "*"}, expected=FEED_200),
    Case("if_match_tag_in_list", 200, headers={"If-Match": f'"a", {TAG}'}, expected=FEED_200),
    Case("if_match_weak_tag", 412, headers={"If-Match": f"W/{TAG}"}, body=b""),
    Case("if_match_empty_is_ignored", 200, headers={"If-Match": ""}, expected=FEED_200),
    Case(
        "if_match_comes_before_if_none_match",
        304,
        headers={"If-Match": TAG, "If-None-Match": TAG},
        expected=FEED_304,
    ),
    Case(
        "if_unmodified_since_older_date",
        412,
        headers={"If-Unmodified-Since": BEFORE},
        expected={"Cache-Control": "no-store"},
        body=b"",
    ),
    Case("if_unmodified_since_same_date", 200, headers={"If-Unmodified-Since": LAST_MODIFIED}),
    Case("if_unmodified_since_broken_date", 200, headers={"If-Unmodified-Since": "yesterday"}),
    Case("if_unmodified_since_in_no_zone", 200, headers={"If-Unmodified-Since": NO_ZONE}),
    Case(
        "if_match_outranks_if_unmodified_since",
        200,
        headers={"If-Match": TAG, "If-Unmodified-Since": BEFORE},
        expected=FEED_200,
    ),
    Case(
        "if_match_other_tag",
        412,
        headers={"If-Match": '"other"'},
        expected={"Cache-Control": "no-store"},
        body=b"",
    ),
    Case(
        "unknown_path_is_404",
        404,
        "/nothing",
        expected={**PAGE_HEADERS, "Cache-Control": "no-store", "ETag": None},
    ),
    Case("unknown_path_is_404_for_head", 404, "/nothing", method="HEAD", body=b""),
    Case("unknown_path_ignores_conditions", 404, "/nothing", headers={"If-None-Match": "*"}),
    Case(
        "taken_back_is_410",
        410,
        "/tags/old/",
        expected={**PAGE_HEADERS, "Cache-Control": "no-store"},
    ),
    Case(
        "moved_is_301",
        301,
        "/index.xml",
        expected={
            "Location": "https://example.org/feed.atom",
            "Cache-Control": CACHED,
            "Access-Control-Allow-Origin": "*",
        },
        body=b"",
    ),
    Case("dots_are_not_resolved", 404, "/tags/../feed.atom"),
    Case("escaped_dots_are_not_resolved", 404, "/%2e%2e/%2e%2e/etc/passwd"),
    Case("double_slash_inside_is_404", 404, "/tags//c++/", expected={"Location": None}),
    Case("nul_is_404", 404, "/feed.atom%00"),
    Case("invalid_utf8_is_404", 404, "/tags/%FF%FE/"),
    Case("cut_utf8_is_404", 404, "/tags/%E4%B8/"),
    Case("half_escape_is_404", 404, "/feed.atom%"),
    Case("escape_without_hex_is_404", 404, "/%zz"),
    Case("line_break_is_404", 404, "/feed.atom%0d%0aX-Evil:%201", expected={"X-Evil": None}),
    Case("backslash_is_404", 404, "/..%5c..%5cfeed.atom"),
    Case("very_long_path_is_404", 404, "/" + "a" * 9000),
    *(
        Case(f"{method.lower()}_is_405", 405, method=method)
        for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")
    ),
    Case(
        "options_tells_the_methods",
        200,
        method="OPTIONS",
        expected={"Allow": "GET, HEAD, OPTIONS", "Content-Length": "0"},
        body=b"",
    ),
    Case("options_of_the_root", 200, "/", method="OPTIONS"),
]

# By the folder's path: what the answer says, which holds wherever the site is mounted.
SLASHED = {
    "/tags/c++": "./c++/",
    "/tags/%E4%B8%8A%E6%B5%B7": "./%E4%B8%8A%E6%B5%B7/",
    "/a:b": "./a:b/",
}
