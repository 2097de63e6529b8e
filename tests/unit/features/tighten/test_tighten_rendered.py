"""What the export lets hear of a tightened clip: words whole to their ends, no click where the cuts were."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from support.rendered import RATE_HZ, samples_of

from viralclip_desktop.compose.clip_plan import plan_clip
from viralclip_desktop.core.time import ZERO
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.clip_time import to_clip_time
from viralclip_desktop.features.tighten import listen_to_clip, tighten_clip

from .conftest import Project


@pytest.fixture
def tight(project: Project) -> Clip:
    store = project.services.store
    heard = listen_to_clip(store, project.services.paths, project.whole)
    return tighten_clip(store, "clip_whole", heard, 1.0)


def _heard(project: Project, clip: Clip) -> np.ndarray:
    plan = plan_clip(project.services.store.source("src_1"), None, clip, None)
    return samples_of(replace(plan, fade_in=ZERO, fade_out=ZERO))[:, 0]


def test_no_join_clicks_and_no_word_loses_its_end(project: Project, tight: Clip) -> None:
    before, after = _heard(project, project.whole), _heard(project, tight)
    jumps = np.abs(np.diff(after, 2))
    joins = [to_clip_time(tight, part.range.start) for part in tight.parts[1:]]
    assert len(joins) >= 4
    for join in joins:
        assert join is not None
        at = join.samples(RATE_HZ)
        near = jumps[max(0, at - RATE_HZ) : at + RATE_HZ]
        assert jumps[at - 24 : at + 24].max() <= np.percentile(near, 99.9)
    length = round(0.12 * RATE_HZ)
    for said in project.talk.of("say"):
        earlier = [
            cut.range.duration.seconds for cut in tight.tightened if cut.range.end.seconds < said.end_s
        ]
        end = round(said.end_s * RATE_HZ)
        now = end - round(sum(earlier) * RATE_HZ)
        powers = [np.sum(one**2) for one in (before[end - length : end], after[now - length : now])]
        assert abs(10 * np.log10(powers[0] / powers[1])) <= 1.0, said.item.text
