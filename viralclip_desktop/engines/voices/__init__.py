"""Voices: stretches of speech as vectors whose cosine says how alike the voices are."""
