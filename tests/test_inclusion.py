"""What a body draws in from other files is there, follows them, and comes from nowhere else."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from feedsvc.export import export
from feedsvc.rendering import EntryRenderer
from feedsvc.site import open_site, publish
from feedsvc.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from feedsvc.index.entries import RenderedEntry
    from feedsvc.index.store import Stored
    from feedsvc.model import Document
    from tests.conftest import SiteFactory

NOW = datetime(2026, 6, 1, tzinfo=UTC)
POST = "---\ntitle: {0}\n---\n{1}\n"
BODY = (
    "Before {% include note.html who='Ann' %} {{ site.data.team.lead }}"
    "{% for topic in site.topics %}{{ topic.title }}{% endfor %} after."
)
FILES = {
    "_config.yml": "url: https://example.org\nboss: Eve\ncollections: [topics]\n",
    "_includes/note.html": "<b>{{ include.who }} {% include deep.html %}</b>",
    "_includes/deep.html": "one",
    "_data/team.yml": "lead: Zoe\n",
    "_topics/deep/k.md": "---\ntitle: K\n---\n",
    "_posts/2026-05-01-a.md": POST.format("A", BODY),
    "_posts/2026-05-02-b.md": POST.format("B", "Plain."),
}
SHOWN = "Before Ann one ZoeK after."


@pytest.fixture
def folder(make_site: SiteFactory) -> Path:
    return make_site(FILES)


def words(document: Document | None) -> str:
    """The words of post A in a feed."""
    assert document is not None
    items = {item["title"]: item["content_html"] for item in json.loads(document.body)["items"]}
    return " ".join(re.sub("<[^>]*>", "", items["A"]).split())


def shown(folder: Path) -> str:
    return words(publish(open_site(folder), NOW).get("/feed.json"))


EDITS = [
    ({"_includes/note.html": "{{ include.who }}!"}, "Before Ann! ZoeK after."),
    ({"_includes/deep.html": "two"}, "Before Ann two ZoeK after."),
    ({"_data/team.yml": "lead: Moe\n"}, "Before Ann one MoeK after."),
    ({"_includes/deep.html": "{{ site.boss }}"}, "Before Ann Eve ZoeK after."),
    (
        {"_includes/deep.html": "{{ site.data.new.x }}", "_data/new.json": '{"x": 7}'},
        "Before Ann 7 ZoeK after.",
    ),
    ({"_includes/deep.html": None}, "Before Ann ZoeK after."),
    ({"_data/team.yml": None}, "Before Ann one K after."),
    ({"_data/team.yml": None, "_data/team.csv": "lead\nx\n"}, "Before Ann one K after."),
    ({"_topics/deep/k.md": "---\ntitle: L\n---\n"}, "Before Ann one ZoeL after."),
    ({"_topics/deep/k.md": None}, "Before Ann one Zoe after."),
    ({"_topics/a.md": "---\ntitle: A\n---\n"}, "Before Ann one ZoeAK after."),
    ({"_topics/a.md": "none of the documents"}, SHOWN),
]


def write(folder: Path, files: Mapping[str, str | None]) -> None:
    for path, text in files.items():
        if text is None:
            (folder / path).unlink()
        else:
            (folder / path).write_text(text, "utf-8")


@pytest.mark.parametrize(("edit", "expected"), EDITS)
def test_an_entry_follows_the_files_that_it_draws_in(
    folder: Path, edit: dict[str, str | None], expected: str
) -> None:
    assert shown(folder) == SHOWN
    write(folder, edit)
    assert shown(folder) == expected
    write(folder, {path: FILES.get(path, "") for path in edit})
    assert shown(folder) == SHOWN


@pytest.mark.parametrize(("edit", "expected"), EDITS)
def test_a_running_server_follows_them_too(
    folder: Path, edit: dict[str, str | None], expected: str
) -> None:
    client = create_app(folder).test_client()

    def served() -> str:
        items = client.get("/feed.json").json["items"]  # type: ignore[index]
        text = next(item["content_html"] for item in items if item["title"] == "A")
        return " ".join(re.sub("<[^>]*>", "", text).split())

    assert served() == SHOWN
    write(folder, edit)
    assert served() == expected


def test_a_file_that_was_missing_is_seen_when_it_comes(folder: Path) -> None:
    write(folder, {"_includes/deep.html": None})
    client = create_app(folder).test_client()
    assert "one" not in client.get("/feed.atom").text
    write(folder, {"_includes/deep.html": "one"})
    assert "one" in client.get("/feed.atom").text


def test_deleting_the_index_changes_no_byte(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exported(name: str) -> dict[str, bytes]:
        out = tmp_path / name
        export(folder, out, now=NOW)
        return {file.name: file.read_bytes() for file in out.glob("feed.*")}

    exported("first")
    write(folder, {"_includes/deep.html": "two", "_data/team.yml": "lead: Moe\n"})
    kept = exported("kept")
    monkeypatch.setenv("FEEDSVC_CACHE", str(tmp_path / "another"))
    assert exported("anew") == kept
    assert b"two" in kept["feed.atom"]
    assert b"Moe" in kept["feed.atom"]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("_includes/deep.html", "two", "Before Ann two ZoeK after."),
        ("_topics/deep/k.md", "---\ntitle: L\n---\n", "Before Ann one ZoeL after."),
    ],
)
def test_only_entries_that_draw_in_a_file_are_rendered_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, path: str, text: str, expected: str
) -> None:
    site = open_site(folder)
    publish(site, NOW).get("/feed.json")
    rendered = []
    render = EntryRenderer._render

    def noting(self: EntryRenderer, posts: Sequence[Stored]) -> list[RenderedEntry]:
        rendered.extend(one.path for one in posts)
        return render(self, posts)

    monkeypatch.setattr(EntryRenderer, "_render", noting)
    write(folder, {path: text})
    assert words(publish(site, NOW).get("/feed.json")) == expected
    assert rendered == ["_posts/2026-05-01-a.md"]


@pytest.mark.parametrize(
    "edit",
    [
        {"_includes/deep.html": "two"},
        {"_data/team.yml": "lead: Moe\n"},
        {"_topics/deep/k.md": "---\ntitle: L\n---\n"},
    ],
)
def test_no_post_is_announced_because_a_file_that_it_draws_in_changed(
    folder: Path, edit: dict[str, str | None]
) -> None:
    def told() -> dict[str, str]:
        document = publish(open_site(folder), NOW).get("/feed.json")
        assert document is not None
        items = json.loads(document.body)["items"]
        return {item["title"]: item.get("date_modified", "") for item in items}

    before = told()
    write(folder, edit)
    assert shown(folder) != SHOWN
    assert told() == before


def test_a_file_outside_the_site_is_never_drawn_in(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("secret", "utf-8")
    (folder / "_includes/link.html").symlink_to(tmp_path / "secret.html")
    outside = "../../secret.html"
    body = f"x{{% include link.html %}}{{% include {outside} %}}{{% include_relative {outside} %}}y"
    write(folder, {"_posts/2026-05-01-a.md": POST.format("A", body)})
    assert shown(folder) == "xy"


def test_links_in_an_include_lead_to_the_posts_they_name(folder: Path) -> None:
    write(folder, {"_includes/deep.html": "[b]({% post_url 2026-05-02-b %})"})
    document = publish(open_site(folder), NOW).get("/feed.json")
    assert document is not None
    assert b'href=\\"https://example.org/2026/05/02/b.html\\"' in document.body
