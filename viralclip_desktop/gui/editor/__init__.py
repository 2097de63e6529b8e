"""The editor: preview, timeline, and panels that move, hide and are remembered."""
