"""What `feedsvc check` tells of the findings that there are, and how it ends."""

from __future__ import annotations

import json

import pytest

from feedsvc.checks.inspection import place
from feedsvc.model import Finding, Severity

FINDINGS = [
    Finding("id-meets", "Two posts meet.", "posts/b.md", 3, 7, hint="Rename."),
    Finding("date-gap", "No zone: read in UTC,\nas it is", "posts/b.md", 2),
    Finding("encoding", "It is broken.", "posts/a,b:c.md", 1, severity=Severity.ERROR),
    Finding("site-url", "100% fine", severity=Severity.NOTE),
]


@pytest.fixture
def check(run, site, monkeypatch):
    """`check("--strict")`: the command over `check.findings`."""

    def check(*options):
        found = sorted(check.findings, key=place)
        monkeypatch.setattr("feedsvc.checks.inspection.inspect", lambda *_: iter(found))
        return run("check", "blog", *options)

    check.findings = list(FINDINGS)
    return check


def codes(out):
    return {finding["code"] for finding in json.loads(out)}


def test_findings_read_like_a_linters(check):
    code, out, _ = check("--verbose")
    assert code == 1
    assert out.splitlines() == [
        "blog: note: 100% fine [site-url]",
        "blog/posts/a,b:c.md:1: error: It is broken. [encoding]",
        "blog/posts/b.md:2: warning: No zone: read in UTC, as it is [date-gap]",
        "blog/posts/b.md:3:7: warning: Two posts meet. [id-meets]",
        "    Rename.",
        "",
        "1  warning  date-gap",
        "1  error    encoding",
        "1  warning  id-meets",
        "1  note     site-url",
        "1 error, 2 warnings, 1 note",
    ]


def test_notes_are_counted_and_shown_under_verbose_only(check):
    check.findings = [FINDINGS[3]]
    assert check()[:2] == (
        0,
        "1  note     site-url  (not shown)\n0 errors, 0 warnings, 1 note; --verbose shows all\n",
    )


def test_notes_asked_for_by_code_are_shown(check):
    assert check("--select", "site-url")[1].startswith("blog: note: 100% fine [site-url]\n")


def test_of_many_warnings_of_one_code_ten_are_shown(check):
    check.findings = [FINDINGS[1]] * 1204 + [FINDINGS[2]] * 11
    lines = check()[1].splitlines()
    assert lines[:11] == ["blog/posts/a,b:c.md:1: error: It is broken. [encoding]"] * 11
    assert lines[21:] == [
        "",
        "1,204  warning  date-gap  (10 shown)",
        "   11  error    encoding",
        "11 errors, 1,204 warnings, 0 notes; --verbose shows all",
    ]
    assert len(check("--verbose")[1].splitlines()) == 1204 + 11 + 4


def test_paths_are_as_seen_from_where_the_user_is(check, run):
    check()
    assert "\nposts/b.md:2: warning" in run("check")[1]


@pytest.mark.parametrize("options", [("--format", "json"), ("--json",)])
def test_findings_as_json_are_all_there_are(check, options):
    code, out, _ = check(*options)
    assert code == 1
    assert len(json.loads(out)) == len(FINDINGS)
    assert json.loads(out)[-1] == {
        "code": "id-meets",
        "severity": "warning",
        "path": "posts/b.md",
        "line": 3,
        "column": 7,
        "message": "Two posts meet.",
        "hint": "Rename.",
    }


def test_findings_as_annotations(check):
    assert check("--format", "github", "--verbose")[1].splitlines() == [
        "::notice file=blog,title=site-url::100%25 fine",
        "::error file=blog/posts/a%2Cb%3Ac.md,line=1,title=encoding::It is broken.",
        ("::warning file=blog/posts/b.md,line=2,title=date-gap::No zone: read in UTC,%0Aas it is"),
        ("::warning file=blog/posts/b.md,line=3,col=7,title=id-meets::Two posts meet. Rename."),
    ]


def test_annotations_leave_notes_out_and_no_warning(check):
    check.findings = [FINDINGS[1]] * 20 + [FINDINGS[3]]
    assert len(check("--format", "github")[1].splitlines()) == 20


@pytest.mark.parametrize(
    ("options", "chosen"),
    [
        (["--select", "encoding,id-meets"], {"encoding", "id-meets"}),
        (["--select", "encoding", "--select", "date-*"], {"encoding", "date-gap"}),
        (["--select", "date"], {"date-gap"}),
        (["--select", "id"], {"id-meets"}),
        (["--ignore", "*i*"], {"date-gap"}),
        (["--select", "*-*", "--ignore", "date"], {"id-meets", "site-url"}),
        (["--select", "yaml-tag"], set()),
    ],
)
def test_codes_are_chosen_whole_by_their_beginning_or_by_a_pattern(check, options, chosen):
    assert codes(check("--format", "json", *options)[1]) == chosen


@pytest.mark.parametrize(
    ("option", "advice"),
    [("date-nave", "did you mean date-naive?"), ("xyzzy", "docs/checks.md lists them")],
)
def test_a_code_that_does_not_exist_is_wrong_usage(check, option, advice):
    code, out, err = check("--ignore", option)
    assert (code, out) == (2, "")
    assert err == f"feedsvc: --ignore {option}: there is no such code; {advice}\n"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], 1),
        (["--ignore", "encoding"], 0),
        (["--ignore", "encoding", "--strict"], 1),
        (["--select", "site-url", "--strict"], 0),
    ],
)
def test_errors_fail_and_under_strict_warnings_too(check, options, code):
    assert check(*options)[0] == code


def test_nothing_found_is_said(check, site):
    check.findings = []
    assert check() == (0, "nothing found\n", f"{site.detection}\n")
