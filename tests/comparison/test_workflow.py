"""The workflow in docs/before-you-deploy.md does what it says, run as a runner runs it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import REPOSITORY

pytestmark = pytest.mark.skipif(
    shutil.which("git") is None or shutil.which("bash") is None, reason="needs git and bash"
)

PAGE = REPOSITORY / "docs" / "before-you-deploy.md"
POST = "---\ntitle: {0}\ndate: 2026-05-0{1}\n---\nThis is {0}; it has words of its own.\n"


def steps() -> list[str]:
    """What the workflow runs once feedsvc is installed."""
    [text] = re.findall(r"^```yaml\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    jobs = yaml.safe_load(text)["jobs"].values()
    commands = [step["run"] for job in jobs for step in job["steps"] if "run" in step]
    assert commands[0] == "pip install feedsvc"
    return commands[1:]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "A")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "a@example.org")
    monkeypatch.setenv("FEEDSVC_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")

    def run(*arguments: str, folder: Path = tmp_path) -> None:
        subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)

    return run


@pytest.fixture
def upstream(tmp_path: Path, git) -> Path:
    """A blog whose ledger is committed, as its last deployment left it."""
    blog = tmp_path / "upstream"
    (blog / "posts").mkdir(parents=True)
    (blog / "feedsvc.toml").write_text('[site]\nurl = "https://blog.example"\n')
    for number, name in enumerate(("One", "Two", "Three"), 1):
        (blog / "posts" / f"{name.lower()}.md").write_text(POST.format(name, number))
    command = ["feedsvc", "export", str(tmp_path / "public"), "--site", str(blog)]
    subprocess.run(command, check=True, capture_output=True)
    git("init", "-q", "-b", "main", folder=blog)
    git("add", "-A", folder=blog)
    git("commit", "-qm", "Begin", folder=blog)
    return blog


def add(blog: Path) -> None:
    (blog / "posts" / "four.md").write_text(POST.format("Four", 4))


def rename(blog: Path) -> None:
    (blog / "posts" / "one.md").rename(blog / "posts" / "first.md")


def rename_without_ledger(blog: Path) -> None:
    rename(blog)
    (blog / "feedsvc.lock").unlink()


def break_one(blog: Path) -> None:
    (blog / "posts" / "one.md").write_text(POST.format("[One", 1))


@pytest.mark.parametrize(
    ("edit", "failed", "told"),
    [
        (add, None, "1 new"),
        (rename, None, "1 feed: 1 silent"),  # its address
        (rename_without_ledger, "diff", "1 duplicate"),
        (break_one, "check", "posts/one.md"),
    ],
)
def test_the_workflow_fails_what_would_harm_subscribers_and_nothing_else(
    edit, failed: str | None, told: str, upstream: Path, tmp_path: Path, git
) -> None:
    git("checkout", "-qb", "edits", folder=upstream)
    edit(upstream)
    git("add", "-A", folder=upstream)
    git("commit", "-qm", "Edit", folder=upstream)
    # actions/checkout leaves the merge of the pull request without a branch, and all branches.
    runner = tmp_path / "runner"
    git("clone", "-q", str(upstream), str(runner))
    git("checkout", "-q", "--detach", "origin/main", folder=runner)
    git("merge", "-q", "--no-ff", "origin/edits", "-m", "Merge", folder=runner)
    environment = {**os.environ, "GITHUB_BASE_REF": "main", "CI": "true"}
    for command in steps():
        done = subprocess.run(
            ["bash", "-e", "-c", command],
            cwd=runner,
            env=environment,
            check=False,
            capture_output=True,
            encoding="utf-8",
        )
        fails = failed is not None and f"feedsvc {failed}" in command
        assert done.returncode == int(fails), done.stdout + done.stderr
        if fails or (failed is None and "diff" in command):
            assert told in done.stdout
            return
    raise AssertionError("the workflow ended without saying so")
