"""Tables of texts: reading them, the columns' roles, checks, splits, and writing results."""
