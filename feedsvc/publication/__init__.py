"""Path → Document for one state of the posts at one instant."""

from feedsvc.publication.publication import Publication

__all__ = ["Publication"]
