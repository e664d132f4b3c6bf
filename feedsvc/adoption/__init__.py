"""Moving in: ids and dates that subscribers already have, taken over into the ledger."""

from feedsvc.adoption.adopting import adopt, plan
from feedsvc.adoption.matching import Matches
from feedsvc.adoption.values import Adoption, Doubt, Match

__all__ = ["Adoption", "Doubt", "Match", "Matches", "adopt", "plan"]
