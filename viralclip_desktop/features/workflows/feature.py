"""What the workflows declare."""

from viralclip_desktop.features.common.feature import Feature
from viralclip_desktop.features.workflows.batch import BATCH
from viralclip_desktop.features.workflows.batch_recording import (
    RECORDING,
    RECORDINGS_AT_ONCE,
    RECORDINGS_LANE,
)
from viralclip_desktop.features.workflows.dub import DUB, DUB_LANGUAGE, DUBS_LANE
from viralclip_desktop.features.workflows.dub_tracks import DUB_TRACKS
from viralclip_desktop.features.workflows.exports import EXPORT, LANE, exports_at_once, follow
from viralclip_desktop.features.workflows.link import FETCH_LINK
from viralclip_desktop.features.workflows.main_job import MAIN_JOB
from viralclip_desktop.features.workflows.sample import TRY_SAMPLE
from viralclip_desktop.features.workflows.studio import MAKE_AGAIN
from viralclip_desktop.features.workflows.studio_clone import ADD_VOICE
from viralclip_desktop.features.workflows.studio_music import COMPOSE, COMPOSE_STEMS
from viralclip_desktop.features.workflows.studio_speech import SPEAK
from viralclip_desktop.features.workflows.translate import TRANSLATE
from viralclip_desktop.features.workflows.voice_sample import TRY_VOICE

FEATURE = Feature(
    "workflows",
    job_kinds=(
        *(MAIN_JOB, TRY_SAMPLE, FETCH_LINK, EXPORT, BATCH, RECORDING),
        *(COMPOSE, COMPOSE_STEMS, ADD_VOICE),
        *(DUB, DUB_LANGUAGE, DUB_TRACKS, TRANSLATE, TRY_VOICE, MAKE_AGAIN),
        SPEAK,
    ),
    lane_workers={LANE: exports_at_once(), RECORDINGS_LANE: RECORDINGS_AT_ONCE, DUBS_LANE: 1},
    start=follow,
)
