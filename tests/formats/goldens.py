"""The expected bytes of every sample. `python -m tests.formats.goldens` writes them anew."""

from __future__ import annotations

from pathlib import Path

from feedsvc.formats import FORMATS

from .samples import CASES

FOLDER = Path(__file__).parent.parent / "data" / "formats"
NAMES = [(case, form) for case in CASES for form in FORMATS]


def golden(case: str, form: str) -> Path:
    """Where the expected bytes of a sample lie; they need not exist."""
    return FOLDER / f"{case}.{form}"


if __name__ == "__main__":
    for name, form in NAMES:
        golden(name, form).write_bytes(CASES[name].document(form))
