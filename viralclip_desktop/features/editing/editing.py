"""All edits under one roof: the table of what can be done to a project by hand."""

from __future__ import annotations

from viralclip_desktop.features.editing.arranging import Arranging
from viralclip_desktop.features.editing.cutting import Cutting, Layering
from viralclip_desktop.features.editing.editor import ClipEditor
from viralclip_desktop.features.editing.looks import Branding, Styling
from viralclip_desktop.features.editing.marking import Keying, Marking
from viralclip_desktop.features.editing.parting import Parting
from viralclip_desktop.features.editing.translating import Translating
from viralclip_desktop.features.editing.wording import Wording
from viralclip_desktop.store.store import Store


class Editing:
    """Every method is one transaction with a name in the history, stored at once, and returns the new value.

    Edits that change nothing leave no entry. Steps of a gesture pass one ``merge_key``. What does not exist
    raises :class:`NotFound`. The parts are classes of their own; this one only names what they can do.
    """

    def __init__(self, store: Store) -> None:
        editor = ClipEditor(store)
        self._name_clip_edits(editor)
        self._name_looks(editor)
        self._name_wording(Wording(store))
        self._name_translating(Translating(store))

        arranging = Arranging(store)
        self.split_clip = arranging.split_clip
        self.duplicate_clip = arranging.duplicate_clip
        self.delete_clips = arranging.delete_clips
        self.reorder_clips = arranging.reorder_clips

    def _name_clip_edits(self, editor: ClipEditor) -> None:
        cutting = Cutting(editor)
        self.trim_clip = cutting.trim_clip
        self.cut = cutting.cut
        self.cut_words = cutting.cut_words
        self.ripple_delete = cutting.ripple_delete
        self.restore = cutting.restore
        self.restore_words = cutting.restore_words
        self.restore_all = cutting.restore_all

        parting = Parting(editor)
        self.split = parting.split
        self.join = parting.join
        self.move_part = parting.move_part
        self.trim_part = parting.trim_part

        layering = Layering(editor)
        self.put_layer = layering.put_layer
        self.put_layers = layering.put_layers
        self.remove_layer = layering.remove_layer
        self.remove_layers = layering.remove_layers
        self.move_layer = layering.move_layer
        self.split_layers = layering.split_layers
        self.lift = layering.lift
        self.set_original_volume = layering.set_original_volume

        keying, marking = Keying(editor), Marking(editor)
        self.set_frame_key = keying.set_frame_key
        self.move_frame_key = keying.move_frame_key
        self.remove_frame_key = keying.remove_frame_key
        self.clear_frame_keys = keying.clear_frame_keys
        self.add_marker = marking.add_marker
        self.move_marker = marking.move_marker
        self.rename_marker = marking.rename_marker
        self.remove_marker = marking.remove_marker

    def _name_looks(self, editor: ClipEditor) -> None:
        styling, branding = Styling(editor), Branding(editor)
        self.override_captions = styling.override_captions
        self.save_style = styling.save_style
        self.delete_style = styling.delete_style
        self.default_kit = branding.default_kit
        self.kit_of_new_clips = branding.kit_of_new_clips
        self.put_brand_kit = branding.put_brand_kit
        self.delete_brand_kit = branding.delete_brand_kit
        self.apply_brand_kit = branding.apply_brand_kit

    def _name_translating(self, translating: Translating) -> None:
        self.import_translation = translating.import_translation
        self.put_translation = translating.put_translation
        self.remove_translation = translating.remove_translation
        self.show_second_language = translating.show_second_language
        self.write_line = translating.write_line
        self.correct_line = translating.correct_line
        self.split_line = translating.split_line
        self.merge_line = translating.merge_line
        self.shift_lines = translating.shift_lines

    def _name_wording(self, wording: Wording) -> None:
        self.correct_word = wording.correct_word
        self.correct_words = wording.correct_words
        self.replace_words = wording.replace_words
        self.drop_words = wording.drop_words
        self.retime_word = wording.retime_word
        self.nudge_words = wording.nudge_words
        self.split_sentence = wording.split_sentence
        self.merge_sentence = wording.merge_sentence
        self.assign_speaker = wording.assign_speaker
        self.find = wording.find
        self.find_replace = wording.find_replace
