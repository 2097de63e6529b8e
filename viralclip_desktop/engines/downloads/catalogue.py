"""The models that can be installed: Whisper in the form faster-whisper reads, and small networks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """A file of a model: its name here, its path in the repository or below the address, its size in bytes
    and SHA-256."""

    name: str
    path: str
    size: int
    sha256: str
    also: tuple[str, ...] = ()
    """SHA-256 of the same network as it was published another time: put there by hand, it is as good."""


@dataclass(frozen=True, slots=True)
class CatalogueModel:
    """One model. ``size_bytes`` is about what is downloaded; the exact sizes and checksums of Whisper's files
    come from the server at the time of installing, those of the others stand in ``files``."""

    id: str
    repo: str
    """On the hub; empty: it is not offered there."""
    size_bytes: int
    note: str
    """Speed and quality, in words."""
    name: str = ""
    files: tuple[CatalogueFile, ...] = ()
    """What lies in ``<models>/<id>``; empty for Whisper, which has a folder of its own."""
    revision: str = "main"
    """Of the repository, for models of known ``files``: the one that they were published with."""
    address: str = ""
    """Where its files lie, for a model that its makers offer elsewhere."""
    licence: str = "MIT"

    @property
    def is_offered(self) -> bool:
        """Whether there is an address the program can fetch it from."""
        return bool(self.repo or self.address)


# The repositories faster-whisper itself names for these models (its ``utils._MODELS``).
CATALOGUE: tuple[CatalogueModel, ...] = (
    CatalogueModel("tiny", "Systran/faster-whisper-tiny", 78_000_000, "fastest, rough; for a first look"),
    CatalogueModel("base", "Systran/faster-whisper-base", 148_000_000, "very fast, fair"),
    CatalogueModel("small", "Systran/faster-whisper-small", 486_000_000, "fast, good; the one to start with"),
    CatalogueModel("medium", "Systran/faster-whisper-medium", 1_530_000_000, "slow, very good"),
    CatalogueModel(
        "large-v3-turbo",
        "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
        1_620_000_000,
        "as slow as small to medium, excellent; needs 4 GB of memory",
    ),
    CatalogueModel(
        "large-v3",
        "Systran/faster-whisper-large-v3",
        3_090_000_000,
        "slowest, the best; wants a graphics card",
    ),
    CatalogueModel(
        "minilm",
        "Xenova/all-MiniLM-L6-v2",
        23_200_000,
        "compares what English sentences mean: subjects, repetitions, more like this",
        "MiniLM",
        (
            CatalogueFile(
                "model.onnx",
                "onnx/model_quantized.onnx",
                22_972_370,
                "afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1",
            ),
            CatalogueFile(
                "vocab.txt",
                "vocab.txt",
                231_508,
                "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
            ),
        ),
        licence="Apache-2.0",
    ),
    CatalogueModel(
        "speaker",
        "",
        12_200_000,
        "tells voices apart, so that each speaker is marked",
        "Voicefilter",
        (
            CatalogueFile(
                "embedder.int8.onnx",
                "",
                12_199_675,
                "c4d17ba220a33d7f27866c78f573372f4ae2dd57b405cdacdaf4483ecc374812",
            ),
        ),
        licence="Apache-2.0",
    ),
    CatalogueModel(
        "lr-asd",
        "",
        3_400_000,
        "tells who speaks where a listener's lips move, too",
        "LR-ASD",
        (
            CatalogueFile(
                "lr-asd-frontend.onnx",
                "",
                2_529_511,
                "0f4e520102dbd5e4ef8698f0d18b275fff536ac648594dbd5b0e678da582d221",
            ),
            CatalogueFile(
                "lr-asd-backend.onnx",
                "",
                834_401,
                "766323f98e79bd7b2480ab74b42aa179dc935c6dd9d5b7c31b5e4f1096eb5fa0",
            ),
        ),
    ),
    CatalogueModel(
        "spleeter-2stems",
        "csukuangfj/sherpa-onnx-spleeter-2stems-fp16",
        39_400_000,
        "takes voices off a recording, so that a dub keeps its music and its room",
        "Spleeter",
        (
            CatalogueFile(
                "vocals.fp16.onnx",
                "vocals.fp16.onnx",
                19_681_017,
                "24cef84aedcd1fe87c0b743ef3370ad34dc1fabf6c9014d6128a75a538c7b668",
                (
                    "365753d3c26764c03cb6b228b401e6b9da88296cdef06664ef50378e3fe6d381",
                    "c17def195c44a71dbe9eea2f27d9f61100cd686ed0353033a56f766f7ecb14a0",
                ),
            ),
            CatalogueFile(
                "accompaniment.fp16.onnx",
                "accompaniment.fp16.onnx",
                19_681_024,
                "d14cea55793cc531a5875f5f4da08207d1c5ab9292e8e0099a104eecb014fcc0",
                (
                    "50ce71f55f264a4508ce36e65f68681cb1e1ee3f83d7cc9e451a64b067d0f4d7",
                    "492d70a5c9c2d51b7a2f1278e6392109cc088898a878147c6c943b58d0e003b4",
                ),
            ),
        ),
        revision="93ba771920ade509f8cbd6825b1a90856c797e08",
    ),
    CatalogueModel(
        "deepfilter",
        "",
        8_000_000,
        "takes noise off voices",
        "DeepFilterNet3",
        (
            CatalogueFile(
                "DeepFilterNet3_onnx.tar.gz",
                "DeepFilterNet3_onnx.tar.gz",
                7_983_136,
                "c94d91f70911001c946e0fabb4aa9adc37045f45a03b56008cb0c8244cb63616",
            ),
        ),
        address="https://github.com/Rikorose/DeepFilterNet/raw/"
        "d375b2d8309e0935d165700c91da9de862a99c31/models",
        licence="MIT or Apache-2.0",
    ),
)


def catalogue_model(model_id: str) -> CatalogueModel | None:
    """A model of the catalogue by its id."""
    return next((model for model in CATALOGUE if model.id == model_id), None)
