"""What Python-Markdown reads that CommonMark does not, or reads otherwise (Pelican)."""
