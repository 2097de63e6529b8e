"""Lines spoken by voices in worker processes, each once: what was spoken is kept by text, voice and
settings."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from threading import Lock, Timer

from viralclip_desktop.core.files import keep_within, make_folder, write_whole
from viralclip_desktop.core.json_text import read_json
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, ignore_progress
from viralclip_desktop.core.time import Time
from viralclip_desktop.engines.provider import ProviderInfo
from viralclip_desktop.engines.registry import TTS
from viralclip_desktop.engines.tts import worker
from viralclip_desktop.engines.tts.base import CHARACTER, PRICE, Line, Spoken, TtsSetup, Voice, is_manner
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.voices.catalogue import FORETELLS, tts_setup
from viralclip_desktop.features.voices.stretching import stretch
from viralclip_desktop.jobs.worker import Message, run_in_worker
from viralclip_desktop.media.faults import disk_fault
from viralclip_desktop.media.workdir import scratch

STAGE = "speak"
_MOST_BYTES = 1_000_000_000  # of all that is kept: about six hours of speech; what is unused for longest goes
OPENAI_KEY = "OPENAI_API_KEY"
PATIENCE_S = 1.5
"""How long a line that is paid for may take after a cancel; a cancel has to be done in two seconds."""
_AT_ONCE = 2  # requests of one account: what the smallest plans allow
_WORKERS = 3  # of a local engine: each holds its own model in memory
_WORTH = 800  # characters for each further worker: starting one takes a second or two
_FORMAT = 1  # of what is kept: another one when an engine here speaks differently


@dataclass(frozen=True, slots=True)
class Utterance:
    """A spoken line: its sound file, its length, its words."""

    path: Path
    spoken: Spoken


def speak_lines(
    services: Services,
    voice: Voice,
    lines: Sequence[Line],
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
    *,
    anew: Collection[Line] = (),
) -> list[Utterance]:
    """``lines`` by a voice, in files of the cache. What was spoken before is not spoken again but for those
    of ``anew``, nor is a line that comes twice; of a voice that knows one speed alone, the others are made of
    that. Raises Faults and Cancelled; what was spoken until then is kept."""
    shelf, wanted = _Shelf(services, voice.provider), list(dict.fromkeys(lines))
    old = {line for line in wanted if line not in anew}
    there = {line: kept for line in wanted if line in old and (kept := shelf.kept(line)) is not None}
    asked = dict.fromkeys(shelf.as_asked(line) for line in wanted if line not in there)
    old = set(asked) - {shelf.as_asked(line) for line in anew}
    spoken = {line: kept for line in asked if line in old and (kept := shelf.kept(line)) is not None}

    def take(line: Line, utterance: Utterance) -> None:
        spoken[line] = utterance
        progress(ProgressEvent(STAGE, len(spoken) / len(asked)))

    missing = [line for line in asked if line not in spoken]
    if missing:
        shelf.fill(missing, take, cancel)
        _count_use(services, voice)
    for line in wanted:
        if line not in there:
            there[line] = shelf.at_its_speed(line, spoken[shelf.as_asked(line)], cancel)
    return [there[line] for line in lines]


def _count_use(services: Services, voice: Voice) -> None:
    """A voice of the user's own has spoken once more."""
    for one in services.store.cloned_voices():
        if one.is_voice(voice.provider, voice.name):
            with services.store.transaction("Use voice", undoable=False) as tx:
                now = tx.current(("cloned_voice", one.id))
                if now is not None:
                    tx.put(replace(now, uses=now.uses + 1))


def predict_lines(
    services: Services,
    voice: Voice,
    lines: Sequence[Line],
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> list[Time]:
    """How long each line will be. A voice that can't tell is asked to speak: what it says is kept for when it
    is wanted. Raises Faults and Cancelled."""
    if FORETELLS not in TTS.info(voice.provider).capabilities:
        natural = [replace(line, speed=1.0) for line in lines]
        spoken = speak_lines(services, voice, natural, progress, cancel)
        return [
            Time(round(one.spoken.duration.ticks / line.speed))
            for line, one in zip(lines, spoken, strict=True)
        ]
    answer = run_in_worker(
        worker.PREDICT_TARGET,
        worker.request(voice.provider, tts_setup(services), lines),
        cancel=cancel,
        name=_name(voice.provider),
    )
    return [Time(ticks) for ticks in answer["ticks"]]


def spoken_lengths(services: Services, voice: Voice, texts: Sequence[str]) -> list[Time | None]:
    """How long each text is at a voice's own speed, of those that it has spoken before; None for the others.
    Nobody is asked."""
    shelf = _Shelf(services, voice.provider)
    found = [shelf.kept(Line(text, voice.name, 1.0)) for text in texts]
    return [one.spoken.duration if one is not None else None for one in found]


def costs(services: Services, voice: Voice) -> bool:
    """Whether a voice is paid for."""
    return bool(TTS.make(voice.provider, tts_setup(services)).info.costs)


def price_of(services: Services, voice: Voice, texts: Iterable[str]) -> float:
    """What speaking the texts once costs, in US dollars, however much of it was spoken before."""
    info = TTS.make(voice.provider, tts_setup(services)).info
    return info.price_usd({CHARACTER: sum(map(len, texts))})


class _Shelf:
    """What a provider has spoken, in ``cache/speech``."""

    def __init__(self, services: Services, provider: str) -> None:
        self._services, self._provider = services, provider
        self._paths, self._folder = services.paths, services.paths.cache / "speech"
        info = TTS.info(provider)
        self._every_speed = "speed" in info.capabilities
        self._as_set = _as_set(info, tts_setup(services))

    def as_asked(self, line: Line) -> Line:
        """The line that the provider is asked for."""
        return line if self._every_speed else replace(line, speed=1.0)

    def at_its_speed(self, line: Line, spoken: Utterance, cancel: CancelToken | None) -> Utterance:
        """A line at the speed that is wanted, of what was spoken."""
        if line == self.as_asked(line):
            return spoken
        with scratch(self._paths.render_work) as work:
            faster = spoken.spoken.at_speed(line.speed)
            stretch(spoken.path, work / "faster.wav", line.speed, cancel)
            return self._put(work / "faster.wav", line, worker.spoken_to_json(faster))

    def kept(self, line: Line) -> Utterance | None:
        """A line that was spoken before."""
        sound = self._file(line)
        try:
            told = read_json(sound.with_suffix(".json").read_text("utf-8"))
            os.utime(sound)
            return Utterance(sound, worker.spoken_from_json(told))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def fill(
        self,
        lines: Sequence[Line],
        take: Callable[[Line, Utterance], None],
        cancel: CancelToken | None,
    ) -> None:
        """Speak ``lines``, each another one; ``take`` gets each with what was spoken. Raises OverBudget
        before anything is paid for."""
        setup = tts_setup(self._services)
        info = TTS.make(self._provider, setup).info
        expected = {CHARACTER: float(sum(len(line.text) for line in lines))}
        with (
            scratch(self._paths.render_work) as work,
            self._services.ledger.paying(info, expected) as payment,
        ):
            out = [work / f"{number}.wav" for number in range(len(lines))]
            stop, one_by_one = work / "stop", Lock()

            def spoken(number: int, told: Message) -> None:
                with one_by_one:
                    payment.add({CHARACTER: float(len(lines[number].text))})
                    take(lines[number], self._put(out[number], lines[number], told))

            def work_on(numbers: Sequence[int], ending: CancelToken | None) -> None:
                own = [lines[number] for number in numbers], [out[number] for number in numbers]
                run_in_worker(
                    worker.TARGET,
                    worker.request(self._provider, setup, *own, stop),
                    cancel=ending,
                    on_message=lambda message: spoken(numbers[int(message["line"])], message["spoken"]),
                    name=_name(self._provider),
                )

            with _after_this_line(cancel, stop) if info.costs else nullcontext(cancel) as ending:
                _side_by_side(_shares(len(lines), _hands(info, lines)), work_on, ending, stop)
            if cancel is not None:
                cancel.raise_if_cancelled()
        keep_within(self._folder.iterdir(), _MOST_BYTES)

    def _put(self, made: Path, line: Line, spoken: Message) -> Utterance:
        sound = self._file(line)
        try:
            make_folder(self._folder)
            made.replace(sound)
            write_whole(sound.with_suffix(".json"), json.dumps(spoken).encode())
        except OSError as error:
            raise disk_fault(error, sound) from error
        return Utterance(sound, worker.spoken_from_json(spoken))

    def _file(self, line: Line) -> Path:
        what = repr((_FORMAT, self._provider, self._as_set, line.voice, line.text, line.speed))
        return self._folder / f"{sha256(what.encode()).hexdigest()[:32]}.wav"


def _hands(info: ProviderInfo, lines: Sequence[Line]) -> int:
    """How many workers speak at once: a service is asked for two lines at a time, and an engine of this
    machine is started as often as it takes to keep the processors busy."""
    most = min(_WORKERS, (os.cpu_count() or 1) // info.threads) if info.threads else 1
    most = most if info.offline else _AT_ONCE
    return max(1, min(most, len(lines), sum(len(line.text) for line in lines) // _WORTH))


def _shares(count: int, hands: int) -> list[range]:
    """Who speaks which lines: by turns, so that the beginning is there first."""
    return [range(hand, count, hands) for hand in range(hands)]


def _side_by_side(
    shares: Sequence[Sequence[int]],
    work_on: Callable[[Sequence[int], CancelToken | None], None],
    cancel: CancelToken | None,
    stop: Path,
) -> None:
    """Each share by a worker of its own. Where one fails the others come to the end of their line, as that
    is spoken and perhaps paid for; what failed first is raised."""
    if len(shares) == 1:
        work_on(shares[0], cancel)
        return

    def one(share: Sequence[int]) -> None:
        try:
            work_on(share, cancel)
        except BaseException:
            stop.touch()
            raise

    with ThreadPoolExecutor(len(shares), thread_name_prefix="speak") as pool:
        ends = [pool.submit(one, share) for share in shares]
    for end in ends:
        end.result()


@contextmanager
def _after_this_line(cancel: CancelToken | None, stop: Path) -> Iterator[CancelToken]:
    """A token for the worker of a voice that is paid for: when ``cancel`` comes, the line that is being
    spoken may come to its end, as it is paid for anyway; the worker is ended where that takes too long."""
    ending = CancelToken()
    timer = Timer(PATIENCE_S, ending.cancel)
    timer.daemon = True

    def soon() -> None:
        with suppress(OSError):  # its folder is gone: the worker has ended
            stop.touch()
        timer.start()

    forget = (cancel or CancelToken()).on_cancel(soon)
    try:
        yield ending
    finally:
        forget()
        timer.cancel()


def _as_set(info: ProviderInfo, setup: TtsSetup) -> list[tuple[str, object]]:
    """What of its settings decides how a provider speaks: its model, its server, its manner where that is not
    the usual one; what it costs doesn't."""
    set_here = [(one, setup.option(info, one.key)) for one in info.settings if one.key != PRICE]
    own = [(one.key, value) for one, value in set_here if not (is_manner(one) and value == one.default)]
    server = [("openai_base_url", setup.options.get("openai_base_url"))]
    return own + (server if OPENAI_KEY in {need.name for need in info.keys} else [])


def _name(provider: str) -> str:
    return TTS.info(provider).name
