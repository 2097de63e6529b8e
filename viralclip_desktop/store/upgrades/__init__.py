"""Documents of older programs, brought up to date step by step.

A document (an entry of the undo journal, a portable project) carries the version of the schema its values are
written in. The steps here work on plain JSON and never on today's classes, so that they go on doing what they
did when they were written.
"""

from __future__ import annotations

SCHEMA = 3
"""The version written today. 1: a clip is a range with cuts, splits and an order; files are named by paths.
2: a clip is parts; files are assets.
3: a clip knows how it was reviewed; one of an older version was not yet."""

__all__ = ["SCHEMA"]
