"""Same values, same bytes: for ever, and in every process."""

import hashlib
import locale
import os
import subprocess
import sys

import pytest

from feedsvc.formats import FORMATS

from .goldens import NAMES, golden
from .samples import ARTICLES, CASES, FEED, written

_DIGEST = """
import hashlib, locale, sys
sys.path.insert(0, {folder!r})
locale.setlocale(locale.LC_ALL, "")
from formats.goldens import NAMES, CASES
documents = b"".join(CASES[case].document(form) for case, form in NAMES)
print(hashlib.sha256(documents).hexdigest())
"""


@pytest.mark.parametrize(("case", "form"), NAMES)
def test_every_sample_has_its_golden_bytes(case, form):
    assert CASES[case].document(form) == golden(case, form).read_bytes()


def test_bytes_depend_on_no_zone_locale_or_hash_seed(pytestconfig):
    expected = hashlib.sha256(b"".join(golden(*name).read_bytes() for name in NAMES)).hexdigest()
    script = _DIGEST.format(folder=str(pytestconfig.rootpath / "tests"))
    for seed, zone, language in (("1", "Asia/Tokyo", "C"), ("2", "America/Lima", "C.UTF-8")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language}
        run = subprocess.run(
            [sys.executable, "-c", script],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.stdout.strip() == expected, run.stderr


def test_the_locale_of_the_process_is_never_switched(monkeypatch):
    def refuse(*arguments):
        raise AssertionError("the locale was switched")

    monkeypatch.setattr(locale, "setlocale", refuse)

    assert all(CASES["articles"].document(form) for form in FORMATS)


def test_no_wall_clock_gets_into_a_document():
    for case, form in NAMES:
        document = CASES[case].document(form)
        assert not any(b"%d-" % year in document for year in range(2023, 2100)), (case, form)
        assert not any(b" %d " % year in document for year in range(2023, 2100)), (case, form)


@pytest.mark.parametrize("form", FORMATS)
def test_a_fragment_appears_unchanged_in_whatever_feed(form):
    writer = FORMATS[form]
    fragments = [written(writer.name, entry) for entry in ARTICLES]
    reverse = writer.document(FEED, fragments[::-1])
    positions = [reverse.index(fragment) for fragment in fragments]

    assert positions == sorted(positions, reverse=True)
    assert b"xmlns" not in b"".join(fragments)
    assert all(fragment in CASES["archive"].document(form) for fragment in fragments[:1])


@pytest.mark.parametrize("form", FORMATS)
def test_a_document_ends_with_a_newline(form):
    assert all(case.document(form).endswith(b"\n") for case in CASES.values())


def test_naming_the_formats_loads_neither_feedgen_nor_lxml():
    script = (
        "import sys, feedsvc.formats, feedsvc.formats.opml\n"
        "print({'feedgen', 'lxml', 'dateutil', 'email'} & sys.modules.keys())"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )

    assert run.stdout == "set()\n", run.stderr
