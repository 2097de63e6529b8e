"""Transcripts know which sound track they are of; those heard so far are taken to be of the one in use.

The journal needs no change: an older entry of a transcript leaves its track unknown.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column."""
    op.add_column("video_sources", sa.Column("transcript_track", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE video_sources SET transcript_track = audio_index "
        "WHERE transcript_revision IS NOT NULL AND transcript_engine <> 'subtitles'"
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_column("video_sources", "transcript_track")
