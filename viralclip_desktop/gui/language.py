"""The language of the window: the system's, or the user's choice; catalogues in ``resources/languages``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from viralclip_desktop.core.catalogue import read_catalogue
from viralclip_desktop.core.resources import resource
from viralclip_desktop.gui.text import use_catalogue

ENGLISH = "en"
SYSTEM = "system"


def known_languages() -> tuple[str, ...]:
    """The languages there are: English, and one for each catalogue."""
    return (ENGLISH, *sorted(path.stem for path in resource("languages").glob("*.po")))


def resolve(choice: str, system: Iterable[str]) -> str:
    """The language for a choice; ``system``: what the system asks for, best first (``th-TH``). English where
    nothing fits."""
    known = known_languages()
    wanted = [part.replace("_", "-").split("-")[0].lower() for part in system]
    wanted = ["id" if part == "in" else part for part in wanted]  # the code Java and old systems use
    asked = wanted if choice == SYSTEM else [choice]
    return next((code for code in asked if code in known), ENGLISH)


class _QtWords(QTranslator):
    """Qt's own words (menus of text fields, file dialogs) from the same catalogue; Qt has none for Indonesian
    and Thai."""

    def __init__(self, words: Mapping[str, str], parent: QObject) -> None:
        super().__init__(parent)
        self._words = words

    def isEmpty(self) -> bool:
        """Qt leaves out empty ones."""
        return not self._words

    def translate(
        self,
        _context: str | bytes | bytearray | memoryview[int],
        source: str | bytes | bytearray | memoryview[int],
        _disambiguation: str | bytes | bytearray | memoryview[int] | None = None,
        _n: int = -1,
    ) -> str:
        """The words, or nothing for Qt's English."""
        text = source if isinstance(source, str) else bytes(source).decode("utf-8", "replace")
        return self._words.get(text)  # type: ignore[return-value]  # None says "ask the next one"


class Language(QObject):
    """The language in use; ``changed`` fires after another one was loaded, and the window is built anew."""

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._qt_words: _QtWords | None = None
        self.code = ENGLISH

    def choose(self, choice: str) -> None:
        """Speak as the setting ``language`` says."""
        code = resolve(choice, QLocale.system().uiLanguages())
        if code != self.code:
            self.code = code
            self._load()
            self.changed.emit()

    def _load(self) -> None:
        if self._qt_words is not None:
            self._application.removeTranslator(self._qt_words)
            self._qt_words.deleteLater()
            self._qt_words = None
        QLocale.setDefault(_locale(self.code))
        if self.code == ENGLISH:
            use_catalogue(None)
            return
        catalogue = read_catalogue(resource("languages", f"{self.code}.po"))
        use_catalogue(catalogue)
        self._qt_words = _QtWords(catalogue.toolkit, self)
        self._application.installTranslator(self._qt_words)


def _locale(code: str) -> QLocale:
    """The system's own ways where it speaks the language (en_GB), else those of the language."""
    system = QLocale.system()
    return system if system.name().split("_")[0] == code else QLocale(code)


_current: list[Language] = []


def start_language(application: QApplication, choice: str) -> Language:
    """Make the application's language, or choose anew on the one it has."""
    if not _current:
        _current.append(Language(application))
    _current[0].choose(choice)
    return _current[0]


def language() -> Language | None:
    """The application's language, once it was started."""
    return _current[0] if _current else None
