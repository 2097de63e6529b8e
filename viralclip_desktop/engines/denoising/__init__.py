"""Noise reduction: what is said, and the noise around it."""
