"""How the command line is asked and how it ends."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from importlib.metadata import version
from types import SimpleNamespace

import pytest

from feedsvc import arguments, cli
from feedsvc.errors import ConfigError, ExportError

HEAVY = [
    "flask",
    "feedgen",
    "lxml",
    "yaml",
    "jinja2",
    "dateutil",
    "frontmatter",
    "tqdm",
    "sqlite3",
    "granian",
]


@pytest.mark.parametrize("argv", [["--help"], ["check", "--help"], ["export", "--help"]])
def test_help_imports_nothing_heavy(argv, unmeasured):
    code = (
        "import sys\nfrom feedsvc.cli import main\n"
        f"try: main({argv!r})\nexcept SystemExit: pass\n"
        f"sys.exit(' '.join(sorted(set({HEAVY!r}) & set(sys.modules))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=unmeasured
    )
    assert done.stderr.strip() == ""


def test_help_loads_little(unmeasured):
    """Loading is all that `--help` spends time on: 55 modules, 5 of them ours, take 0.05 s."""
    code = (
        "import sys\nbefore = set(sys.modules)\nfrom feedsvc.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print(*set(sys.modules) - before, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=unmeasured
    )
    loaded = done.stderr.split()
    assert len(loaded) < 80
    assert len([name for name in loaded if name.startswith("feedsvc")]) < 8


def test_version_is_that_of_the_distribution(run):
    assert run("--version") == (0, f"feedsvc {version('feedsvc')}\n", "")


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        ([], "feedsvc: the following arguments are required: COMMAND; see 'feedsvc --help'"),
        (["export"], "the following arguments are required: TARGET; see 'feedsvc export --help'"),
        (["wibble"], "invalid choice: 'wibble'"),
        (["check", "--wibble"], "or argument here; see 'feedsvc check --help'"),
        (["check", "a", "b", "c"], "what is b c?"),
        (["check", "a", "--site", "b"], "which site: a or b?"),
        (["serve", "--port", "70000"], "'70000' is no port"),
        (["serve", "--port", "x"], "'x' is no port"),
        (["serve", "--workers", "0"], "'0' is no number from 1"),
        (["export", ""], "TARGET: names no folder"),
        (["feeds", "--json", "--html"], "not allowed with argument"),
        (["check", "--str"], "what is --str?"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(run, argv, message):
    code, out, err = run(*argv)
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("argv", "folder"),
    [
        (["posts"], "."),
        (["posts", "blog"], "blog"),
        (["posts", "--site", "blog"], "blog"),
        (["posts", "blog", "--site", "blog"], "blog"),
        (["posts", "--json", "blog"], "blog"),
        (["feeds", "blog", "--json"], "blog"),
        (["export", "out", "--strict", "blog"], "blog"),
        (["export", "--site", "blog", "out"], "blog"),
    ],
)
def test_the_site_is_a_positional_or_an_option(argv, folder):
    assert arguments.parse(argv).site == folder


def test_the_engine_is_told_in_one_line_beside_the_result(run, site):
    _, out, err = run("posts", "blog", "--json")
    assert err == "Jekyll (_config.yml), posts in _posts/\n"
    assert "Jekyll" not in out
    assert site.asked == ["blog"]
    assert site.closed


def test_an_index_in_memory_is_told(run, site):
    site.notice = "the index is kept in memory"
    assert run("feeds")[2].endswith("\nthe index is kept in memory\n")


def test_our_own_errors_are_one_line_with_their_exit_code(run, site):
    assert run("check", "nowhere") == (
        2,
        "",
        "feedsvc: nowhere: no such folder; name the folder of a site\n",
    )


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (ConfigError("feedsvc.toml:3: what"), 2, "feedsvc: feedsvc.toml:3: what"),
        (ExportError("out:\x1b[2J: no"), 1, "feedsvc: out:�[2J: no"),
        (
            PermissionError(errno.EACCES, "Permission denied", "a/b"),
            1,
            "feedsvc: a/b: Permission denied; get permission for that, or choose another place",
        ),
        (
            OSError(errno.ENOSPC, "No space left on device", "a/.feedsvc-12.tmp"),
            1,
            "feedsvc: a: No space left on device; make room",
        ),
        (OSError("odd"), 1, "feedsvc: odd"),
        (KeyboardInterrupt(), 130, "feedsvc: interrupted"),
    ],
)
def test_every_failure_is_one_line_and_an_exit_code(run, monkeypatch, error, code, line):
    def fail(args, clock):
        raise error

    monkeypatch.setattr(cli, "import_module", lambda name: SimpleNamespace(run=fail))
    assert run("check") == (code, "", f"{line}\n")


def test_a_closed_pipe_ends_quietly(tmp_path):
    code = (
        "import sys\nfrom types import SimpleNamespace\nfrom feedsvc import cli\n"
        "from feedsvc.commands.terminal import say\n"
        "def run(args, clock):\n    while True: say('x' * 4000)\n"
        "cli.import_module = lambda name: SimpleNamespace(run=run)\n"
        "sys.exit(cli.main(['posts']))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(10) == 141


def test_output_is_utf8_in_any_locale():
    code = (
        "from types import SimpleNamespace\nfrom feedsvc import cli\n"
        "from feedsvc.commands.terminal import say\n"
        "def run(args, clock):\n    say('\\u4e0a \\udce9')\n    return 0\n"
        "cli.import_module = lambda name: SimpleNamespace(run=run)\n"
        "cli.main(['posts'])"
    )
    for locale in (
        {"LANG": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
    ):
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONCOERCECLOCALE": "0", **locale},
        )
        assert done.stdout.decode() == "上 \\udce9\n"


def test_a_broken_configuration_is_one_line_and_exit_code_2(run_feedsvc, make_site, tmp_path):
    make_site({"posts/a.md": "---\ntitle: a\n---\n"}, config="[site]\ntitel = 1\n")
    for argv in (["posts"], ["check"], ["feeds"], ["export", tmp_path / "out"], ["new", "x"]):
        assert run_feedsvc(*argv, "--site", tmp_path / "site", code=2) == ""


def test_the_clock_of_the_commands_is_the_present(monkeypatch):
    asked = []

    def run(args, clock):
        asked.append(clock())
        return 0

    monkeypatch.setattr(cli, "import_module", lambda name: SimpleNamespace(run=run))
    assert cli.main(["posts"]) == 0
    assert asked[0].utcoffset() is not None


def test_the_module_can_be_run():
    done = subprocess.run(
        [sys.executable, "-m", "feedsvc", "--version"], capture_output=True, text=True, check=True
    )
    assert re.fullmatch(r"feedsvc \d+\.\d+.*\n", done.stdout)


@pytest.mark.skipif(sys.platform == "win32", reason="streams are closed by a POSIX shell")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_lead_nowhere(closed, make_site, tmp_path):
    site = make_site({"a.md": "---\ntitle: A\ndate: 2026-05-01\n---\n"})
    line = f'exec "$0" -m feedsvc export "$1" --site "$2" {closed}'
    done = subprocess.run(
        ["/bin/sh", "-c", line, sys.executable, tmp_path / "out", site],
        capture_output=True,
        check=False,
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    assert (tmp_path / "out/feed.atom").is_file()
