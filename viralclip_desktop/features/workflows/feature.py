"""What the workflows declare."""

from viralclip_desktop.features.common.feature import Feature
from viralclip_desktop.features.workflows.exports import EXPORT, LANE, follow
from viralclip_desktop.features.workflows.main_job import MAIN_JOB
from viralclip_desktop.features.workflows.sample import TRY_SAMPLE


def _lane_workers() -> dict[str, int]:
    from viralclip_desktop.media.render import exports_at_once

    return {LANE: exports_at_once()}


FEATURE = Feature(
    "workflows", job_kinds=(MAIN_JOB, TRY_SAMPLE, EXPORT), lane_workers=_lane_workers, start=follow
)
