"""The finish panel."""
