"""Every code that a finding can have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.checks import (
    rules_bodies,
    rules_dates,
    rules_front,
    rules_ledger,
    rules_podcasts,
    rules_sites,
)

if TYPE_CHECKING:
    from feedsvc.checks.rule import Rule

GROUPS: dict[str, tuple[Rule, ...]] = {
    "Files and front matter": rules_front.RULES,
    "Dates": rules_dates.RULES,
    "Bodies": rules_bodies.RULES,
    "Sites": rules_sites.RULES,
    "Identity": rules_ledger.RULES,
    "Podcasts": rules_podcasts.RULES,
}
"""The rules by what they are about, in the order of the documentation."""

RULES: dict[str, Rule] = {rule.code: rule for rules in GROUPS.values() for rule in rules}
"""The rules by their codes."""
