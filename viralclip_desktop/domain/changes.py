"""What a transaction changed, so that views refresh that and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Kind = str
"""``project source transcript translation batch clip export caption_style brand_kit``, by these names;
``faces`` for what is known of those in a source (kept outside the database)."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entity before and after; None before = made, None after = removed."""

    kind: Kind
    id: str
    before: Any | None
    after: Any | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything one transaction, undo or redo changed."""

    label: str
    project_id: str
    items: tuple[Change, ...]

    def ids(self, kind: Kind) -> frozenset[str]:
        """The identifiers of the changed entities of one kind."""
        return frozenset(item.id for item in self.items if item.kind == kind)
