"""Files of the site's folder that posts refer to.

A file is published at the address that readers are told, which is what its name means on the
post's page: `![](pic.png)` in a post shown at `/2026/05/30/quiet/` is
`/2026/05/30/quiet/pic.png`, and lies beside the post's file. Only what a visible post, or the
configuration, refers to is published; never a post's source, a dot file or anything outside.
"""
