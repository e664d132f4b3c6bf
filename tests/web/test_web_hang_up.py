"""SIGHUP: the end of a terminal ends its server; without one it takes up the configuration."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from .serving import POSTS, eventually, get, serving

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_server_ends_with_its_terminal(make_site: Callable[..., Path], workers: str) -> None:
    terminal, end = os.openpty()
    try:
        with serving(make_site(POSTS), workers, stdin=end) as (process, url):
            assert "Quiet" in get(url)
            os.killpg(process.pid, signal.SIGHUP)
            assert process.wait(timeout=20) == 0
            assert process.stdout is not None
            assert process.stdout.read() == ""
    finally:
        os.close(terminal)
        os.close(end)


def test_without_a_terminal_all_workers_take_up_the_configuration_if_it_can_be_used(
    make_site: Callable[..., Path],
) -> None:
    folder = make_site(POSTS, config='[site]\ntitle = "Before"\n')
    with serving(folder, "2") as (process, url):
        assert process.stdout is not None
        (folder / "feedsvc.toml").write_text("[site\n")
        os.killpg(process.pid, signal.SIGHUP)
        assert process.stdout.readline().startswith("feedsvc.toml:1:")
        assert "Before" in get(url)
        (folder / "feedsvc.toml").write_text('[site]\ntitle = "After"\n')
        os.killpg(process.pid, signal.SIGHUP)
        assert eventually(lambda: "After" in get(url))
        (folder / "feedsvc.toml").write_text("[site\n")  # before the second worker has started
        assert eventually(lambda: all("After" in get(url) for _ in range(20)))
        process.terminate()
        assert process.wait(timeout=20) == 0
        assert process.stdout.read() == ""
