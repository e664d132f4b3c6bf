"""A check finds the same on one core and on several, the first time and again."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

import pytest

from feedsvc.checks.inspection import inspect, place
from feedsvc.site import open_site

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def found(folder, cache, jobs):
    with closing(open_site(folder, cache=cache, jobs=jobs)) as site:
        return list(inspect(site, NOW))


@pytest.fixture
def site(make_site):
    bodies = ["Words.", "<svg></svg>", "[a](gone.pdf)", "A \x07bell", "<form></form>"]
    return make_site(
        {
            f"{n:03}.md": f"---\ntitle: A{n}\ndate: 2026-05-{n % 30 + 1:02}\n---\n{bodies[n % 5]}\n"
            for n in range(230)
        }
    )


def test_one_core_finds_what_several_find(site, tmp_path):
    alone = found(site, tmp_path / "a", 1)
    assert len(alone) > 180
    assert found(site, tmp_path / "b", 3) == alone


def test_findings_are_sorted_by_place(site, tmp_path):
    places = [place(one) for one in found(site, tmp_path / "a", 2)]
    assert places == sorted(places)


def test_what_was_read_before_is_told_again(site, tmp_path):
    cache = tmp_path / "a"
    assert found(site, cache, 1) == found(site, cache, 1)


def test_an_index_in_memory_finds_the_same(site, tmp_path):
    (tmp_path / "file").touch()
    assert found(site, tmp_path / "file", 3) == found(site, tmp_path / "a", 3)


def test_the_lines_of_a_body_are_those_of_the_file(make_site, tmp_path):
    folder = make_site({"a.md": "---\ntitle: A\ndate: 2026-05-30\n---\n\nWords.\nA \x07bell\n"})
    (bell,) = [one for one in found(folder, tmp_path / "a", 1) if one.code == "control-character"]
    assert (bell.line, bell.column) == (7, 3)


def test_a_file_that_is_gone_meanwhile_is_passed_over(site, tmp_path, monkeypatch):
    from feedsvc.repository.files import SiteFiles

    with closing(open_site(site, cache=tmp_path / "a", jobs=1)) as opened:
        opened.refresh(NOW)
        real = SiteFiles.read

        def read(self, path):
            if path == "002.md":
                raise FileNotFoundError(path)
            data, identity = real(self, path)
            return data, "changed" if path == "007.md" else identity

        monkeypatch.setattr(SiteFiles, "read", read)
        told = {one.path for one in inspect(opened, NOW)}
    assert told.isdisjoint({"002.md", "007.md"})
    assert "012.md" in told


def test_the_year_of_a_post_far_ahead_and_copies_are_told(make_site, tmp_path):
    text = "---\ntitle: A\ndate: {}\n{}---\nWords.\n"
    folder = make_site(
        {
            "far.md": text.format("2028-01-01", ""),
            "near.md": text.format("2027-01-01", ""),
            "one.md": text.format("2026-05-30", ""),
            "two.md": text.format("2026-05-30", "slug: b\n"),
            "de.md": text.format("2026-05-30", "slug: c\nlang: de\n"),
            "draft.md": text.format("2026-05-30", "slug: d\ndraft: true\n"),
        }
    )
    told = [(one.code, one.path, one.line) for one in found(folder, tmp_path / "a", 1) if one.path]
    assert told == [("date-far", "far.md", 3), ("post-duplicate", "two.md", 2)]


@pytest.mark.parametrize("pages", ["all", "none"])
def test_a_page_that_no_export_can_have_is_told_where_pages_are_ours(make_site, tmp_path, pages):
    files = {
        "posts/a.md": "---\ndate: 2026-05-01\nslug: .git\n---\nWords\n",
        "posts/b.md": "---\ndate: 2026-05-02\npermalink: /about\n---\nWords\n",
        "posts/c.md": "---\ndate: 2026-05-03\npermalink: /about/\n---\nWords\n",
    }
    folder = make_site(files, config=f'[site]\npages = "{pages}"\n')
    told = [one for one in found(folder, tmp_path, 1) if one.code == "page-without-file"]
    expected = [("posts/a.md", 3), ("posts/c.md", 3)]
    assert [(one.path, one.line) for one in told] == (expected if pages == "all" else [])


def test_a_body_that_nobody_gets_to_see_is_not_looked_at(make_site, tmp_path):
    body = "{{ site.menu }}"
    folder = make_site(
        {
            ".eleventy.js": "",
            "page.md": f"---\ntitle: A\n---\n{body}",
            "post.md": f"---\ntitle: B\ndate: 2026-05-01\n---\n{body}",
        }
    )
    told = [one.path for one in found(folder, tmp_path / "a", 1) if one.code == "liquid-removed"]
    assert told == ["post.md"]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ([*(f"_content/blog/{n}.md" for n in range(3)), "_content/a.md"], "_content/blog"),
        ([*(f"_content/blog/{n}.md" for n in range(3)), "README.md", "doc/a.md"], "_content/blog"),
        ([f"_content/blog/{n}.md" for n in range(2)], ""),
        ([f"_layouts/{n}.html" for n in range(3)], ""),
        (["docs/hugo.toml", *(f"docs/_a/{n}.md" for n in range(3))], ""),
        ([f"node_modules/a/_b/{n}.md" for n in range(3)], ""),
        (["posts/a.txt", *(f"news/{n}.md" for n in range(3))], "news"),
        (["posts/a.txt", *(f"posts/_old/{n}.md" for n in range(3))], "posts/_old"),
    ],
)
def test_a_site_without_posts_is_told_where_files_lie_that_nobody_reads(
    make_site, tmp_path, files, told
):
    folder = make_site(dict.fromkeys(files, "# A\n\nWords.\n"))
    (empty,) = [one for one in found(folder, tmp_path / "a", 1) if one.code == "site-empty"]
    assert (f"`{told}/` has 3 of them" in empty.message) is bool(told)
    assert (f'`[posts] path = "{told}"`' in empty.hint) is bool(told)


def test_files_that_are_read_say_themselves_what_they_lack(make_site, tmp_path):
    folder = make_site({"a.md": "# A\n", **{f"b/{n}.md": "# B\n" for n in range(3)}})
    assert {one.code for one in found(folder, tmp_path / "a", 1)} >= {"date-missing"}
    assert "site-empty" not in {one.code for one in found(folder, tmp_path / "a", 1)}


def test_a_plain_folder_tells_of_files_in_a_markup_that_is_not_read(make_site, tmp_path):
    folder = make_site(
        {
            "posts/2020-01-01-a.md": "# A\n\nWords.\n",
            **dict.fromkeys(["posts/b.rst", "posts/c/d.RST", "posts/e.org"], "Words.\n"),
            **dict.fromkeys(["f.rst", "posts/README.rst", "posts/_g.rst", "posts/h.txt"], "Words."),
        }
    )
    told = [one for one in found(folder, tmp_path / "a", 1) if one.code == "markup-unknown"]
    assert [one.path for one in told] == ["posts/b.rst", "posts/e.org"]
    assert "nor are 1 more" in told[0].message
    (folder / "feedsvc.toml").write_text("[posts]\ndialect = 'pelican'\n")
    told = [one for one in found(folder, tmp_path / "b", 1) if one.code == "markup-unknown"]
    assert told == []
