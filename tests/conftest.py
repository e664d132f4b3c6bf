"""What every test stands on: pinned surroundings, a folder factory, the shared data if it is there.

The process runs in a time zone with an odd offset, so that code which asks for local time
fails here and not on somebody's laptop; nothing of the user's own configuration or cache is seen.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

REPOSITORY = Path(__file__).parent.parent
SHARED = REPOSITORY.parent / "shared"

settings.register_profile("local", deadline=None)
settings.register_profile(
    "ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") else "local")

SiteFactory = Callable[..., Path]


def pytest_configure() -> None:
    """Pin the surroundings before any module of feedsvc is imported."""
    for name in [name for name in os.environ if name.startswith("FEEDSVC_")]:
        del os.environ[name]
    os.environ.update(TZ="Pacific/Chatham", NO_COLOR="1")
    time.tzset()


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FEEDSVC_CACHE", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def unmeasured() -> dict[str, str]:
    """The environment for a process that nobody measures: coverage imports, and takes time."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


@pytest.fixture
def make_site(tmp_path: Path) -> SiteFactory:
    """Make a site's folder: `make_site({"posts/a.md": "…"}, config="[site]…") -> Path`.

    Text is written as UTF-8 with its line ends as they are; bytes are written as bytes.
    """

    def make(files: Mapping[str, str | bytes], *, config: str = "", name: str = "site") -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        if config:
            files = {**files, "feedsvc.toml": config}
        for path, content in files.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return make


@pytest.fixture
def run_feedsvc(tmp_path: Path) -> Callable[..., str]:
    """Run the command in a process of its own and return what it printed.

    `run_feedsvc("export", out, TZ="Asia/Tokyo")`: keywords are environment variables. The process
    starts in an empty folder; a traceback or an exit code that is not `code` fails the test.
    """

    def run(*arguments: str | Path, code: int = 0, **environment: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "feedsvc", *map(str, arguments)],
            check=False,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, **environment},
            cwd=tmp_path,
        )
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode == code, done.stderr
        return done.stdout

    return run


@pytest.fixture
def shared() -> Callable[[str], Path]:
    """`shared("corpora/twir")`: a path in the shared data; the test is skipped without it."""

    def find(path: str) -> Path:
        found = SHARED / path
        if not found.exists():
            pytest.skip(f"no shared data: {path}")
        return found

    return find
