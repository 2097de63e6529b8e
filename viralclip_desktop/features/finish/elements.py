"""The list of what can be laid on a clip to finish it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.layers import Element
from viralclip_desktop.features.finish import broll, cold_open, emoji, sounds, texts, transitions, words
from viralclip_desktop.features.finish.scene import Scene, Wanted


def _without_layers(clip: Clip, element: Element) -> Clip:
    return replace(clip, layers=tuple(layer for layer in clip.layers if layer.element is not element))


def _has_layer(clip: Clip, element: Element) -> bool:
    return any(layer.element is element for layer in clip.layers)


@dataclass(frozen=True, slots=True)
class ElementRow:
    """One element: what it is called, what it does, how it comes onto a clip and how it goes."""

    id: Element
    label: str
    note: str
    add: Callable[[Clip, Scene, Wanted], Clip]
    """Pure; of a clip without it. One that has nothing to show gives the clip back as it is."""
    usual: bool = False
    """Whether a finish has it where nothing is said."""
    remove: Callable[[Clip, Element], Clip] = _without_layers
    has: Callable[[Clip, Element], bool] = _has_layer

    def laid(self, clip: Clip, scene: Scene, wanted: Wanted) -> Clip:
        """The clip with the element, in the place of one that was there."""
        return self.add(self.remove(clip, self.id), scene, wanted)


ELEMENTS: tuple[ElementRow, ...] = (
    ElementRow(
        Element.COLD_OPEN,
        "Cold open",
        "The strongest line first, then the clip from its start.",
        cold_open.add_cold_open,
        remove=cold_open.remove_cold_open,
        has=cold_open.has_cold_open,
    ),
    ElementRow(
        Element.BROLL,
        "B-roll",
        "Your own pictures and films, where a word of their name is said.",
        broll.add_broll,
    ),
    ElementRow(
        Element.CARD,
        "Title card",
        "The title over a darkened picture, first of all.",
        texts.add_card,
    ),
    ElementRow(
        Element.PROGRESS,
        "Progress bar",
        "A thin bar that fills while the clip plays.",
        texts.add_progress,
        usual=True,
    ),
    ElementRow(
        Element.HOOK,
        "Hook text",
        "What the clip is about, in its first seconds.",
        texts.add_hook,
        usual=True,
    ),
    ElementRow(
        Element.LOWER_THIRD,
        "Lower third",
        "Who speaks, with a line below the name.",
        texts.add_lower_third,
    ),
    ElementRow(
        Element.EMOJI,
        "Emoji",
        "Now and then one that goes with a word, beside the captions.",
        emoji.add_emoji,
    ),
    ElementRow(
        Element.KEYWORDS,
        "Key words",
        "One word a sentence has a colour of its own in the captions.",
        words.add_keywords,
        remove=words.remove_keywords,
        has=words.has_keywords,
    ),
    ElementRow(
        Element.TRANSITIONS,
        "Transitions",
        "A dissolve where the subject changes; cuts stay cuts elsewhere.",
        transitions.add_transitions,
        remove=transitions.remove_transitions,
        has=transitions.has_transitions,
    ),
    ElementRow(
        Element.EFFECTS,
        "Sound effects",
        "A pop as the hook comes, a whoosh as a card goes; softer than the voice.",
        sounds.add_effects,
    ),
    ElementRow(
        Element.MUSIC,
        "Music bed",
        "A song of yours, lower while somebody talks.",
        sounds.add_music,
    ),
)
"""In the order in which they are laid: later ones lie on top, and keep off earlier ones."""

USUAL: tuple[Element, ...] = tuple(row.id for row in ELEMENTS if row.usual)
"""What a finish has where nothing is said."""


BY_ITSELF: tuple[Element, ...] = tuple(
    row.id for row in ELEMENTS if row.id not in (Element.BROLL, Element.MUSIC)
)
"""What needs no file of the user's."""


def row_of(element: Element) -> ElementRow:
    """An element's row."""
    return next(row for row in ELEMENTS if row.id is element)


def is_on(clip: Clip, element: Element) -> bool:
    """Whether a clip has an element."""
    return row_of(element).has(clip, element)
