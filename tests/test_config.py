"""What the configuration promises: precedence, one-line errors, defaults of a plain folder."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.config import Configuration, load_settings, schema
from feedsvc.config.sources import variable
from feedsvc.errors import ConfigError, FeedsvcError, SiteNotFoundError
from feedsvc.model import Author
from feedsvc.settings import Settings, TermSettings

DOCS = Path(__file__).parents[1] / "docs"


def load(
    folder: Path,
    text: str = "",
    overrides: dict[str, Any] | None = None,
    environ: dict[str, str] | None = None,
) -> Configuration:
    if text:
        (folder / "feedsvc.toml").write_text(text, encoding="utf-8")
    return load_settings(folder, overrides, environ or {})


def message(folder: Path, text: str = "", **more: Any) -> str:
    with pytest.raises(ConfigError) as caught:
        load(folder, text, **more)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 2
    return str(caught.value)


# -- a folder without any configuration --------------------------------------------------------


def test_plain_folder_needs_no_configuration(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    found = load(tmp_path)
    assert found.settings.posts.path == ("posts",)
    assert found.settings.site.title == tmp_path.name
    assert found.settings.engine == ""
    assert found.settings.posts.dialect == found.settings.feeds.urls == "feedsvc"
    assert found.detection == "Plain folder, posts in posts/"
    assert found.findings == ()


@pytest.mark.parametrize(
    ("folders", "expected"),
    [
        (["content", "_posts", "posts"], "posts"),
        (["content", "_posts"], "_posts"),
        (["content"], "content"),
        ([], ""),
    ],
)
def test_posts_lie_in_the_first_usual_folder_or_in_the_site_itself(
    tmp_path: Path, folders: list[str], expected: str
) -> None:
    for name in folders:
        (tmp_path / name).mkdir()
    assert load(tmp_path).settings.posts.path == (expected,)


def test_settings_reach_worker_processes(tmp_path: Path) -> None:
    settings = load(tmp_path, "[tags.a]\ntitle = 'A'").settings
    assert pickle.loads(pickle.dumps(settings)) == settings


def test_a_plain_folder_imports_no_heavy_library(
    tmp_path: Path, unmeasured: dict[str, str]
) -> None:
    code = (
        "import sys; from pathlib import Path; from feedsvc.config import load_settings\n"
        f"load_settings(Path({str(tmp_path)!r}), None, {{}})\n"
        "heavy = {'yaml', 'tomllib', 'frontmatter', 'dateutil', 'lxml', 'flask', 'difflib',"
        " 'feedsvc.posts.dialect', 'feedsvc.posts.permalinks'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=unmeasured
    )
    assert done.stdout.strip() == "[]"


# -- precedence --------------------------------------------------------------------------------


def test_command_line_beats_environment_beats_file_beats_engine(tmp_path: Path) -> None:
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_config.yml").write_text("title: engine\ndescription: engine\nlang: de")
    text = "[site]\ntitle = 'file'\nsubtitle = 'file'\nrights = 'file'"
    environ = {"FEEDSVC_SITE__TITLE": "environment", "FEEDSVC_SITE__RIGHTS": "environment"}
    site = load(tmp_path, text, {"site": {"title": "line"}}, environ).settings.site
    assert (site.title, site.rights) == ("line", "environment")
    assert (site.subtitle, site.language) == ("file", "de")


def test_environment_values_become_what_their_keys_hold(tmp_path: Path) -> None:
    environ = {
        "FEEDSVC_FEEDS__LIMIT": "7",
        "FEEDSVC_FEEDS__FORMATS": "atom, json",
        "FEEDSVC_POSTS__DRAFTS": "yes",
        "FEEDSVC_LEDGER__ENABLED": "0",
        "FEEDSVC_SITE__AUTHOR__NAME": "Ada",
        "FEEDSVC_SITE__AUTHOR__EMAIL": "ada@example.org",
        "FEEDSVC_TAGS__NEWS__TITLE": "News",
        "FEEDSVC_CACHE": "not a key of a table",
    }
    settings = load(tmp_path, environ=environ).settings
    assert settings.feeds.limit == 7
    assert settings.feeds.formats == ("atom", "json")
    assert settings.posts.drafts
    assert not settings.ledger.enabled
    assert settings.site.author == Author("Ada", "ada@example.org")
    assert settings.tags == {"news": TermSettings("News")}


def test_the_process_environment_is_read_unless_another_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FEEDSVC_SITE__TITLE", "From outside")
    assert load_settings(tmp_path).settings.site.title == "From outside"
    assert load_settings(tmp_path, None, {}).settings.site.title == tmp_path.name


def test_dialect_may_be_chosen_without_the_engine_being_there(tmp_path: Path) -> None:
    found = load(tmp_path, "[posts]\ndialect = 'jekyll'")
    assert (found.settings.engine, found.settings.feeds.urls) == ("jekyll", "jekyll")


# -- values ------------------------------------------------------------------------------------


def test_every_key_of_the_schema_arrives_in_settings(tmp_path: Path) -> None:
    samples = {
        "site.url": "https://example.org",
        "site.timezone": "Asia/Tokyo",
        "site.language": "ja",
        "site.icon": "https://example.org/i.png",
        "site.logo": "https://example.org/l.png",
        "site.pages": "none",
        "site.author.uri": "https://example.org/me",
        "site.author.email": "me@example.org",
        "posts.path": ["a"],
        "posts.dialect": "hugo",
        "feeds.archives": "all",
        "feeds.hub": "https://hub.example.org/?a=b",
        "feeds.formats": ["json"],
        "feeds.content": "summary",
        "feeds.urls": "wordpress",
        "languages.language": "fr-CA",
        "podcast.image": "https://example.org/p.png",
        "podcast.category": ["News"],
        "podcast.type": "serial",
        "podcast.owner.uri": "https://example.org/owner",
        "podcast.owner.email": "owner@example.org",
        "podcast.guid": "917393E3-1b1e-5cef-ace4-edaa54e1f810",
    }
    (tmp_path / "a").mkdir()
    for key in schema.keys().values():
        name = f"{key.table}.{key.name}"
        kind = key.kind.name
        value: Any = samples.get(name, True if "true" in kind else 3 if "number" in kind else "x")
        table: dict[str, Any] = {key.name: value}
        if key.table in schema.TERMS:
            table = {"slug": table}
        for part in reversed(key.table.split(".")):
            if key.name in ("email", "uri"):
                table |= {"name": "N"} if part in ("author", "owner") else {}
            table = {part: table}
        found: Any = load(tmp_path, overrides=table).settings
        for part in [*key.table.split("."), *(["slug"] if key.table in schema.TERMS else [])]:
            found = found[part] if isinstance(found, dict) else getattr(found, part)
        expected = tuple(value) if isinstance(value, list) else value
        assert getattr(found, key.name) == expected, name


def test_every_field_of_settings_has_a_key() -> None:
    known = {(key.table, key.name) for key in schema.keys().values()}
    tables = {key.table for key in schema.keys().values()}
    for section, settings in Settings(Path("/"))._asdict().items():
        if section in ("folder", "engine", "engine_options", *schema.TERMS):
            continue
        for field in settings._fields:
            assert (section, field) in known or f"{section}.{field}" in tables


def test_url_loses_its_trailing_slash_and_keeps_its_base_path(tmp_path: Path) -> None:
    site = load(tmp_path, "[site]\nurl = 'https://example.org/blog/'").settings.site
    assert site.url == "https://example.org/blog"


def test_pictures_given_as_paths_are_below_the_site(tmp_path: Path) -> None:
    text = "[site]\nurl = 'https://example.org/blog'\nicon = '/i.png'\nlogo = '//cdn.example/l.png'"
    site = load(tmp_path, text).settings.site
    assert site.icon == "https://example.org/blog/i.png"
    assert site.logo == "https://cdn.example/l.png"


def test_a_path_of_a_picture_is_a_path_whatever_it_looks_like(tmp_path: Path) -> None:
    text = "[site]\nurl = 'https://example.org'\nicon = '/https://['\nlogo = '/a:b.png'"
    site = load(tmp_path, text).settings.site
    assert site.icon.startswith("https://example.org/https:")
    assert site.logo == "https://example.org/a:b.png"


def test_language_underscores_become_hyphens(tmp_path: Path) -> None:
    assert load(tmp_path, "[site]\nlanguage = 'fa_IR.UTF-8'").settings.site.language == "fa-IR"


def test_author_may_be_a_name_or_a_table(tmp_path: Path) -> None:
    assert load(tmp_path, "[site]\nauthor = 'Ada'").settings.site.author == Author("Ada")
    text = "[site]\nauthor = {name = 'Ada', uri = 'https://example.org/'}"
    author = load(tmp_path, text).settings.site.author
    assert author == Author("Ada", None, "https://example.org/")


def test_terms_have_titles_and_descriptions(tmp_path: Path) -> None:
    text = "[categories.shanghaifabu]\ntitle = '上海发布'\n[tags.'c++']\ndescription = 'D'"
    settings = load(tmp_path, text).settings
    assert settings.categories["shanghaifabu"].title == "上海发布"
    assert settings.tags["c++"].description == "D"


# -- errors: one line that names the place, what is wrong and what to do ------------------------


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("[site]\n\nurll = 'x'", "feedsvc.toml:3:", "did you mean 'url'?"),
        ("[sit]\nurl = 'x'", "feedsvc.toml:1:", "did you mean 'site'?"),
        ("limit = 3", "feedsvc.toml:1:", "[limit] stands in no table; write it below [feeds]"),
        ("author = 'Ada'", "feedsvc.toml:1:", "write it below [site] or [podcast]"),
        ("title = 'x'\n[site]", "feedsvc.toml:1:", "write it below [site]"),
        ("colour = 3", "feedsvc.toml:1:", "known are"),
        ("[limit]\nsite = 3", "feedsvc.toml:1:", "known are"),
        ("[tags.a]\ntitel = 'x'", "feedsvc.toml:2:", "did you mean 'title'?"),
        ("[site.author]\nemial = 'x'", "feedsvc.toml:2:", "did you mean 'email'?"),
        ("site = 3", "feedsvc.toml:1:", "must be a table"),
        ("[podcast]\nguid = 'x'", "feedsvc.toml:2:", "must be a UUID"),
        ("[podcast.owner]\nname = 'N'\nemail = 'x'", "feedsvc.toml:3:", "must be a mail address"),
        ("[tags]\na = 'x'", "feedsvc.toml:2:", "write [tags.a]"),
        ("[site]\ntimezone = 'Europe/Berln'", "feedsvc.toml:2:", "did you mean 'Europe/Berlin'?"),
        ("[site]\ntimezone = 'europe/berlin'", "feedsvc.toml:2:", "did you mean 'Europe/Berlin'?"),
        ("[site]\ntimezone = 'utc '", "feedsvc.toml:2:", "did you mean 'UTC'?"),
        ("[site]\ntimezone = 'BST'", "feedsvc.toml:2:", "'BST'; write one such as"),
        ("[site]\ntimezone = 'GMT+8'", "feedsvc.toml:2:", "'GMT+8'; write one such as"),
        ("[site]\ntimezone = 'Localtime'", "feedsvc.toml:2:", "'Localtime'; write one such as"),
        ("[site]\ntimezone = 'Mars/Phobos'", "feedsvc.toml:2:", "write one such as"),
        ("[site]\nurl = 'example.org'", "feedsvc.toml:2:", "https://example.org/blog"),
        ("[site]\nurl = 'https://e.org/?q'", "feedsvc.toml:2:", "absolute address"),
        ("[site]\nurl = 'https://[::1'", "feedsvc.toml:2:", "Invalid IPv6 URL"),
        ("[site]\nurl = 'https://e.org:99999'", "feedsvc.toml:2:", "0-65535"),
        ("[site]\ntitle = 3", "feedsvc.toml:2:", "text in quotes"),
        ("[site]\nlanguage = '中文'", "feedsvc.toml:2:", "language tag"),
        ("[site]\nlanguage = 'english'", "feedsvc.toml:2:", "language tag"),
        ("[site]\nurl = 'https://e.org/a/%2E./b'", "feedsvc.toml:2:", "without `.` and `..`"),
        ("[site]\nicon = 'a b'", "feedsvc.toml:2:", "without blanks"),
        ("[site]\nicon = 'https://[/i.png'", "feedsvc.toml:2:", "Invalid IPv6 URL"),
        ("[podcast]\nimage = '//['", "feedsvc.toml:2:", "Invalid IPv6 URL"),
        ("[site.author]\nuri = 'me'", "feedsvc.toml:2:", "absolute URI"),
        ("[site]\npages = 'some'", "feedsvc.toml:2:", "'auto', 'all', 'feeds', 'none'"),
        ("[posts]\ndrafts = 'yes'", "feedsvc.toml:2:", "true or false"),
        ("[posts]\npath = '../out'", "feedsvc.toml:2:", "inside the site's folder"),
        ("[posts]\npath = '/etc'", "feedsvc.toml:2:", "inside the site's folder"),
        ("[posts]\npath = 3", "feedsvc.toml:2:", "in quotes"),
        ("[posts]\ndialect = 'jekill'", "feedsvc.toml:2:", "'jekyll'"),
        ("[feeds]\nlimit = 0", "feedsvc.toml:2:", "from 1 to"),
        ("[feeds]\nhub = 'hub.example.org'", "feedsvc.toml:2:", "https://hub.example.org/"),
        ("[feeds]\nlimit = true", "feedsvc.toml:2:", "whole number"),
        ("[feeds]\nformats = ['xml']", "feedsvc.toml:2:", "'atom', 'rss', 'json'"),
        ("[feeds]\nformats = []", "feedsvc.toml:2:", "list of"),
        ("[ledger]\npath = '.'", "feedsvc.toml:2:", "must name a file"),
        ("[site\nurl = 1", "feedsvc.toml:1:", "is not TOML"),
        ("a = " + "[" * 5000, "feedsvc.toml", "is not TOML"),
        ("a = " + "9" * 5000, "feedsvc.toml", "is not TOML"),
    ],
)
def test_wrong_configuration_is_one_line_with_file_line_and_remedy(
    tmp_path: Path, text: str, place: str, hint: str
) -> None:
    said = message(tmp_path, text)
    assert said.startswith(place)
    assert hint in said


def test_file_that_is_not_utf_8_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "feedsvc.toml").write_bytes(b"[site]\ntitle = '\xff'")
    assert message(tmp_path).startswith("feedsvc.toml:2: is not UTF-8")


def test_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "feedsvc.toml").mkdir()
    assert message(tmp_path).startswith("feedsvc.toml: cannot be read")


def test_unknown_environment_variable_suggests_the_nearest(tmp_path: Path) -> None:
    for name in ("FEEDSVC_SITE__URLL", "FEEDSVC_SITE__URL__X", "FEEDSVC_TAGS__TITLE"):
        said = message(tmp_path, environ={name: "x"})
        assert said.startswith(f"environment: {name} is unknown; did you mean 'FEEDSVC_")


def test_environment_variable_with_single_underscores_is_not_passed_over(tmp_path: Path) -> None:
    said = message(tmp_path, environ={"FEEDSVC_SITE_URL": "https://example.org"})
    assert said.endswith("FEEDSVC_SITE_URL is unknown; did you mean 'FEEDSVC_SITE__URL'?")
    said = message(tmp_path, environ={"FEEDSVC_PODCAST__OWNER_NAME": "x"})
    assert said.endswith("did you mean 'FEEDSVC_PODCAST__OWNER__NAME'?")
    # What Kubernetes tells of a service called feedsvc, and variables that other parts read.
    others = {"FEEDSVC_PORT": "tcp://10.0.0.1:80", "FEEDSVC_SERVICE_HOST": "x", "FEEDSVC_SITE": "."}
    assert load_settings(tmp_path, None, others).settings.site.url == "http://localhost:8000"


def test_wrong_environment_value_names_the_variable(tmp_path: Path) -> None:
    said = message(tmp_path, environ={"FEEDSVC_FEEDS__LIMIT": "many"})
    assert said == "environment: FEEDSVC_FEEDS__LIMIT must be a whole number from 1 to 10000"
    assert "true or false" in message(tmp_path, environ={"FEEDSVC_POSTS__DRAFTS": "perhaps"})


def test_wrong_command_line_value_says_so(tmp_path: Path) -> None:
    said = message(tmp_path, overrides={"site": {"zone": "UTC"}})
    assert said == "command line: [site] zone is unknown; did you mean 'timezone'?"


@pytest.mark.parametrize("name", ["missing", "file"])
def test_missing_site_folder_is_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(SiteNotFoundError, match="name the folder of a site"):
        load_settings(tmp_path / name, None, {})


def test_folder_that_cannot_be_listed_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(SiteNotFoundError, match="cannot be listed: Permission denied"):
        load_settings(tmp_path, None, {})


def test_folder_name_that_is_no_text_still_gives_a_title(tmp_path: Path) -> None:
    folder = tmp_path / "a\nb\udcff"
    folder.mkdir()
    assert load_settings(folder, None, {}).settings.site.title == "a b?"


def test_posts_below_an_underscore_are_read_beside_those_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "src" / "_posts").mkdir(parents=True)
    found = load_settings(tmp_path, environ={})
    assert found.settings.posts.path == ("", "src/_posts")
    (tmp_path / "docs" / "_posts").mkdir(parents=True)
    (tmp_path / "docs" / "_config.yml").write_text("title: T")
    found = load_settings(tmp_path, environ={})
    assert found.settings.posts.path == ("", "src/_posts")
    assert "docs/ is a Jekyll site" in found.detection
    (tmp_path / "content").mkdir()
    assert load_settings(tmp_path, environ={}).settings.posts.path == ("content",)


def test_missing_posts_folder_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "feedsvc.toml").write_text("[posts]\npath = ['nowhere']")
    with pytest.raises(SiteNotFoundError, match=r"feedsvc\.toml:2: .*no folder 'nowhere'"):
        load_settings(tmp_path, None, {})


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
_TABLES = st.sampled_from(sorted({key.table.split(".")[0] for key in schema.keys().values()}))
_NAMES = st.sampled_from(sorted({key.name for key in schema.keys().values()} | {"author", "x"}))


@given(values=st.dictionaries(_TABLES, st.dictionaries(_NAMES, _VALUES, max_size=3), max_size=3))
def test_whatever_a_configuration_holds_it_is_settings_or_one_line(
    values: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    try:
        found = load_settings(folder, values, {})
    except FeedsvcError as error:
        assert "\n" not in str(error)  # noqa: PT017 - either outcome is fine
    else:
        assert found.settings.site.title


# -- the documentation is tested ---------------------------------------------------------------


def test_every_key_stands_in_the_documentation_with_type_default_and_variable() -> None:
    rows = (DOCS / "configuration.md").read_text("utf-8").splitlines()
    for key in schema.keys().values():
        cells = f"| `{key.name}` | {key.kind.name} | "
        matching = [row for row in rows if row.startswith(cells) and f"`{variable(key)}`" in row]
        assert matching, f"{key.table}.{key.name}: {cells}"
        assert key.meaning in matching[0]
