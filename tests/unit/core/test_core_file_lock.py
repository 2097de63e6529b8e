"""The lock that programs share by a file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from viralclip_desktop.core.file_lock import locked

HOLD = """
import sys
from pathlib import Path
from viralclip_desktop.core.file_lock import locked

with locked(Path(sys.argv[1])) as mine:
    print(mine, flush=True)
    sys.stdin.read()
"""


def test_one_holds_it_and_nothing_is_left(tmp_path: Path) -> None:
    lock = tmp_path / "video.lock"
    with locked(lock) as mine:
        assert mine
        with locked(lock) as again:
            assert not again
        assert lock.exists(), "the one who did not get it leaves it alone"
        with locked(tmp_path / "other.lock") as other:
            assert other
    assert list(tmp_path.iterdir()) == []


def test_another_program_holds_it_until_it_dies(tmp_path: Path) -> None:
    lock = tmp_path / "video.lock"
    command = [sys.executable, "-c", HOLD, str(lock)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        with locked(lock) as mine:
            assert not mine
        holder.kill()
    assert lock.exists()
    with locked(lock) as mine:
        assert mine
    assert not lock.exists()
