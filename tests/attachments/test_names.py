"""Pictures that posts name without their folder, found however many ask."""

from __future__ import annotations

import os
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

from feedsvc.attachments.names import Names

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_folders_are_not_looked_at_for_each_name_that_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        (tmp_path / f"{number}").mkdir()
        (tmp_path / f"{number}" / f"{number}.png").write_bytes(b"x")
    asked = Counter[str]()
    stat = os.stat

    def counted(path: str, **named: Any) -> os.stat_result:
        asked["stat"] += 1
        return stat(path, **named)

    ticks = iter(range(10_000))
    monkeypatch.setattr(time, "monotonic", lambda: next(ticks) / 1000)
    monkeypatch.setattr(os, "stat", counted)
    names = Names(tmp_path)
    assert [names.place(f"{number % 20}.png") for number in range(100)] == [
        f"{number % 20}/{number % 20}.png" for number in range(100)
    ]
    assert asked["stat"] < 200
