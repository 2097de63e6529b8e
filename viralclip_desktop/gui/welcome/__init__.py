"""The first start: from nothing to a first clip without a decision that could be made for the user."""
