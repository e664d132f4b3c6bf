"""Feeds of whole sites before validators; see `validation`."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from . import rfc4287, validation
from .samples import CASES

SITES = validation.sites()


@pytest.mark.parametrize("site", SITES)
def test_every_atom_document_of_a_site_is_valid(site):
    count = 0
    for url, media_type, body in validation.of_site(SITES[site]):
        if media_type.startswith("application/atom+xml"):
            assert rfc4287.objections(body) == [], url
            count += 1
    assert count


def test_the_w3c_validator_finds_nothing_but_known_noise(pytestconfig, unmeasured):
    if not os.environ.get(validation.VARIABLE):
        pytest.skip(f"{validation.VARIABLE} names no checkout of the W3C feed validator")
    run = subprocess.run(
        [sys.executable, "-m", "tests.formats.validation"],
        cwd=pytestconfig.rootpath,
        env=unmeasured,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    text = (pytestconfig.rootpath / "docs" / "interoperability.md").read_text("utf-8")
    for line in run.stdout.splitlines():
        assert line in text, "renew it: python -m tests.formats.validation docs/…"


@pytest.mark.parametrize(
    ("kind", "case", "mend", "by", "noise"),
    [
        ("ContainsHTML", "articles", b"", b"", True),
        ("ContainsHTML", "empty", b"", b"", False),
        ("DuplicateUpdated", "articles", b"22:01:23", b"23:00:23", False),
        ("UnknownNamespace", "withdrawn", b"", b"", True),
        ("UnknownNamespace", "articles", b"", b"", False),
        ("UnknownNamespace", "withdrawn", b"<feed ", b'<feed xmlns:x="urn:x" ', False),
        ("SelfDoesntMatchLocation", "articles", b"", b"", False),
    ],
)
def test_a_finding_is_noise_only_where_the_posts_are_the_reason(kind, case, mend, by, noise):
    document = CASES[case].document("atom")

    assert mend in document
    assert validation.is_noise(kind, {}, document.replace(mend, by)) == noise


def test_of_what_may_be_unsafe_only_frames_are_kept_on_purpose():
    document = CASES["articles"].document("atom")

    assert validation.is_noise("SecurityRisk", {"tag": "iframe"}, document)
    assert not validation.is_noise("SecurityRisk", {"tag": "script"}, document)


def test_entries_published_at_one_instant_may_share_their_update():
    document = CASES["articles"].document("atom")
    for was, now in ((b"22:01:23", b"23:00:23"), (b"22:22:23", b"23:22:23")):
        document = document.replace(was, now)

    assert validation.is_noise("DuplicateUpdated", {}, document)
