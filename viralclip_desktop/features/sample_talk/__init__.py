"""A sample talk of about three minutes, made on the spot from a text, for a first try and for tests."""

from viralclip_desktop.features.sample_talk.make import make_sample
from viralclip_desktop.features.sample_talk.script import Line, Script, Speaker, load_script

__all__ = ["Line", "Script", "Speaker", "load_script", "make_sample"]
