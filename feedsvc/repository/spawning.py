"""Processes that are started anew, without the program that starts them."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from multiprocessing.context import SpawnContext, SpawnProcess
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


class Process(SpawnProcess):
    """A process that does not run the main module again.

    It would do what that does: a script that exports without asking for its `__name__` would, in
    each worker, wait for itself to be done with the export.
    """

    @staticmethod
    def _Popen(process_obj: Any) -> Any:  # noqa: N802
        with _another_main():
            return SpawnProcess._Popen(process_obj)


class Context(SpawnContext):
    """The start method "spawn" with such processes."""

    Process = Process


@contextmanager
def _another_main() -> Iterator[None]:
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")  # which says nowhere where it is from
    try:
        yield
    finally:
        sys.modules["__main__"] = main
