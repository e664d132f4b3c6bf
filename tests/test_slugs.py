"""Slugs are safe names of folders, and every name has its own."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.slugs import LONGEST, assign, slugify

NAMES = st.one_of(
    st.text(max_size=300),
    st.text(alphabet="aA. -/\\c+#é\u0301ßSs", max_size=12),
    st.sampled_from(["con", "NUL.txt", "..", ".", "", "COM1", "index.html", "a/../b"]),
)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("C", "c"),
        ("C++", "c++"),
        ("C#", "c#"),
        ("Foo  Bar", "foo-bar"),
        ("a/b", "a-b"),
        ("上海发布新闻", "上海发布新闻"),
        ("Ärger", "ärger"),
        ("A\u0308rger", "ärger"),
        ("v1.2_~x", "v1.2_~x"),
        ("🎉 party", "🎉-party"),
        ("-- what? --", "what"),
        ("..hidden", "hidden"),
        ("हिन्दी", "हिन्दी"),
        ("x²", "x²"),
    ],
)
def test_a_slug_keeps_letters_marks_numbers_and_pictures_in_lower_case(name: str, slug: str):
    assert slugify(name) == slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("..", "5ec1f7"),
        ("NUL", "ae6de1-nul"),
        ("index.html", "0eb547-index.html"),
        ("x" * 100, "x" * 100),
        ("x" * 101, f"{'x' * 93}-c675a2"),
        ("é" * 51, f"{'é' * 46}-b9835a"),
    ],
)
def test_a_slug_that_needs_a_digest_has_the_same_in_every_release(name: str, slug: str):
    assert slugify(name) == slug


def test_names_that_meet_have_the_same_slugs_in_every_release():
    slugs = assign(["Foo Bar", "foo-bar", "a", "a-559aea", "A"]).slugs
    assert (slugs["foo-bar"], slugs["A"]) == ("foo-bar-7d89c4", "a-559aead0")


@pytest.mark.parametrize("name", ["", "..", "/", " ", "\0", "!?", "\u200d"])
def test_a_name_without_a_letter_has_a_slug(name: str):
    assert slugify(name).isalnum()


@pytest.mark.parametrize("name", ["con", "NUL", "Com1", "lpt9.txt", "aux.", "COM²", "index.html"])
def test_a_device_name_is_never_a_slug(name: str):
    assert slugify(name).partition("-")[2] == slugify(slugify(name)).partition("-")[2]
    assert slugify(name).partition(".")[0] not in {"con", "nul", "com1", "lpt9", "aux", "com²"}
    assert slugify(name) != "index.html"


def test_long_names_that_differ_at_the_end_keep_apart():
    first, second = slugify("x" * 300 + "a"), slugify("x" * 300 + "b")
    assert first != second
    assert len(first) == len(second) == LONGEST


@given(NAMES)
def test_a_slug_is_a_safe_path_segment(name: str):
    slug = slugify(name)
    assert slug
    assert 0 < len(slug.encode()) <= LONGEST
    assert not slug.startswith((".", "-"))
    assert not slug.endswith((".", " "))
    assert not set(slug) & set('/\\?%*:|"<>&;\0\n\r\t ')
    assert unicodedata.normalize("NFC", slug) == slug
    assert all(unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zs", "Zl"} for char in slug)


@given(NAMES)
def test_a_slug_has_no_capitals(name: str):
    assert slugify(name).lower() == slugify(name) or "İ" in name


@given(st.lists(NAMES, max_size=30))
def test_every_name_has_a_slug_of_its_own_on_any_file_system(names: list[str]):
    slugs, met = assign(names)
    assert set(slugs) == set(names)
    keys = {unicodedata.normalize("NFC", slug.casefold()) for slug in slugs.values()}
    assert len(keys) == len(slugs)
    assert all(len(group) > 1 for group in met)
    assert {name for name in slugs if slugs[name] != slugify(name)} == {
        name for group in met for name in group[1:]
    }


@given(st.lists(NAMES, max_size=20), st.lists(NAMES, max_size=5))
def test_later_names_never_change_an_earlier_slug(names: list[str], later: list[str]):
    before, after = assign(names).slugs, assign([*names, *later]).slugs
    assert {name: after[name] for name in before} == before


def test_the_name_published_first_keeps_the_plain_slug():
    assignment = assign(["Foo Bar", "C", "foo-bar", "Foo Bar", "FOO BAR"])
    assert assignment.slugs["Foo Bar"] == "foo-bar"
    assert assignment.slugs["foo-bar"].startswith("foo-bar-")
    assert assignment.met == (("Foo Bar", "foo-bar", "FOO BAR"),)


def test_a_composed_and_a_decomposed_name_are_two():
    slugs = assign(["é", "e\u0301"]).slugs
    assert len(set(slugs.values())) == 2


def test_a_digest_slug_that_is_taken_grows():
    taken = assign(["a", "A"]).slugs["A"]
    slugs = assign(["a", taken, "A"]).slugs
    assert slugs["A"].startswith(taken)
    assert len(slugs["A"]) == len(taken) + 2
