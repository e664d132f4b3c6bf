"""What kramdown reads that CommonMark does not, or reads otherwise (Jekyll)."""
