"""Out: a project becomes one file."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.file_names import safe_name
from viralclip_desktop.core.files import from_home, sync, written_beside
from viralclip_desktop.core.messages import Number, say
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress, ignore_progress
from viralclip_desktop.features.common.targets import check_target
from viralclip_desktop.features.portable import form
from viralclip_desktop.features.portable.cargo import Cargo, cargo_of
from viralclip_desktop.features.portable.contents import Contents, encoded, gather, to_json
from viralclip_desktop.features.portable.names import free_name
from viralclip_desktop.features.portable.packing import Packer
from viralclip_desktop.media.faults import DiskFull, disk_fault
from viralclip_desktop.store.codec import to_plain

if TYPE_CHECKING:
    from viralclip_desktop.store import Store

_HEADROOM_BYTES = 1 << 20  # beside the files: transcripts of a long talk take about this much, deflated


def export_project(
    store: Store,
    paths: DataPaths,
    project_id: str,
    out: Path,
    *,
    with_media: bool = False,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> Path:
    """Write a project as one ``.viralclip`` file; returns where it is.

    ``out`` is the file, or a folder in which a free name is made from the project's. ``with_media`` packs the
    recordings too, as they are, and B-roll, music, intros; a brand's logos and fonts always come. Exports,
    settings and keys stay here.

    Raises :class:`NotFound`, :class:`BadInput` (a target that is something else, a recording that is gone or
    changed), :class:`Cancelled`, and the faults of a full disk; then nothing is left behind.
    """
    cancel = cancel or CancelToken()
    contents = gather(store, project_id)
    out = _target(store, paths, contents.project.name, out)
    contents, cargo = cargo_of(contents, with_media)
    try:
        _check_room(out, cargo)
        with written_beside(out) as partial, partial.open("wb") as file:
            with Packer(file, cargo.total_bytes, progress, cancel) as packer:
                _write(packer, contents, cargo)
            sync(file)
    except OSError as error:
        raise disk_fault(error, out) from error
    return out


def _target(store: Store, paths: DataPaths, name: str, out: Path) -> Path:
    out = Path(os.path.abspath(from_home(out)))  # noqa: PTH100 - resolve() would follow the user's links
    if out.is_dir():
        title = safe_name(name, "Project")
        out = out / (free_name(title, lambda text: (out / (text + form.SUFFIX)).exists()) + form.SUFFIX)
    if out.suffix.lower() != form.SUFFIX:
        check_target(store, paths, out, (out.suffix.lower(),))
        out = out.with_name(out.name + form.SUFFIX)
    check_target(store, paths, out, (form.SUFFIX,))
    if not out.parent.is_dir():
        raise BadInput(
            say("There is no folder {parent}.", parent=out.parent), "Make it first, or choose another one."
        )
    if out.exists() and not form.is_project_file(out):
        raise BadInput(
            say("{name} is there already and is not a ViralClip project.", name=out.name),
            "Choose another name.",
        )
    return out


def _check_room(out: Path, cargo: Cargo) -> None:
    wanted = cargo.total_bytes + _HEADROOM_BYTES
    if shutil.disk_usage(out.parent).free < wanted:
        hint = "Free some space, choose another folder, or export the project without its recordings."
        raise DiskFull(
            say(
                "There is no room for {name} (about {wanted} MB).",
                name=out.name,
                wanted=Number(wanted / 1e6, 0),
            ),
            hint,
        )


def _write(packer: Packer, contents: Contents, cargo: Cargo) -> None:
    texts = {}
    for number, (source_id, transcript) in enumerate(contents.transcripts.items(), start=1):
        texts[source_id] = packer.add(f"transcripts/{number}.json", encoded(to_plain(transcript)))
    members = packer.add_files(dict.fromkeys(cargo.packed.values()))
    files = {asset_id: members[path] for asset_id, path in cargo.packed.items()}
    places = {"transcripts": texts, "files": files}
    packer.add(form.PROJECT, to_json(contents, places))
    packer.finish()
