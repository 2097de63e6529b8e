"""The library of sounds, and the user's own voices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from viralclip_desktop.store.tables import AnyText

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "audio_library",
        sa.Column("id", sa.String(), sa.ForeignKey("assets.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("folder", AnyText(), nullable=False),
        sa.Column("created_at", sa.Float(), nullable=False),
    )
    op.create_table(
        "music_library",
        sa.Column("id", sa.String(), sa.ForeignKey("assets.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("folder", AnyText(), nullable=False),
        sa.Column("created_at", sa.Float(), nullable=False),
    )
    op.create_table(
        "cloned_voices",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("name", AnyText(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("provider_voice", AnyText(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("consent", AnyText(), nullable=False),
        sa.Column("consented_at", sa.Float(), nullable=False),
        sa.Column("samples", sa.JSON(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.Float(), nullable=False),
    )


def downgrade() -> None:
    """Take them away."""
    for table in ("cloned_voices", "music_library", "audio_library"):
        op.drop_table(table)
