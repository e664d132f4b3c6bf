"""Before you deploy: what subscribers of the deployed feeds would see of the present state."""

from feedsvc.comparison.comparing import compare
from feedsvc.comparison.deployment import deployed
from feedsvc.comparison.values import Change, Comparison, FeedChanges, Kind

__all__ = ["Change", "Comparison", "FeedChanges", "Kind", "compare", "deployed"]
