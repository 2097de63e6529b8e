"""Several recordings as one batch, and the watched folder."""
