"""Clips that appear while the recording is still being listened to."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from viralclip_desktop.core.errors import Cancelled
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.media import Source
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.common.so_far import clips_so_far, hold_clip
from viralclip_desktop.features.moments import FindOptions
from viralclip_desktop.features.moments.partial import ENOUGH_TALK_S
from viralclip_desktop.features.transcription import Follower

_EVERY: Final = Time.from_seconds(600.0)  # of what is heard: ranking an hour takes about two seconds
_AGAIN: Final = Time.from_seconds(60.0)  # after a look that found too little talk
_WORTH_IT: Final = Time.from_seconds(60.0)  # with less than that to come, the settled ones are nearly there

_log = logging.getLogger(__name__)


class ClipsSoFar(Follower):
    """Looks for clips every ten minutes of what is heard, on a thread of its own; one look at a time."""

    def __init__(
        self,
        services: Services,
        source: Source,
        options: FindOptions,
        cancel: CancelToken,
        found: Callable[[list[Clip]], None],
    ) -> None:
        """``found`` is called on that thread with all clips that stand after a look, best first."""
        self._services, self._source, self._options = services, source, options
        self._cancel, self._found = cancel, found
        before = clips_so_far(services.store, source.id)
        self._due = Time.from_seconds(ENOUGH_TALK_S) if before is None else before.heard + _EVERY
        self._look: threading.Thread | None = None
        hold_clip(services.store, source.id, "")  # of an editor that a crash closed

    def heard(self, until: Time, so_far: Callable[[], Transcript]) -> None:
        """See :class:`Follower`."""
        looking = self._look is not None and self._look.is_alive()
        if until < self._due or looking or self._source.info.duration - until < _WORTH_IT:
            return
        self._due = until + _AGAIN
        self._look = threading.Thread(target=self._find, args=(until, so_far), name="clips so far")
        self._look.start()

    def __exit__(self, *_: object) -> None:
        if self._look is not None:
            self._look.join()

    def _find(self, until: Time, so_far: Callable[[], Transcript]) -> None:
        from viralclip_desktop.features.moments.so_far import Heard, find_clips_so_far

        store, paths = self._services.store, self._services.paths
        try:
            heard = Heard(self._source.id, so_far(), until)
            clips = find_clips_so_far(store, paths, heard, self._options, self._cancel)
        except Cancelled:
            return
        except Exception:  # noqa: BLE001 - the top of a thread: the listening must not suffer from it
            _log.exception("no clips could be found so far in %s", self._source.id)
            self._due = until + _EVERY
            return
        if clips:
            self._due = until + _EVERY
            self._found(clips)
