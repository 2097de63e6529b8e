"""Keeping the data folder in order: the cache, copies of all projects, old jobs."""

from viralclip_desktop.features.upkeep.cache import cache_size
from viralclip_desktop.features.upkeep.leftovers import clear_leftovers
from viralclip_desktop.features.upkeep.safety import clear_cache, keep_safe, restore_backup

__all__ = ["cache_size", "clear_cache", "clear_leftovers", "keep_safe", "restore_backup"]
