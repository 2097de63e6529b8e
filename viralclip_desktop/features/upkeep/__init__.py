"""Keeping the data folder in order: how much lies in the cache, and clearing it."""

from viralclip_desktop.features.upkeep.cache import cache_size, clear_cache

__all__ = ["cache_size", "clear_cache"]
