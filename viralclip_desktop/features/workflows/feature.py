"""What the workflows declare."""

from viralclip_desktop.features.common.feature import Feature
from viralclip_desktop.features.workflows.exports import EXPORT, LANE, exports_at_once, follow
from viralclip_desktop.features.workflows.link import FETCH_LINK
from viralclip_desktop.features.workflows.main_job import MAIN_JOB
from viralclip_desktop.features.workflows.sample import TRY_SAMPLE

FEATURE = Feature(
    "workflows",
    job_kinds=(MAIN_JOB, TRY_SAMPLE, FETCH_LINK, EXPORT),
    lane_workers={LANE: exports_at_once()},
    start=follow,
)
