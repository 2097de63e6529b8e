"""Clips know how they were reviewed; those that are there were not yet.

The journal needs no change: a whole clip of an older entry has the default, and no older entry sets it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column."""
    op.add_column("clips", sa.Column("review", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("clips", "review")
