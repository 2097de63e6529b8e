"""Names of jobs; going: use the kinds of the features."""

from viralclip_desktop.features.faces import FACES
from viralclip_desktop.features.faces import FIND_FACES as _faces
from viralclip_desktop.features.models import INSTALL_MODEL as _model
from viralclip_desktop.features.portable import EXPORT_PROJECT as _export
from viralclip_desktop.features.portable import IMPORT_PROJECT as _import
from viralclip_desktop.features.relink import RELINK as _relink
from viralclip_desktop.features.workflows.sample import TRY_SAMPLE as _sample

INSTALL_MODEL, TRY_SAMPLE, RELINK = _model.name, _sample.name, _relink.name
IMPORT_PROJECT, EXPORT_PROJECT, FIND_FACES = _import.name, _export.name, _faces.name
__all__ = [
    "EXPORT_PROJECT",
    "FACES",
    "FIND_FACES",
    "IMPORT_PROJECT",
    "INSTALL_MODEL",
    "RELINK",
    "TRY_SAMPLE",
]
