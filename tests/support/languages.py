"""Every text a user can meet in the window, read from the source, for comparing with the catalogues.

Texts of the window stand in ``tr()`` and ``plural()``, or in tables whose words a ``tr()`` reads. Texts of
the rooms below the window stand in ``say()`` and ``say_n()``, or are constants found by what they are:
arguments of faults, steps of progress, names of edits, and everything else that reads like a sentence.

``python tests/support/languages.py`` puts the catalogues in order and leaves an empty place for each new
text.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from viralclip_desktop.core.catalogue import QT, Catalogue, read_catalogue
from viralclip_desktop.engines.stt.languages import LANGUAGE_NAMES, language_name

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "viralclip_desktop"
LANGUAGES = ("id", "th")

_BELOW = ("core", "domain", "settings", "compose", "media", "store", "engines", "jobs", "features")

TABLES: dict[str, tuple[str, ...]] = {
    "gui/brand_kit/parts.py": ("_NAMES",),
    "gui/captions/captions_panel.py": ("FORMATS",),
    "domain/properties/captions.py": ("_CASES", "_ANIMATIONS", "_ENTRANCES", "_EXITS", "_PLACES", "GROUPS"),
    "domain/properties/brand.py": ("_CORNERS",),
    "domain/properties/framing.py": ("_EASINGS", "_FRAMINGS"),
    "domain/properties/layers.py": ("_LOOKS", "_MOTIONS"),
    "domain/properties/parts.py": ("TRANSITIONS",),
    "domain/properties/sound.py": ("_NOISE", "_TONES"),
    "gui/audio/layer_card.py": ("_NAMES",),
    "gui/editor/header.py": ("_SHAPES",),
    "gui/jobs/message_list.py": ("_SEVERITIES",),
    "gui/jobs/stages.py": ("STAGES", "BATCH_STAGES", "_STATES"),
    "gui/preview/element_editor.py": ("_KINDS",),
    "gui/session/actions.py": ("Group",),
    "gui/studio/made_with.py": ("_NAMES",),
    "gui/studio/music_words.py": ("PRESETS", "MOODS_SAID", "STEMS", "SECTIONS"),
    "gui/studio/sound_model.py": ("KINDS",),
    "gui/timeline/painting/headers.py": ("_NAMES",),
    "gui/timeline/painting/items.py": ("_HINTS",),
    "gui/timeline/spoken.py": ("_NAMES",),
    "gui/transcript/menus.py": ("TITLES",),
}
"""Module constants whose words are shown: file -> names."""

CALLS: dict[str, tuple[int | str, ...]] = {
    "ActionRow": (1, "also"),
    "Number": (1, "note"),
    "Choice": (1, "note"),
    "Font": (1,),
    "OnOff": (1,),
    "Rate": (1,),
    "Ratio": (1,),
    "Folder": (1,),
    "Words": (1, 2),
    "Colour": (1,),
    "When": (1,),
    "_edit": (1,),
    "_view": (1,),
    "shows_panel": (1, "also"),
    "_play": (1,),
    "PanelRow": (1,),
    "TabRow": (1,),
    "ElementRow": (1, 2),
    "_setting": (1, 2, 3, "choices"),
    "provider_setting": (2, 3, "choices"),
    "voice_setting": (2, 3),
    "ProgressEvent": (0, 2, "message", "stage"),
    "transaction": (0,),
    "edit_clip": (1, 2),
    "Standing": (1, 2, "problem"),
    "ProviderInfo": (1, "name"),
    "Reason": (2, "text"),
    "_range_remarks": (0,),
    "_must_rest": (1,),
    "_cut": (2,),
    "_named": (1,),
    "CatalogueModel": (3,),
    "ModelEntry": (4,),
    "crash_fault": (0,),
    "not_decodable": (1,),
    "no_decoder": (1,),
    "check": (0,),
}
"""Calls that are handed words: the name of what is called -> places and names of the arguments."""

MESSAGE_CALLS: dict[str, tuple[int | str, ...]] = {
    "Notice": (1, 2),
    "ProgressEvent": (0, 2, "message", "stage"),
    "transaction": (0,),
    "edit_clip": (1,),
    "Reason": (2, "text"),
}
"""Calls that take messages, wherever they are made."""

FILLINGS = {
    "domain/layers.py": ("picture", "title", "progress", "music", "voice", "effect"),
    "features/exporting/plans.py": ("sound",),
    "store/kinds.py": (
        *("project", "recording", "translation", "batch of clips", "clip", "export", "transcript"),
        *("caption style", "brand kit", "file", "sound of a language"),
    ),
    "features/transcription/transcribing.py": ("speech recogniser",),
    "features/links/fetching.py": ("video download",),
    "engines/provider.py": ("face finder", "speech recogniser", "translation engine", "voice separator"),
    "core/time.py": ("s", "min", "h"),
}
"""Words that are filled into sentences below the window: file -> words in it."""

_NOT_SHOWN = frozenset(
    {
        "compose/captions/ass.py",  # the words of the ASS format
        "compose/captions/fonts.py",  # names of fonts
        "features/moments/llm/prompts.py",  # read by language models, which follow English best
        "engines/translation/prompts.py",  # likewise
        "features/interchange/sequence.py",  # notes inside timeline files, read in other editors
        "features/interchange/otio_file.py",
        "features/interchange/fcpxml.py",
        "features/checkup/checkup.py",  # the command line's doctor
        "features/sample_talk/__main__.py",
        "features/sample_talk/drawing.py",
        "store/search.py",
    }
)
_NOT_SHOWN_UNDER = ("store/migrations/",)
_CODE = re.compile(r"^(PRAGMA|SELECT|INSERT|UPDATE|BEGIN|CREATE|AFTER|TITLE|FCM|PTS|WEBVTT|HTTP) ?")


@dataclass(frozen=True)
class Text:
    """One English text and where it stands; with ``many``, a pair of templates for one and for several."""

    text: str
    where: str
    many: str = ""


@dataclass(frozen=True)
class Source:
    """One parsed file."""

    name: str
    tree: ast.Module


@cache
def sources() -> tuple[Source, ...]:
    """Every file of the program except the command line."""
    paths = sorted(PACKAGE.rglob("*.py"))
    names = [(path.relative_to(PACKAGE).as_posix(), path) for path in paths]
    return tuple(
        Source(name, ast.parse(path.read_text(encoding="utf-8")))
        for name, path in names
        if not name.startswith("cli/")
    )


@cache
def texts() -> tuple[Text, ...]:
    """Every text, once for each place where it stands."""
    found: list[Text] = []
    for source in sources():
        found += [Text(one, f"{source.name}:{line}", many) for one, many, line in _pairs(source)]
        single = (*_window(source), *_faults(source)) if source.name.startswith("gui/") else _below(source)
        found += [Text(text, f"{source.name}:{line}") for text, line in (*single, *_messages(source))]
    found += [Text(word, name) for name, words in FILLINGS.items() for word in words]
    return tuple(found + list(_resources()))


def rendered_early() -> list[str]:
    """F-strings where a message belongs: their values could never be told from their words again."""
    found = {(source.name, node.lineno, ast.unparse(node)) for source in sources() for node in _early(source)}
    return [f"{name}:{line} {words}" for name, line, words in sorted(found)]


def _early(source: Source) -> Iterator[ast.JoinedStr]:
    hidden = set(_hidden(source.tree))
    calls = CALLS if not source.name.startswith("gui/") else MESSAGE_CALLS
    for given in (*_fault_words(source), *_arguments(source, calls), *_arguments(source, {"say": (0,)})):
        yield from (part for part in _branches(given) if isinstance(part, ast.JoinedStr) and _has_words(part))
    if source.name.startswith(_BELOW) and _is_shown(source):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.JoinedStr) and id(node) not in hidden and _prose(_template(node) or ""):
                yield node


def _has_words(node: ast.JoinedStr) -> bool:
    return bool(re.search(r"[A-Za-z]{2}", re.sub(r"\{\w*\}", "", _template(node) or "")))


def unknown_lookups() -> list[str]:
    """``tr()`` calls whose text is neither written there nor read from a known table."""
    return [
        f"{source.name}:{call.lineno} {ast.unparse(call)}"
        for source in sources()
        for call in _calls(source.tree, {"tr", "plural"})
        if source.name.startswith("gui/")
        for given in _looked_up(call)
        if not _written(given) and not _known(source.name, ast.unparse(given))
    ]


def _known(file: str, looked_up: str) -> bool:
    """Read from a table: a row of ``domain/properties`` has a label and a note."""
    return looked_up.endswith((".label", ".note")) or (file, looked_up) in KNOWN_LOOKUPS


KNOWN_LOOKUPS = frozenset(
    {
        ("gui/common/corner_picker.py", "_NAMES[value]"),
        ("gui/brand_kit/parts.py", "_NAMES[number]"),
        ("gui/audio/layer_card.py", "_NAMES[layer.kind]"),
        ("gui/captions/captions_panel.py", "words"),
        ("gui/captions/style_controls.py", "title"),
        ("gui/captions/style_controls.py", "item.hint"),
        ("gui/captions/style_controls.py", "words"),
        ("gui/editor/docks.py", "spec.title"),
        ("gui/editor/header.py", "name"),
        ("gui/exporting/choice_form.py", "declared()['name_template'].help"),
        ("gui/exporting/export_dialog.py", "found.note"),
        ("gui/exporting/export_dialog.py", "preset.label"),
        ("gui/exporting/export_dialog.py", "preset.note"),
        ("gui/jobs/message_list.py", "_SEVERITIES[text.kind]"),
        ("gui/jobs/stages.py", "name"),
        ("gui/jobs/stages.py", "_STATES[state]"),
        ("gui/common/property_controls.py", "text"),
        ("gui/finish/transition_form.py", "text"),
        ("gui/preview/element_editor.py", "_KINDS[element.kind]"),
        ("gui/timeline/model.py", "words[shown[index].part.transition]"),
        ("gui/studio/music_words.py", "MOODS_SAID[mood]"),
        ("gui/studio/music_words.py", "PRESETS[preset_id]"),
        ("gui/studio/music_words.py", "SECTIONS[name]"),
        ("gui/studio/music_words.py", "STEMS[stem]"),
        ("gui/timeline/menus.py", "words"),
        ("gui/timeline/model.py", "words[shown[index].part.transition]"),
        ("gui/common/setting_fields.py", "setting.label"),
        ("gui/common/setting_fields.py", "choice.label"),
        ("gui/settings/rows.py", "setting.label"),
        ("gui/settings/rows.py", "setting.help"),
        ("gui/settings/rows.py", "self.setting.help"),
        ("gui/settings/rows.py", "setting.section"),
        ("gui/studio/speech_manner.py", "setting.label"),
        ("gui/studio/speech_manner.py", "setting.help"),
        ("gui/settings/settings_dialog.py", "name"),
        ("gui/session/actions.py", "self.when.reason"),
        ("gui/session/actions.py", "self.also"),
        ("gui/palette/palette.py", "spec.title"),
        ("gui/shell/actions.py", "row.title"),
        ("gui/shortcuts/dialog.py", "spec.title"),
        ("gui/shortcuts/dialog.py", "name"),
        ("gui/studio/details.py", "words"),
        ("gui/studio/made_with.py", "name"),
        ("gui/studio/sound_model.py", "KINDS[self.entry.item.kind]"),
        ("gui/studio/studio_page.py", "tab.title"),
        ("gui/timeline/painting/headers.py", "name"),
        ("gui/timeline/painting/items.py", "text"),
        ("gui/text.py", "one"),
        ("gui/text.py", "many"),
        ("gui/preview/element_editor.py", "_KINDS[element.kind]"),
        ("gui/timeline/spoken.py", "_NAMES[item.key.kind]"),
        ("gui/transcript/menus.py", "TITLES[command]"),
    }
)
"""``tr()`` calls that read a table of :data:`TABLES`, a call of :data:`CALLS`, or a data file."""


def early_lookups() -> list[str]:
    """``tr()`` calls that run when a module is read: before a language is chosen."""
    found = []
    for source in sources():
        for node in _outside_functions(source.tree):
            if isinstance(node, ast.Call) and _name(node.func) in {"tr", "plural", "tr_message"}:
                found.append(f"{source.name}:{node.lineno}")
    return found


def path_of(language: str) -> Path:
    """Where a catalogue lies."""
    return ROOT / "resources" / "languages" / f"{language}.po"


def catalogue(language: str) -> Catalogue:
    """One catalogue as it is on the disk."""
    return read_catalogue(path_of(language))


def said(language: str) -> list[tuple[str, str]]:
    """Each English template with what it is in a language, the forms of plurals one by one."""
    known = catalogue(language)
    forms = [(many, form) for (_, many), said in known.plurals.items() for form in said]
    return [*known.texts.items(), *forms]


def fields(template: str) -> list[str]:
    """The names in braces, sorted."""
    return sorted(re.findall(r"\{(\w*)(?::[^}]*)?\}", template))


def tidy(language: str) -> None:
    """Write a catalogue anew: sorted, without what nobody says any more, with an empty place for each new
    text."""
    known = catalogue(language)
    path = path_of(language)
    header = path.read_text(encoding="utf-8").partition("\n\n")[0]
    singles = {one.text: known.texts.get(one.text, "") for one in texts() if not one.many}
    forms = int(re.findall(r"nplurals=(\d)", header)[0])
    several = sorted({(one.text, one.many) for one in texts() if one.many})
    pairs = {pair: known.plurals.get(pair, ("",) * forms) for pair in several}
    path.write_text(po_text(header, singles, pairs, known.toolkit), encoding="utf-8")


def po_text(
    header: str,
    singles: Mapping[str, str],
    pairs: Mapping[tuple[str, str], tuple[str, ...]],
    toolkit: Mapping[str, str],
) -> str:
    """A PO file; one line a text and no line numbers, so that branches merge."""
    entries = [(key, f"msgid {_quoted(key)}\nmsgstr {_quoted(said)}") for key, said in singles.items()]
    for (one, many), forms in pairs.items():
        said = "\n".join(f"msgstr[{at}] {_quoted(form)}" for at, form in enumerate(forms))
        entries.append((one, f"msgid {_quoted(one)}\nmsgid_plural {_quoted(many)}\n{said}"))
    words = sorted(toolkit.items())
    qt = [f'msgctxt "{QT}"\nmsgid {_quoted(key)}\nmsgstr {_quoted(said)}' for key, said in words]
    return "\n\n".join([header, *(entry for _, entry in sorted(entries)), *qt]) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


# --- the window ----------------------------------------------------------------------------------------


def _window(source: Source) -> Iterator[tuple[str, int]]:
    for call in _calls(source.tree, {"tr"}):
        for given in _looked_up(call):
            for node in (given.body, given.orelse) if isinstance(given, ast.IfExp) else (given,):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value, node.lineno
    yield from _tables(source)
    yield from _handed(source, CALLS)


def _looked_up(call: ast.Call) -> list[ast.expr]:
    return call.args[:1] if _name(call.func) == "tr" else call.args[1:3]


def _written(node: ast.expr) -> bool:
    if isinstance(node, ast.IfExp):
        return _written(node.body) and _written(node.orelse)
    return isinstance(node, ast.Constant)


def _tables(source: Source) -> Iterator[tuple[str, int]]:
    names = TABLES.get(source.name, ())
    for node in source.tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        named = any(isinstance(target, ast.Name) and target.id in names for target in targets)
        if named or (isinstance(node, ast.ClassDef) and node.name in names):
            said = ast.get_docstring(node) if isinstance(node, ast.ClassDef) else ""
            for part in ast.walk(node):
                if isinstance(part, ast.Constant) and part.value == said:
                    continue
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and _wordy(part.value):
                    yield part.value, part.lineno


def _wordy(text: str) -> bool:
    """A label, rather than an identifier, an icon or a unit."""
    return bool(re.match(r"[A-Z“].*[a-z]|[A-Z]{4}", text) or re.search(r"[a-z] [a-z]|\d  [A-Z][a-z]+", text))


# --- below the window ----------------------------------------------------------------------------------


def _pairs(source: Source) -> Iterator[tuple[str, str, int]]:
    for call in _calls(source.tree, {"plural", "say_n"}):
        match call.args[1:3]:
            case [ast.Constant(value=str(one)), ast.Constant(value=str(many))]:
                yield one, many, call.lineno


def _messages(source: Source) -> Iterator[tuple[str, int]]:
    for call in _calls(source.tree, {"say"}):
        match call.args[:1]:
            case [ast.Constant(value=str(text))] if re.search("[A-Za-z]", re.sub(r"\{\w*\}", "", text)):
                yield text, call.lineno


def _below(source: Source) -> Iterator[tuple[str, int]]:
    if not _is_shown(source) or not source.name.startswith(_BELOW):
        return
    yield from _tables(source)
    yield from _handed(source, CALLS)
    yield from _faults(source)
    hidden = set(_hidden(source.tree))
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and id(node) not in hidden and _prose(str(node.value)):
            yield str(node.value), node.lineno


def _is_shown(source: Source) -> bool:
    return source.name not in _NOT_SHOWN and not source.name.startswith(_NOT_SHOWN_UNDER)


def _prose(text: str) -> bool:
    """Reads like a sentence or the name of an edit."""
    bare = re.sub(r"\{\w*\}", "", text)
    if _CODE.match(text) or "\n" in text or text in _FOREIGN or not re.search(r"[A-Za-z]{3}", bare):
        return False
    starts = re.match(r"[A-Z“].* ", text) or re.match(r"\{.* [a-z]{2,}.*\.$", text)
    several = re.search(r"[a-z]{2} [a-z]{2}.*\.$", text) or len(re.findall(r"\b[A-Za-z]{2,}\b", bare)) > 2
    return bool(starts or (several and (text.startswith("{") or text.endswith("."))))


_FOREIGN = frozenset(
    {
        # what ffmpeg and the system say, looked for in their words
        "No space left on device", "There is not enough space on the disk", "Disk quota exceeded",
        "Unknown encoder", "Error while opening encoder", "Encoder not found", "No capable devices found",
        "Could not open encoder", "Cannot load libcuda", "Error initializing an internal MFX session",
        "Permission denied", "Read-only file system", "Access is denied", "Cannot allocate memory",
        "Out of memory", "Protocol not found", "Unknown decoder", "Decoder not found",
        "Decoding requested, but no decoder", "Invalid data found when processing input",
        "Error opening input",
        # names that are the same everywhere
        "ViralClip Desktop", "Apple VideoToolbox", "NVIDIA NVENC", "Intel Quick Sync", "AMD AMF",
        "Bahasa Indonesia", "Constrained High",
        # logged, or told only in the folded details
        "Whisper does not run on %s: %s", "{name} has another checksum", "{name} has another size",
        "{text} is beyond what can be stored", "{text} is no usable number", "{member} is another file",
        "{kind} {id} belongs to {missing}, which is not there", "{have} of {size} bytes arrived",
        "{frames} frames can be decoded, not {frames2}", "{broken} frames cannot be decoded",
        "DROP FRAME", "NON-DROP FRAME", "ViralClip Desktop {version}",
    }
)  # fmt: skip


def _hidden(tree: ast.Module) -> Iterator[int]:
    """Docstrings, the parts of f-strings (which are read as one), and what is logged."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)
        elif isinstance(node, ast.JoinedStr):
            yield from (id(part) for part in node.values if isinstance(part, ast.Constant))
        elif isinstance(node, ast.Call) and _is_for_developers(node):
            yield from (id(part) for part in ast.walk(node))
        elif isinstance(node, ast.Call) and _name(node.func) == "say_n":  # read as pairs
            yield from (id(part) for part in node.args)


def _is_for_developers(call: ast.Call) -> bool:
    name = _name(call.func)
    logged = _callee(call.func).startswith(("_log.", "logging.", "re."))
    return logged or (name.endswith("Error") and name not in _fault_names())


def _template(node: ast.AST) -> str | None:
    """The text of a literal, with ``{names}`` for what an f-string fills in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return None
    text, names = "", []
    for part in node.values:
        if isinstance(part, ast.Constant):
            text += str(part.value)
        elif isinstance(part, ast.FormattedValue):
            names.append(_field(part.value))
            again = names.count(names[-1])
            text += "{" + names[-1] + (str(again) if again > 1 else "") + "}"
    return text


def _field(node: ast.expr) -> str:
    """A short name for the value in an f-string."""
    if isinstance(node, ast.Name):
        return node.id.strip("_").lower()
    if isinstance(node, ast.Attribute):
        return node.attr.strip("_").lower()
    if isinstance(node, ast.BinOp):
        return _field(node.right if isinstance(node.left, ast.Constant) else node.left)
    if isinstance(node, ast.Call):
        return _field(node.args[0]) if node.args else _field(node.func)
    if isinstance(node, ast.Subscript):
        return _field(node.value)
    return "value"


def _faults(source: Source) -> Iterator[tuple[str, int]]:
    for given in _fault_words(source):
        yield from _said(given)


def _fault_words(source: Source) -> Iterator[ast.expr]:
    for call in _calls(source.tree, _fault_names()):
        yield from (*call.args[:2], *(key.value for key in call.keywords if key.arg in ("message", "hint")))


@cache
def _fault_names() -> frozenset[str]:
    """Fault and every class made of it."""
    bases = {
        node.name: {_name(base) for base in node.bases}
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef)
    }
    found = {"Fault"}
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return frozenset(found)


def _handed(source: Source, calls: dict[str, tuple[int | str, ...]]) -> Iterator[tuple[str, int]]:
    for given in _arguments(source, calls):
        yield from _said(given)


def _arguments(source: Source, calls: dict[str, tuple[int | str, ...]]) -> Iterator[ast.expr]:
    for call in _calls(source.tree, set(calls)):
        for place in calls[_name(call.func)]:
            if isinstance(place, int):
                yield from call.args[place : place + 1]
            else:
                yield from (key.value for key in call.keywords if key.arg == place)


def _branches(given: ast.expr) -> Iterator[ast.expr]:
    """Either side of a choice; of a list of pairs of value and words, the words."""
    if isinstance(given, ast.IfExp):
        yield from (*_branches(given.body), *_branches(given.orelse))
    elif isinstance(given, ast.Tuple):
        for pair in given.elts:
            if isinstance(pair, ast.Tuple):
                yield from _branches(pair.elts[-1])
    else:
        yield given


def _said(given: ast.expr) -> Iterator[tuple[str, int]]:
    """The constant texts of an argument."""
    for node in _branches(given):
        text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
        if re.search(r"[a-z]{2}", text) and _wordy(text) and text not in _FOREIGN:
            yield text, node.lineno


# --- data files ----------------------------------------------------------------------------------------


def _resources() -> Iterator[Text]:
    for path in sorted((ROOT / "resources" / "captions").glob("*.json")):
        label = json.loads(path.read_text(encoding="utf-8"))["label"]
        yield Text(label, f"resources/captions/{path.name}")
    presets = ROOT / "resources" / "exporting" / "presets.json"
    for preset in json.loads(presets.read_text(encoding="utf-8")):
        for key in ("label", "note"):
            yield Text(preset[key], "resources/exporting/presets.json")
    for code in LANGUAGE_NAMES:
        yield Text(language_name(code), "engines/stt/languages.py")


# --- syntax --------------------------------------------------------------------------------------------


def _calls(tree: ast.Module, names: set[str] | frozenset[str]) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in names:
            yield node


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _callee(node: ast.expr) -> str:
    return ast.unparse(node)


def _outside_functions(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield node
            yield from _outside_functions(node)


if __name__ == "__main__":
    for each in LANGUAGES:
        tidy(each)
