"""No file and no name makes an engine's dialect raise, hang or leave the site."""

from __future__ import annotations

import json
import pickle
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from feedsvc import sites
from feedsvc.config import load_settings
from feedsvc.errors import FeedsvcError
from feedsvc.posts.dialect import Source

if TYPE_CHECKING:
    from feedsvc.settings import Settings

ENGINES = sorted(sites.engines())
KEYS = (
    *("title", "date", "slug", "permalink", "url", "path", "tags", "categories", "category"),
    *("tag", "draft", "published", "build", "cascade", "lang", "status", "modified", "author"),
    *("taxonomies", "extra", "expirydate", "publishdate", "feed", "image", "summary", "id"),
)
SCALARS = st.text(max_size=12) | st.sampled_from(
    ["..", "../../x", "{{ a }}", ":year", "{date:%Y}", "{slug}", "2020-01-01", "true", "9" * 30]
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Settings]:
    folder = tmp_path_factory.mktemp("site")
    found = {}
    for name in ENGINES:
        overrides: dict[str, Any] = {"posts": {"dialect": name, "path": ""}}
        found[name] = load_settings(folder, overrides, {}).settings
    return found


def check(settings: Settings, path: str, data: bytes) -> None:
    dialect = sites.dialect(settings)
    dialect.is_post(path, settings)
    side = {"_index.md": data, "a.json": data}
    reading = dialect.read(Source(path, "", data, side.get), settings)
    if reading.post is None:
        return
    post = reading.post
    pickle.dumps(post)
    assert "/../" not in f"{post.permalink}/"
    assert post.permalink.isprintable()
    assert post.id
    assert dialect.body(data, reading.body_start).text == post.body


@given(
    data=st.binary(max_size=200), fence=st.sampled_from([b"", b"---\n", b"+++\n", b"---json\n{"])
)
@pytest.mark.parametrize("name", ENGINES)
def test_any_bytes_are_a_post_or_a_finding(
    name: str, data: bytes, fence: bytes, settings: dict[str, Settings]
) -> None:
    check(settings[name], "2020-01-01-a.md", fence + data)


@examples(max_examples=50, deadline=None)
@given(
    fields=st.dictionaries(st.sampled_from(KEYS), SCALARS | st.lists(SCALARS, max_size=2)),
    where=st.sampled_from(["2020-01-01-a.md", "x/y/2020-01-01-..md", "日/a.de.md", "a/index.md"]),
)
@pytest.mark.parametrize("name", ENGINES)
def test_any_front_matter_is_a_post_or_a_finding(
    name: str, fields: dict[str, Any], where: str, settings: dict[str, Settings]
) -> None:
    if name == "pelican":
        lines = "".join(f"{key}: {value}\n" for key, value in fields.items())
        check(settings[name], where, f"Title: t\nDate: 2020-01-01\n{lines}\nBody".encode())
    else:
        mark = "---\n" if name != "hugo" else ""
        front = json.dumps(fields) if mark else json.dumps(fields | {"x": 1})
        check(settings[name], where, f"{mark}{front}\n{mark}Body".encode())


# (a key of each kind that leads to a path, a pattern, an address or a choice)
CONFIGURED = {
    "jekyll": ("_config.yml", ("source", "collections_dir", "permalink", "url", "baseurl", "feed")),
    "hugo": ("hugo.json", ("contentDir", "permalinks", "baseURL", "ignoreFiles", "languages")),
}
MEANT = SCALARS | st.none() | st.booleans() | st.integers() | st.sampled_from(["\0", "a\0/b", "[["])


VALUES = MEANT | st.lists(MEANT, max_size=2) | st.dictionaries(SCALARS, MEANT)


@examples(max_examples=60, deadline=None)
@given(values=st.lists(VALUES, min_size=6))
@pytest.mark.parametrize("name", ["jekyll", "hugo"])
def test_any_configuration_is_read_or_refused(
    name: str, values: list[Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("configured")
    file, keys = CONFIGURED[name]
    (folder / file).write_text(json.dumps(dict(zip(keys, values, strict=False))))
    with suppress(FeedsvcError):
        found = load_settings(folder, None, {}).settings
        check(found, "2020-01-01-a.md", b"---\ntitle: A\ndate: 2020-01-01\n---\nB")
