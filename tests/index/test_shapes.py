"""What entries look like is remembered by the code that made it, and by no other."""

from __future__ import annotations

import pytest

from feedsvc.formats import skeletons
from feedsvc.index import shapes
from feedsvc.index.database import Database


@pytest.fixture
def recalled(monkeypatch: pytest.MonkeyPatch) -> list[skeletons.Learned]:
    """What the formats are told of, in their turn."""
    told: list[skeletons.Learned] = []
    monkeypatch.setattr(skeletons, "recall", told.append)
    return told


def learn(monkeypatch: pytest.MonkeyPatch, known: skeletons.Learned) -> None:
    monkeypatch.setattr(skeletons, "learned", lambda: known)


def test_what_several_processes_learn_is_kept(
    monkeypatch: pytest.MonkeyPatch, recalled: list[skeletons.Learned]
) -> None:
    held = shapes.Shapes(Database(None))
    learn(monkeypatch, {"atom entry": {"a": ("<%b/>", [0])}})
    held.keep()
    learn(monkeypatch, {"atom entry": {"b": ("<b>%b", [1])}, "rss item": {"a": ("%b", [2])}})
    held.keep()

    held.recall()

    assert recalled == [
        {
            "atom entry": {"a": ["<%b/>", [0]], "b": ["<b>%b", [1]]},
            "rss item": {"a": ["%b", [2]]},
        }
    ]


def test_other_code_learns_anew(
    monkeypatch: pytest.MonkeyPatch, recalled: list[skeletons.Learned]
) -> None:
    held = shapes.Shapes(Database(None))
    learn(monkeypatch, {"atom entry": {"a": ("<%b/>", [0])}})
    held.keep()
    monkeypatch.setattr(shapes, "code_digest", lambda: b"another")

    held.recall()

    assert recalled == [{}]


def test_only_so_many_shapes_are_kept(
    monkeypatch: pytest.MonkeyPatch, recalled: list[skeletons.Learned]
) -> None:
    held = shapes.Shapes(Database(None))
    learn(monkeypatch, {"atom entry": {str(one): ("%b", [one]) for one in range(200)}})
    held.keep()

    held.recall()

    assert list(recalled[0]["atom entry"]) == [str(one) for one in range(136, 200)]
