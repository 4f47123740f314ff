"""Folders, policies and verbs that write, for the tests of what goes wrong while files are written."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile

DAY = "2026-11-24"
SKIPPED = 77

POLICY = """farol 1
use dingtalk 2026.12
tiers public < secret
store drive { on: dingtalk  kind: folder }
data files: secret { store: drive }
role staff { title: "%s" }
allow staff to drive.read on files
allow staff to meeting.record on all
bind role staff to 20001
bind data files to "node-1"
"""
UNFORMATTED = 'farol 1\nrole   staff   {title:"员工"}\n  feature f\nallow staff   to f\n'


def skip_without(*programs):
    for program in programs:
        if shutil.which(program) is None:
            print(f"NOTE: {program} is not there: what depends on it was not tried")
            raise SystemExit(SKIPPED)


def repeats_at_length():
    """Returns true in the full mode, which says how often what is random is repeated."""
    return "FAROL_ROUNDS" in os.environ


class Folder:
    """A folder that goes when the test ends."""

    def __enter__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="farol-faults-")).resolve()
        return self.path

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)


def contents(folder):
    """What is below a folder: the bytes of each file by its name."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def start(command, folder):
    return subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def run(command, folder):
    """Returns the exit code, negative after a signal, and what was said."""
    process = start(command, folder)
    said, _ = process.communicate()
    return process.returncode, said.decode(errors="replace")


def must_run(command, folder):
    code, said = run(command, folder)
    if code != 0:
        raise SystemExit(f"{' '.join(command)}: exit code {code}\n{said}")
    return said


def first_step(farol, folder):
    """The id of a step that can be confirmed."""
    return re.search(r"\bs-[0-9a-f]{12}\b", must_run([farol, "confirm", "--in", ".", "--as-of", DAY], folder)).group()
