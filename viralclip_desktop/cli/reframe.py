"""``viralclip reframe``: how a clip's frame follows who speaks, and why."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time, format_clock
from viralclip_desktop.domain.clip import Clip, Easing, FaceLock, FrameKey, Framing
from viralclip_desktop.domain.frame_plan import FramePlan, FrameShot

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services

_MODES = {
    "auto": Framing.AUTO,
    "fit": Framing.FIT,
    "split": Framing.SPLIT,
    "manual": Framing.CROP,
}
_BEFORE_S = 0.001  # where a crop stands until the next key, it still does so this long before


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "reframe",
        help="have a clip's frame follow who speaks, and show how it does",
        description="Chooses how the frame follows people, looks at the clip and prints its shots, each with "
        "its reason, and the faces that the frame can be locked on.",
    )
    parser.add_argument("clip_id", metavar="CLIP_ID")
    modes = "auto: who speaks; fit: the whole picture; split: two people; manual: where you put it"
    parser.add_argument("--mode", choices=list(_MODES), help=modes)
    lock = parser.add_mutually_exclusive_group()
    lock.add_argument("--lock", metavar="FACE_ID", help="hold one person all the time")
    lock.add_argument("--unlock", action="store_true", help="hold the one who speaks again")
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Choose, watch what was not watched yet, and print."""
    from viralclip_desktop.features.reframe.clip_frame import plan_told, watch_clip

    services = build_services()
    services.notices.listen(output.notice)
    clip = _chosen(services, args)
    watch_clip(services, clip.id, output.progress, CancelToken())
    plan = plan_told(services.store, services.paths, clip)
    output.result(_shape(clip, plan), _lines(plan))
    return 0


def _chosen(services: Services, args: argparse.Namespace) -> Clip:
    from viralclip_desktop.features import editing

    clip = services.store.clip(args.clip_id)
    if args.lock and args.mode not in (None, "auto"):
        raise UsageError("Only an automatic frame can be locked on a person.", "Leave --mode out.")
    if args.lock:
        return editing.lock_face(services.store, clip.id, _face(args.lock))
    if args.unlock:
        clip = editing.lock_face(services.store, clip.id, None)
    if args.mode:
        clip = editing.reframe_clip(services.store, clip.id, _MODES[args.mode], clip.centre_x)
    return clip


def _face(face_id: str) -> FaceLock:
    """A face by the id that this command prints: ``seconds:x:y``."""
    try:
        at_s, x, y = map(float, face_id.split(":"))
    except ValueError:
        hint = "Take one of those that “viralclip reframe CLIP_ID” prints, such as 12.40:0.28:0.55."
        raise UsageError(f"{face_id} is no face.", hint) from None
    return FaceLock(Time.from_seconds(at_s), x, y)


def _shape(clip: Clip, plan: FramePlan) -> dict[str, Any]:
    return {
        "mode": next(name for name, framing in _MODES.items() if framing is clip.framing),
        "shots": [
            {
                "start_s": shot.range.start.seconds,
                "end_s": shot.range.end.seconds,
                "mode": str(shot.mode),
                "reason": shot.reason,
            }
            for shot in plan.shots
        ],
        "path": [point for shot in plan.shots for point in _points(shot)],
        "faces": [
            {"id": face.id, "asset_id": face.asset_id, "at_s": face.at_s, "x": face.x, "y": face.y}
            for face in plan.faces
        ],
    }


def _points(shot: FrameShot) -> Iterator[dict[str, Any]]:
    """The path of a shot's crops; between two points it is even."""
    for panel, keys in enumerate(shot.panels):
        for key, until in zip(keys, [*(key.at for key in keys[1:]), shot.range.end], strict=True):
            yield _point(panel, key.at.seconds, key)
            if key.easing is Easing.HOLD or until is shot.range.end:
                yield _point(panel, max(key.at.seconds, until.seconds - _BEFORE_S), key)


def _point(panel: int, at_s: float, key: FrameKey) -> dict[str, Any]:
    place = {"x": round(key.centre_x, 5), "y": round(key.centre_y, 5), "zoom": round(key.zoom, 5)}
    return {"at_s": round(at_s, 4), "panel": panel, **place}


def _lines(plan: FramePlan) -> list[str]:
    lines = [
        f"{format_clock(shot.range.start)} - {format_clock(shot.range.end)}  {shot.mode:5}  {shot.reason}"
        for shot in plan.shots
    ]
    faces = [
        f"{face.id}  a face at {face.x:.0%} from the left, {face.y:.0%} from the top" for face in plan.faces
    ]
    return [*lines, *(["Faces for --lock:"] if faces else []), *faces]
