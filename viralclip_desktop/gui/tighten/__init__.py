"""The tighten panel."""
