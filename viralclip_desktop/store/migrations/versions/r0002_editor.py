"""What the editor added: the level of a clip's own sound, its parts and the order they play in, translations
and the one a clip shows with its captions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns; clips that are there already play and sound as they did."""
    op.add_column(
        "clips", sa.Column("original_volume_db", sa.Float(), nullable=False, server_default=sa.text("0"))
    )
    for name in ("splits", "play_order"):
        op.add_column("clips", sa.Column(name, sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
    op.add_column("clips", sa.Column("second_language", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "translations",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["video_sources.id"],
            name="fk_translations_source_id_video_sources",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_translations"),
    )
    op.create_index("ix_translations_source_id", "translations", ["source_id"], unique=False)


def downgrade() -> None:
    """Take them away."""
    op.drop_table("translations")
    op.drop_column("clips", "second_language")
    for name in ("play_order", "splits"):
        op.drop_column("clips", name)
    op.drop_column("clips", "original_volume_db")
