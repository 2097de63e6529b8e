"""Ending a program ends what it started."""

from __future__ import annotations

import subprocess
import sys

import psutil
import pytest

from viralclip_desktop.core.processes import end_tree

PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("leads_group", [False, True])
def test_a_process_goes_with_its_children(leads_group: bool) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True, start_new_session=leads_group
    )
    assert process.stdout is not None
    child = psutil.Process(int(process.stdout.readline()))
    end_tree(process, wait_s=10.0, leads_group=leads_group)
    assert process.poll() is not None
    psutil.wait_procs([child], timeout=10.0)
    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE
    end_tree(process, leads_group=leads_group)
    process.stdout.close()
