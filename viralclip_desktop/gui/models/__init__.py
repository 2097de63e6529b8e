"""The speech models: what there is, installing, checking, removing."""
