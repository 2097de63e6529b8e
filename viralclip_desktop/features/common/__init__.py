"""What several features need: the services they run on, shared queries, shared starting values."""

FEATURE_GROUP = "viralclip.features"
"""The entry-point group in which other packages bring features (see ``features.common.feature``)."""
