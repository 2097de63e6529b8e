"""Which files of a folder are recordings, and when they have come to rest."""

from __future__ import annotations

from pathlib import Path

from viralclip_desktop.features.batches import Settling, recordings_in


def _file(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    return path


def test_recordings_lie_in_the_folder_and_one_below(tmp_path: Path) -> None:
    talk, sound = _file(tmp_path / "b talk.MP4"), _file(tmp_path / "A sound.flac")
    below = _file(tmp_path / "c monday" / "talk.mov")
    for other in (
        "notes.txt",
        ".hidden.mp4",
        "._talk.mp4",
        ".git/x.mp4",
        "c monday/deep/x.mp4",
        "x.mp4.part",
    ):
        _file(tmp_path / other)
    assert recordings_in([tmp_path]) == [sound, talk, below]


def test_a_file_that_is_named_is_taken_as_it_is_and_nothing_comes_twice(tmp_path: Path) -> None:
    odd, talk = _file(tmp_path / "odd.dat"), _file(tmp_path / "talk.mp4")
    gone = tmp_path / "gone.mp4"
    assert recordings_in([odd, talk, gone, tmp_path, talk]) == [odd, talk, gone]


def test_what_we_made_is_no_recording(tmp_path: Path) -> None:
    talk = _file(tmp_path / "talk.mp4")
    made = _file(tmp_path / "01 Talk (9x16).mp4")
    _file(tmp_path / "out" / "02 Talk (9x16).mp4")
    assert recordings_in([tmp_path], {made}, tmp_path / "out") == [talk]
    assert talk in recordings_in([tmp_path], {made}, tmp_path), "files may go beside the recordings"


def test_links_that_lead_round_in_a_circle_bring_nothing_twice(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    talk, below = _file(folder / "talk.mp4"), _file(folder / "monday" / "talk.mov")
    made = _file(out / "01 Talk.mp4")
    (folder / "itself").symlink_to(folder)
    (folder / "here").symlink_to(folder / "there")
    (folder / "there").symlink_to(folder / "here")
    (folder / "again").symlink_to(folder / "monday")
    (folder / "a copy.mp4").symlink_to(talk)
    (folder / "made").symlink_to(out)
    assert recordings_in([folder], {made}, out) == [below, talk]
    assert recordings_in([folder], {made}) == [below, talk], "what we made is none by a link either"
    elsewhere = _file(tmp_path / "disk" / "talk.mkv")
    (folder / "disk").symlink_to(tmp_path / "disk")
    assert recordings_in([folder], {made}) == [folder / "disk" / elsewhere.name, below, talk]


def test_a_file_counts_once_it_has_not_changed_for_some_seconds() -> None:
    growing, whole = Path("growing.mp4"), Path("whole.mp4")
    settling = Settling(quiet_s=5)
    assert settling.settled({growing: (10, 1), whole: (50, 1)}, now_s=100) == []
    assert settling.waiting
    assert settling.settled({growing: (20, 2), whole: (50, 1)}, now_s=104.9) == []
    assert settling.settled({growing: (30, 3), whole: (50, 1)}, now_s=105) == [whole]
    assert settling.waiting, "one is still growing"
    assert settling.settled({growing: (30, 3), whole: (50, 1)}, now_s=110) == [growing, whole]
    assert not settling.waiting


def test_a_file_that_was_away_has_to_rest_again() -> None:
    path, settling = Path("talk.mp4"), Settling(quiet_s=5)
    settling.settled({path: (10, 1)}, now_s=0)
    settling.settled({}, now_s=3)
    assert not settling.waiting
    assert settling.settled({path: (10, 1)}, now_s=6) == []
    assert settling.settled({path: (10, 1)}, now_s=11) == [path]
