"""Parts of a clip on the timeline: split, moved, trimmed, joined, by mouse and keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from support.gui_timeline import at, within

from viralclip_desktop.domain.clip import Transition
from viralclip_desktop.gui.timeline.menus import build_menu
from viralclip_desktop.gui.timeline.model import Key, Kind
from viralclip_desktop.gui.timeline.spoken import describe


def test_split_makes_two_parts_that_can_be_taken_out_moved_and_joined(bench, hand) -> None:
    clip, panel = bench.clip(), bench.panel
    parts = clip.kept  # 2 to 6, 7.5 to 12, 13.5 to 22 s of the recording
    panel.control.seek(at(6))
    panel.commands.split()
    hand.settle()
    assert bench.clip().kept == (parts[0], within(7.5, 9.5), within(9.5, 12), parts[2])
    assert bench.clip().duration == clip.duration
    hand.click(7, Kind.VIDEO)
    menu = build_menu(panel, panel.control, panel.commands, next(iter(panel.selected)), at(7))
    texts = [action.text().split("\t")[0] for action in menu.actions()]
    assert "Play this part earlier" in texts
    assert "Join with the next part" not in texts
    panel.commands.move_part(-1)
    hand.settle()
    assert bench.clip().kept == (parts[0], within(9.5, 12), within(7.5, 9.5), parts[2])
    bench.session.undo()
    hand.settle()
    panel.commands.join(Key(Kind.VIDEO, str(at(7.5).ticks)))
    hand.settle()
    assert bench.clip().kept == parts
    assert bench.labels()[-1] == "Join"


def test_a_part_comes_by_another_transition_from_its_menu(bench, hand) -> None:
    panel = bench.panel
    hand.click(7, Kind.VIDEO)
    menu = build_menu(panel, panel.control, panel.commands, next(iter(panel.selected)), at(7))
    actions = {action.text(): action for action in menu.actions()}
    assert "Transition: Cut" not in actions
    actions["Transition: Dissolve"].trigger()
    hand.settle()
    assert [str(part.transition) for part in bench.clip().parts] == ["cut", "dissolve", "cut"]
    assert bench.labels()[-1] == "Change transition"
    hand.click(1, Kind.VIDEO)
    menu = build_menu(panel, panel.control, panel.commands, next(iter(panel.selected)), at(1))
    assert not any(action.text().startswith("Transition") for action in menu.actions())


def test_a_transition_has_a_mark_that_opens_its_form_and_goes_with_delete(bench, hand, qtbot) -> None:
    panel, opened = bench.panel, []
    room = panel.canvas.viewport()
    panel.transition_opened.connect(opened.append)
    assert len(panel.control.model.transitions) == 0
    foot = hand.point(4, Kind.VIDEO) - QPoint(0, 4)
    badge = QRect(foot - QPoint(9, 9), QSize(18, 18))
    bare = room.grab(badge).toImage()
    panel.commands.set_transition(1, Transition.WHIP)
    panel.commands.set_transition(2, Transition.ZOOM)
    hand.settle()
    [whip, zoom] = panel.control.model.transitions
    assert (whip.text, whip.range.start) == ("Whip", at(4))
    assert describe(panel.control.model, whip) == "Transition 1 of 2: Whip, at 0:04.0"
    plain = room.grab(badge).toImage()
    assert plain != bare
    qtbot.mouseClick(room, Qt.MouseButton.LeftButton, pos=foot)
    hand.settle()
    assert panel.selected == {whip.key}
    assert opened == [1]
    assert room.grab(badge).toImage() != plain, "it is seen that it is selected"
    menu = build_menu(panel, panel.control, panel.commands, whip.key, at(4))
    texts = [action.text().split("\t")[0] for action in menu.actions()]
    assert "Transition: Zoom" in texts
    assert "Transition: Whip" not in texts
    panel.commands.delete()
    hand.settle()
    assert [str(part.transition) for part in bench.clip().parts] == ["cut", "cut", "zoom"]
    assert len(bench.clip().parts) == 3, "the part itself stays"
    panel.control.selection.only(zoom.key)
    panel.commands.ripple_delete()
    hand.settle()
    assert [str(part.transition) for part in bench.clip().parts] == ["cut", "cut", "cut"]


def test_a_part_is_dragged_to_the_line(bench, hand) -> None:
    first, second, third = bench.clip().kept
    hand.drag(hand.point(12, Kind.VIDEO), hand.point(0.2, Kind.VIDEO))
    assert bench.clip().kept == (third, first, second)
    assert [item.range.start for item in bench.panel.control.model.video] == [at(0), at(8.5), at(12.5)]
    starts = bench.panel.control.model.cues.word_starts.tolist()
    assert starts == sorted(starts)
    bench.session.undo()
    hand.settle()
    assert bench.clip().kept == (first, second, third)


@pytest.mark.parametrize("edge", [False, True])
def test_a_part_that_is_deleted_while_it_is_dragged_takes_no_other_along(bench, hand, qtbot, edge) -> None:
    parts = bench.clip().parts
    hand.click(1, Kind.VIDEO)
    start = hand.point(0.1 if edge else 1, Kind.VIDEO)
    start = QPoint(hand.x(at(4)) - 2, start.y()) if edge else start
    hand.drag(start, hand.point(3 if edge else 16.9, Kind.VIDEO), drop=False)
    bench.panel.commands.delete()
    hand.settle()
    assert bench.clip().parts == parts[1:]
    qtbot.mouseRelease(hand.room, Qt.MouseButton.LeftButton, pos=hand.point(3, Kind.VIDEO))
    hand.settle()
    assert bench.clip().parts == parts[1:]


def test_an_edge_of_a_part_takes_out_and_brings_back(bench, hand) -> None:
    bench.panel.control.set_snapping(not bench.panel.control.snapping)
    start = QPoint(hand.x(at(4)) + 3, hand.y(Kind.VIDEO))  # the second part's left edge
    hand.drag(start, QPoint(hand.x(at(5)) + 3, start.y()))
    assert bench.clip().kept[1].start.seconds == pytest.approx(8.5, abs=0.1)
    start = QPoint(hand.x(at(4)) + 3, hand.y(Kind.VIDEO))
    hand.drag(start, QPoint(hand.x(at(0)), start.y()))
    assert bench.clip().kept[0].end == bench.clip().kept[1].start
    assert bench.labels()[-2:] == ["Trim part", "Trim part"]


def test_a_selected_layer_is_split_instead(bench, hand) -> None:
    hand.click(10, Kind.PICTURE)
    bench.panel.control.seek(at(10))
    bench.panel.commands.split()
    hand.settle()
    assert [layer.range for layer in bench.clip().layers if layer.asset_id.endswith("chart.png")] == [
        within(9, 10), within(10, 11),
    ]  # fmt: skip


def test_split_clip_makes_two_clips_at_the_playhead(bench, hand) -> None:
    before = len(bench.services.store.clips(bench.clip().source_id))
    bench.panel.control.seek(at(5))
    bench.panel.commands.split_clip()
    hand.settle()
    assert len(bench.services.store.clips(bench.clip().source_id)) == before + 1
    assert bench.clip().duration < at(6)
    assert "Split clip" in bench.labels()


def test_split_too_close_to_an_end_says_so(bench) -> None:
    bench.panel.control.seek(at(0.2))
    bench.panel.commands.split_clip()
    assert "at least a second" in bench.told[-1]
    bench.panel.control.seek(at(0.05))
    bench.panel.commands.split()
    assert "away from the edge" in bench.told[-1]
