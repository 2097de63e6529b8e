"""What was added for paid services: the ledger of their calls."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from viralclip_desktop.store.tables import AnyText

revision = "0003b"
down_revision = "0002"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "ai_usage_logs",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("cost_usd", sa.Float(), nullable=False),
        sa.Column("job_id", sa.String(), nullable=False),
        sa.Column("project_id", sa.String(), nullable=False),
        sa.Column("note", AnyText(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ai_usage_logs"),
    )
    op.create_index("ix_ai_usage_logs_at", "ai_usage_logs", ["at"], unique=False)


def downgrade() -> None:
    """Take it away."""
    op.drop_table("ai_usage_logs")
