"""No folder makes a command end in a traceback, hang, or take the machine's memory.

Each command runs as a process of its own, within bounds of time and memory; what cannot be read is
a finding, or an error of one line.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest

from feedsvc.cli import main
from tests import bounds

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = ("check --format json", "posts", "feeds", "export {out}")
MEMORY = 2 << 30  # address space, of which libraries alone take some hundred megabytes
# Runs commands one after the other and tells of each how it ended and what it said.
DRIVER = """
import contextlib, io, json, sys
from feedsvc.cli import main

for argv in json.load(sys.stdin):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(argv)
    print(json.dumps([code, out.getvalue(), err.getvalue()]), flush=True)
"""
DATED = "date: 2026-05-30 10:00 +0800"
GOOD = f"---\ntitle: Good\n{DATED}\n---\nWords.\n"


def post(front="", body="Words.\n"):
    return f"---\ntitle: A\n{DATED}\n{front}\n---\n{body}"


def aliases(levels=30):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(lines)


def limit(commands):
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    bounds.limit(commands)


def run(argvs, tmp_path: Path):
    """Run commands in one process within bounds; return code and stdout of each."""
    done = subprocess.run(
        [sys.executable, "-c", DRIVER],
        input=json.dumps(argvs),
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=600,  # for what hangs without working
        preexec_fn=partial(limit, len(argvs)),
        cwd=tmp_path,
        env={**os.environ, "FEEDSVC_CACHE": str(tmp_path / "cache")},
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(argvs), (argvs[len(answers)], done.returncode, done.stderr[-3000:])
    for argv, (code, _, err) in zip(argvs, answers, strict=True):
        assert code in (0, 1, 2), (argv, code, err)
        # What was found, what is beside it, and at most one error: nothing that fills a screen.
        assert err.count("\n") <= 12, (argv, err)
        assert max(map(len, err.splitlines()), default=0) < 2000, argv
    return answers


def codes(site: Path, tmp_path: Path) -> dict[str, set[str]]:
    """Run every command; return the codes that the check found by path."""
    out = tmp_path / "out"
    argvs = [[*one.format(out=out).split(), "--site", str(site)] for one in COMMANDS]
    found: dict[str, set[str]] = {}
    for one in json.loads(run(argvs, tmp_path)[0][1]):
        found.setdefault(one["path"], set()).add(one["code"])
        assert len(one["message"]) < 2000
    return found


MARKDOWN = {
    "quotes.md": ">" * 20_000 + " deep",
    "lists.md": "\n".join("  " * n + "- x" for n in range(400)),
    "brackets.md": "[" * 50_000 + "]" * 50_000,
    "links.md": "[a](" * 20_000,
    "stars.md": "*a **a " * 20_000,
    "backticks.md": " ".join("`" * n for n in range(1, 600)),
    "references.md": "\n".join(f"[a{n}]: /x\n" for n in range(5_000)) + "[a1]" * 20_000,
    "table.md": "|" * 5_000 + "\n" + "|-" * 5_000 + "\n" + "|" * 5_000,
    "entities.md": "&amp;" * 100_000,
    "one-line.md": "word " * 500_000,
}
HTML = {
    "deep.html": "<div>" * 100_000,
    "unclosed.html": "<a href='" + "x" * 1_000_000,
    "attributes.html": "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x</p>",
    "comments.html": "<!--" * 100_000,
    "tables.html": "<table><tr><td>" * 3_000,
    "formats.html": "<b><i>" * 3_000 + "x" + "</b>" * 3_000,
    "script.html": "<script>" * 10_000,
    "svg.html": "<svg><foreignObject><p>" * 2_000,
}
LIQUID = {
    "open.md": "{% if a %}" * 20_000,
    "raw.md": "{% raw %}{{ x }}" * 20_000,
    "grow.md": "{% assign a = 'xxxxxxxxxx' %}"
    + "".join("{% capture a %}" + "{{ a }}" * 10 + "{% endcapture %}" for _ in range(30))
    + "{{ a }}",
    "braces.md": "{{" * 50_000 + "}}" * 50_000,
    "filters.md": "{{ 'a' " + "| append: 'a' " * 20_000 + "}}",
    "highlight.md": "{% highlight " * 10_000,
}
FRONT = {
    "aliases.md": post(aliases()),
    "merges.md": post(
        "a: &a {k: v}\n" + "\n".join(f"b{n}: &b{n} {{<<: [*a, *a]}}" for n in range(500))
    ),
    "self.md": post("a: &a [*a]"),
    "flow.md": post("a: " + "[" * 50_000),
    "blocks.md": post("\n".join(" " * n + "k:" for n in range(2_000))),
    "dashes.md": post("- " * 50_000),
    "long-line.md": post("a: " + "x" * 5_000_000),
    "long-key.md": post("? " + "x" * 200_000 + "\n: 1"),
    "number.md": post("a: " + "9" * 200_000),
    "integer.md": f"+++\na = {'9' * 100_000}\n+++\n",
    "date.md": f"---\ntitle: A\ndate: {'1' * 100_000}\n---\n",
    "zone.md": f"---\ntitle: A\ndate: 2026-01-01 00:00 {'Z' * 70}\n---\n",
    "toml-dots.md": f"+++\n{'.'.join('a' * 20_000)} = 1\n+++\n",
    "toml-deep.md": f"+++\na = {'[' * 20_000}{']' * 20_000}\n+++\n",
    "toml-tables.md": "+++\n" + "\n".join(f"[{'a.' * n}a]" for n in range(1, 60)) + "\n+++\n",
    "json-deep.md": '{"a": ' + "[" * 100_000 + "]" * 100_000 + "}\n",
    "json-number.md": '{"date": ' + "9" * 100_000 + "}\n",
    "nul.md": post("a: b\0c", "a\0b\n" * 100),
    "surrogate.md": post('title2: "\\ud800"'),
    "kinds.md": post(
        "\n".join(
            f"{key}: {value}"
            for key, value in zip(
                (
                    *("slug", "permalink", "tags", "categories", "author", "lang", "image", "id"),
                    *("summary", "enclosure", "draft", "expires", "updated", "feed", "aliases"),
                ),
                ("{a: [1]}", "[[[]]]", "12.5", "!!binary aGk=", "~", "2026-01-01") * 3,
                strict=False,
            )
        )
    ),
    "up.md": post("permalink: /../../../etc/passwd\nslug: ../../x\nimage: ../../../etc/passwd"),
    "names.md": post("tags: ['..', '.', '/', '\\\\', 'con', '\u202e', '" + "x" * 5000 + "']"),
}
ENCODINGS = {
    "utf16.md": post().encode("utf-16"),
    "utf16-bare.md": post().encode("utf-16-be"),
    "utf32.md": post().encode("utf-32"),
    "latin.md": post("author: Ren\xe9").encode("latin-1"),
    "bytes.md": bytes(range(256)) * 1000,
    "nuls.md": b"\0" * 100_000,
    "empty.md": b"",
    "fence.md": b"---",
    "mark.md": b"\xef\xbb\xbf",
    "returns.md": b"---\rtitle: A\rdate: 2026-05-30\r---\rWords.\r" * 1000,
}


@pytest.mark.parametrize(
    "files", [FRONT, ENCODINGS, MARKDOWN, HTML], ids=["front", "encodings", "markdown", "html"]
)
def test_hostile_posts_are_findings_and_the_rest_is_published(files, make_site, tmp_path):
    texts = {
        path: text if files in (FRONT, ENCODINGS) else post(body=text)
        for path, text in files.items()
    }
    site = make_site({**texts, "good.md": GOOD})
    found = codes(site, tmp_path)
    assert not found.get("good.md", set()) - {"post-duplicate"}
    assert b"Good" in (tmp_path / "out/feed.atom").read_bytes()


NIKOLA = (
    "BLOG_TITLE = BLOG_AUTHOR = 'x'\nSITE_URL = ''\nPOSTS = [('posts/*.md', '', '')]\nPAGES = ()\n"
)


@pytest.mark.parametrize(
    ("config", "folder"),
    [
        ("_config.yml", "_posts"),
        ("hugo.toml", "content"),
        ("pelicanconf.py", "content"),
        ("conf.py", "posts"),
        ("eleventy.config.js", "posts"),
        ("astro.config.mjs", "src/content/blog"),
    ],
)
def test_hostile_posts_of_every_engine(config, folder, make_site, tmp_path):
    small = {path: text for path, text in FRONT.items() if len(text) < 1_000_000}
    texts = {**small, **ENCODINGS, **{path: post(body=text) for path, text in LIQUID.items()}}
    dated = {f"{folder}/2026-05-30-{path}": text for path, text in texts.items()}
    dated |= {f"{folder}/2026-05-31-x.mdx": post(body="<A " * 20_000 + "{/*" * 20_000)}
    dated |= {f"{folder}/2026-05-31-y.md": post(body="{{< x " * 20_000 + "{{% y %}}" * 20_000)}
    said = NIKOLA if config == "conf.py" else ""
    site = make_site({config: said, **dated, f"{folder}/2026-05-30-good.md": GOOD})
    codes(site, tmp_path)


YAML_BOMBS = [aliases(), "a: &a [*a]", "a: " + "[" * 50_000, "\0", "- 1", "a: !!python/object:x {}"]
TOML_BOMBS = [f"{'.'.join('a' * 20_000)} = 1", "a = " + "[" * 20_000, "\0", "a = 1\na = 2"]
PYTHON_BOMBS = [
    "X = " + "(" * 5_000,
    "X = " + "-" * 50_000 + "1",
    "X = 9 ** 9 ** 9",
    "X = [" + "1," * 50_000 + "]",
    "while True: pass",
    "import os; os._exit(3)",
    "X = '" + "x" * 2_000_000 + "'",
    "\0",
]
BOMBS = [
    *(("_config.yml", text) for text in YAML_BOMBS),
    *(("hugo.yaml", text) for text in YAML_BOMBS[:3]),
    *(("hugo.toml", text) for text in TOML_BOMBS),
    *(("config.json", text) for text in ('{"a":' * 100_000, "[" * 100_000, "9" * 100_000)),
    *(("feedsvc.toml", text) for text in TOML_BOMBS),
    *(("pelicanconf.py", text) for text in PYTHON_BOMBS),
    ("eleventy.config.js", "module.exports = {dir:{input:" + "(" * 200_000),
    (".eleventy.js", "eleventyConfig.addPassthroughCopy('" * 20_000),
]


def test_hostile_configuration_is_read_within_bounds_or_one_error(make_site, tmp_path):
    sites = [
        make_site(
            {name: text, "_posts/2026-05-30-a.md": GOOD, "content/a.md": GOOD}, name=f"{n}-{name}"
        )
        for n, (name, text) in enumerate(BOMBS)
    ]
    answers = run([["check", str(site)] for site in sites], tmp_path)
    for site, (code, _, err) in zip(sites, answers, strict=True):
        if code == 2:
            assert err.startswith("feedsvc: "), site.name
            assert err.count("\n") == 1, site.name


@pytest.mark.parametrize("name", ["_config.yml", "hugo.toml", "feedsvc.toml", "pelicanconf.py"])
def test_configuration_that_is_no_plain_file(name, make_site, tmp_path):
    files = {"a.md": GOOD, "_posts/2026-05-30-a.md": GOOD}
    pipe, folder, circle, wide, large = (
        make_site(files, name=kind) for kind in ("pipe", "folder", "circle", "wide", "large")
    )
    os.mkfifo(pipe / name)
    (folder / name).mkdir()
    (circle / name).symlink_to(name)
    (wide / name).write_bytes("title: x".encode("utf-16"))
    (large / name).touch()
    os.truncate(large / name, 100_000_000)
    run([["check", str(site)] for site in (pipe, folder, circle, wide, large)], tmp_path)


JEKYLL = {"_config.yml": "title: x", "_posts/b.md": GOOD}


@pytest.mark.parametrize("files", [{"b.md": GOOD}, JEKYLL])
def test_pipes_where_the_engine_is_found_out(files, make_site, tmp_path):
    site = make_site(files)
    for name in ("a.md", "a.html", "a.xml", "feed.xml"):
        os.mkfifo(site / name)
    run([["check", str(site)]], tmp_path)


def test_hostile_folders_are_findings(make_site, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text(GOOD.replace("Good", "Secret"), "utf-8")
    site = make_site({"good.md": GOOD, "folder/a.md": post("tags: [x]"), "large.md": ""})
    (site / "out.md").symlink_to(outside / "secret.md")
    (site / "out").symlink_to(outside)
    (site / "self.md").symlink_to("self.md")
    (site / "circle").symlink_to(".")
    (site / "folder/up").symlink_to("..")
    (site / "gone.md").symlink_to("nowhere.md")
    os.mkfifo(site / "pipe.md")
    (site / "a-folder.md").mkdir()
    os.truncate(site / "large.md", 100_000_000)
    deep = site
    for _ in range(60):
        deep = deep / ("d" * 30)
    deep.mkdir(parents=True)
    with open(os.fsencode(site) + b"/caf\xe9.md", "w") as file:  # noqa: PTH123
        file.write(GOOD)
    found = codes(site, tmp_path)
    for path in ("out.md", "out", "self.md", "circle", "folder/up", "gone.md", "caf\\xe9.md"):
        assert found[path] == {"file-unreadable"}, path
    assert found["large.md"] == {"post-unreadable"}
    feed = (tmp_path / "out/feed.atom").read_text("utf-8")
    assert "Good" in feed
    assert "Secret" not in feed


def test_unreadable_files_are_findings(make_site, tmp_path, monkeypatch, run_in_process):
    site = make_site({"good.md": GOOD, "shut.md": GOOD})
    real = os.open

    def refuse(path, *rest, **more):
        if str(path).endswith("shut.md"):
            raise PermissionError(13, "Permission denied", path)
        return real(path, *rest, **more)

    monkeypatch.setattr(os, "open", refuse)
    found = run_in_process(site)
    assert ("shut.md", "post-unreadable") in found
    assert not [path for path, _ in found if path == "good.md"]


def test_files_that_vanish_and_change_while_they_are_read(make_site, tmp_path):
    files = {f"{n}.md": GOOD.replace("Good", f"Post {n}") for n in range(300)}
    site = make_site(files)
    stop = threading.Event()

    def churn():
        while not stop.is_set():
            for name in list(files)[::7]:
                (site / name).unlink(missing_ok=True)
                (site / name).write_text(GOOD, "utf-8")

    thread = threading.Thread(target=churn)
    thread.start()
    try:
        run([[*one.split(), str(site)] for one in COMMANDS[:3]], tmp_path)
    finally:
        stop.set()
        thread.join()


@pytest.fixture
def run_in_process(capsys, tmp_path):
    def run(site):
        main(["check", str(site), "--format", "json"])
        return [(one["path"], one["code"]) for one in json.loads(capsys.readouterr().out)]

    return run
