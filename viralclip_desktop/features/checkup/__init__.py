"""The checkup behind ``viralclip doctor``: what works here, what is missing, how to get it."""

from viralclip_desktop.features.checkup.checkup import Finding, check_all

__all__ = ["Finding", "check_all"]
