"""Translation on this computer by CTranslate2 models from the user's disk (OPUS-MT, NLLB, M2M100).

It belongs in a worker process: native code may not take the editor down. Such models read one line at a time,
know nothing of what is said around it and keep to no glossary.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.messages import say
from viralclip_desktop.engines.provider import Need, ProviderInfo
from viralclip_desktop.engines.stt.languages import language_name
from viralclip_desktop.engines.translation.base import (
    WORKER,
    LineState,
    Run,
    SourceLine,
    TranslatedText,
    TranslationRequest,
    TranslationSetup,
    failed,
    judged,
    unchanged,
    wanted_of,
)
from viralclip_desktop.engines.translation.folders import (
    MANAGED,
    SHARED_PIECES,
    SOURCE_PIECES,
    TARGET_PIECES,
    TOKENIZER,
    ModelFolder,
    Side,
    model_folders,
    refusal,
)
from viralclip_desktop.engines.translation.pieces import Pieces, sentence_pieces, tokenizer_pieces
from viralclip_desktop.settings.declaration import provider_setting

_BEAM: Final = 4  # what OPUS-MT and NLLB are published with; the same number of wordings come back
_A_BATCH: Final = 8  # lines: so often a cancel is heard and a line is told
_MOST_PIECES: Final = 400  # of a line; the models were trained on 512 and cut what is longer


class CTranslate2Translator:
    """The models of a folder, one pair of languages at a time."""

    info = ProviderInfo(
        "ctranslate2",
        "CTranslate2 models",
        "translation",
        needs=(Need("model", "model.bin", "a CTranslate2 translation model"),),
        capabilities=(WORKER,),
        settings=(
            provider_setting(
                "folder",
                "",
                "Folder of translation models",
                "An OPUS-MT, NLLB or M2M100 model converted for CTranslate2, or a folder with several. Empty "
                "looks in “translation” in the models folder.",
                is_folder=True,
            ),
        ),
    )

    def __init__(self, setup: TranslationSetup) -> None:
        self._models, self._chosen = setup.models, str(setup.option(self.info, "folder")).strip()
        self._loaded: dict[Path, _Loaded] = {}

    def ready(self) -> str | None:
        """See :class:`Translator`."""
        if model_folders(self._models, self._chosen):
            return None
        if self._chosen and (problem := refusal(Path(self._chosen).expanduser())) is not None:
            return problem
        where = self._models / MANAGED[0]
        broken = sorted(path.parent for path in where.glob("*/model.bin"))
        if broken and (problem := refusal(broken[0])) is not None:
            return problem
        return say("There is no CTranslate2 translation model in {folder}.", folder=str(where))

    def problem(self, source: str, target: str) -> str | None:
        """See :class:`Translator`."""
        if not source:
            return "Which language is spoken is not known."
        if self._fitting(source, target) is None:
            return say(
                "No CTranslate2 model here translates from {source} into {target}.",
                source=language_name(source),
                target=language_name(target),
            )
        return None

    def model(self, source: str, target: str) -> str:
        """The name of the folder."""
        found = self._fitting(source, target)
        return found[0].path.name if found is not None else ""

    def expected(self, request: TranslationRequest) -> Mapping[str, float]:
        """It is free."""
        del request
        return {}

    def translate(self, request: TranslationRequest, run: Run) -> tuple[TranslatedText, ...]:
        """See :class:`Translator`. Of several wordings the best one that can be said in the line's time."""
        found = self._fitting(request.source, request.target)
        if found is None:
            raise EnvironmentLacks(self.problem(request.source, request.target) or "")
        folder, side = found
        made: dict[int, TranslatedText] = {}
        loaded = self._load(folder)
        for numbers in _batches(wanted_of(request.lines)):
            run.cancel.raise_if_cancelled()
            lines = [request.lines[number] for number in numbers]
            for number, one in zip(numbers, loaded.translated(lines, side), strict=True):
                made[number] = one
                run.take(number, one)
        for number, line in enumerate(request.lines):
            if number not in made:
                made[number] = unchanged(line)
                run.take(number, made[number])
        return tuple(made[number] for number in range(len(request.lines)))

    def _fitting(self, source: str, target: str) -> tuple[ModelFolder, Side] | None:
        for folder in model_folders(self._models, self._chosen):
            side = folder.side(source, target)
            if side is not None:
                return folder, side
        return None

    def _load(self, folder: ModelFolder) -> _Loaded:
        if folder.path not in self._loaded:
            self._loaded = {folder.path: _Loaded(folder.path)}  # one at a time: they take gigabytes
        return self._loaded[folder.path]


class _Loaded:
    """A model in memory."""

    def __init__(self, path: Path) -> None:
        import ctranslate2  # type: ignore[import-untyped]

        self._source, self._target = _pieces(path)
        try:
            self._translator: Any = ctranslate2.Translator(str(path), device="auto")
        except (RuntimeError, ValueError) as error:
            raise EnvironmentLacks(
                say("The translation model {name} cannot be read.", name=path.name),
                "Convert or download it again.",
                str(error),
            ) from error

    def translated(self, lines: Sequence[SourceLine], side: Side) -> list[TranslatedText]:
        """One line for each line."""
        split = [self._source.split(line.text) for line in lines]
        short = [number for number, pieces in enumerate(split) if len(pieces) <= _MOST_PIECES]
        answers = self._asked([[*side.before, *split[number], *side.behind] for number in short], side)
        wordings = dict(zip(short, answers, strict=True))
        return [
            _best(line, wordings[number])
            if number in wordings
            else failed("The line is too long for this model.")
            for number, line in enumerate(lines)
        ]

    def _asked(self, texts: list[list[str]], side: Side) -> list[list[str]]:
        """The wordings of each text, the best one first."""
        if not texts:
            return []
        results = self._translator.translate_batch(
            texts,
            target_prefix=[list(side.forced)] * len(texts) if side.forced else None,
            beam_size=_BEAM,
            num_hypotheses=_BEAM,
            disable_unk=True,
        )
        skip = len(side.forced)
        return [[self._target.joined(found[skip:]) for found in one.hypotheses] for one in results]


def _best(line: SourceLine, wordings: Sequence[str]) -> TranslatedText:
    """The best wording, or the first one that fits where that is too long."""
    tried = [judged(line, text) for text in wordings]
    there = [one for one in tried if one.is_there]
    if not there:
        return tried[0]
    if there[0].state is not LineState.TOO_LONG:
        return there[0]
    return next((one for one in there if one.state is LineState.TRANSLATED), there[0])


def _batches(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for at in range(0, len(numbers), _A_BATCH):
        yield numbers[at : at + _A_BATCH]


def _pieces(folder: Path) -> tuple[Pieces, Pieces]:
    """How texts of the source and of the target are split."""
    if (folder / SOURCE_PIECES).is_file() and (folder / TARGET_PIECES).is_file():
        return sentence_pieces(folder / SOURCE_PIECES), sentence_pieces(folder / TARGET_PIECES)
    shared = next((folder / name for name in SHARED_PIECES if (folder / name).is_file()), None)
    both = sentence_pieces(shared) if shared is not None else tokenizer_pieces(folder / TOKENIZER)
    return both, both
