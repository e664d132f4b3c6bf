"""What entries and heads look like, remembered: making one skeleton takes importing feedgen."""

from __future__ import annotations

import json

from feedsvc.formats import skeletons
from feedsvc.index.facts import Facts
from feedsvc.index.identity import code_digest

_MOST = 64  # shapes of one kind; a site has a few


class Shapes(Facts):
    """Skeletons that any process made with the code and the libraries of this one."""

    def recall(self) -> None:
        """Let the formats use what is remembered."""
        skeletons.recall(self._known())

    def keep(self) -> None:
        """Remember what was learned since."""
        known, learned = self._known(), skeletons.learned()
        if all(shapes.keys() <= known.get(name, {}).keys() for name, shapes in learned.items()):
            return
        for name, shapes in learned.items():
            merged = {**known.get(name, {}), **shapes}
            known[name] = dict(list(merged.items())[-_MOST:])
        with self.database.writing():
            self.set_fact("shapes", code_digest() + json.dumps(known).encode())

    def _known(self) -> skeletons.Learned:
        held = self.fact("shapes") or b""
        if not held.startswith(code_digest()):
            return {}
        known: skeletons.Learned = json.loads(held.removeprefix(code_digest()))
        return known
