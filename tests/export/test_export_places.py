"""Which file stands for which path."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.export.places import place, places


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/", "index.html"),
        ("/feed.atom", "feed.atom"),
        ("/tags/c++/", "tags/c++/index.html"),
        ("/tags/上海发布新闻/feed.json", "tags/上海发布新闻/feed.json"),
        ("/2026/05/30/hello", "2026/05/30/hello/index.html"),
        ("/v1.2/", "v1.2/index.html"),
        ("/.well-known/x/", ".well-known/x/index.html"),
    ],
)
def test_a_path_has_the_file_a_static_host_answers_with(path, file):
    assert place(path) == file


@pytest.mark.parametrize(
    "path",
    [
        "/../up/",
        "/a/../../b.html",
        "/a//b.html",
        "//host/a.html",
        "/.git/config.x",
        "/.htaccess",
        "/.feedsvc-export.json",
        "/nul\0.html",
        "/\udc80/",
        f"/{'x' * 256}/",
        f"/{'上' * 86}/",
    ],
)
def test_a_path_that_is_no_safe_file_is_refused_with_a_reason(path):
    with pytest.raises(ValueError, match="name"):
        place(path)


@given(st.text(max_size=40))
def test_no_path_leads_out_of_the_target_or_to_a_tools_own_file(path):
    try:
        file = place("/" + path)
    except ValueError:
        return
    names = file.split("/")
    assert all(name and name not in {".", ".."} for name in names)
    assert all(name == ".well-known" or not name.startswith(".") for name in names)


def test_the_first_of_two_paths_with_one_file_keeps_it_and_the_other_is_told():
    result = places(["/a/", "/a"], folded=False)
    assert result.paths == {"a/index.html": "/a"}
    assert list(map(str, result.refused)) == ["/a/: not exported: /a needs the same file"]


def test_a_file_below_a_file_is_refused():
    result = places(["/a.b", "/a.b/c.html", "/x/y.z"], folded=False)
    assert list(result.paths.values()) == ["/a.b", "/x/y.z"]
    (refused,) = result.refused
    assert str(refused) == "/a.b/c.html: not exported: /a.b is a file, not a folder"


def test_names_that_differ_in_case_or_unicode_form_meet_on_a_disk_that_folds_them():
    paths = ["/tags/Foo/", "/tags/foo/", "/tags/e\u0301/", "/tags/\u00e9/"]
    assert len(places(paths, folded=False).paths) == 4
    assert len(places(paths, folded=True).paths) == 2
