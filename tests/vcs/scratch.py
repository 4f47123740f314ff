"""A repository to try things in: nothing of this machine's configuration has a say, the day is 24 November 2026, and so
the names of commits are always the same. Removed when the test ends."""

import os
import pathlib
import shutil
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
DAY = "2026-11-24"
SKIPPED = 77


def skip_without(*programs):
    for program in programs:
        if shutil.which(program) is None:
            print(f"NOTE: {program} is not there: what depends on it was not tried")
            raise SystemExit(SKIPPED)


class Scratch:
    def __init__(self, farol):
        self.base = pathlib.Path(tempfile.mkdtemp(prefix="farol-vcs-"))
        self.folder = self.base / "repository"
        self.programs = self.base / "bin"
        self.programs.mkdir()
        self.minutes = 0
        self.environment = {
            "PATH": f"{self.programs}:/usr/local/bin:/usr/bin:/bin",
            "HOME": str(self.base),
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_PAGER": "cat",
            "GIT_AUTHOR_NAME": "Lin",
            "GIT_AUTHOR_EMAIL": "lin@example.org",
            "GIT_COMMITTER_NAME": "Lin",
            "GIT_COMMITTER_EMAIL": "lin@example.org",
        }
        # Verbs that decide a policy take the day; the clock of the machine has another one. `init` takes none, so that the
        # matrix which it writes is made anew: the names of commits follow from it.
        self.program("farol", f"""#!/bin/sh
case $1 in
  blame|check|compile|diff|explain|log|matrix|report|test|what|who)
    case "$*" in *--as-of*) ;; *) exec {farol} "$@" --as-of {DAY} ;; esac ;;
  init)
    {farol} "$@"
    code=$?
    for matrix in */matrix.md; do
      if [ -e "$matrix" ]; then {farol} matrix "${{matrix%/*}}" -o "$matrix" --as-of {DAY} >/dev/null 2>&1; fi
    done
    exit $code ;;
esac
exec {farol} "$@"
""")

    def __enter__(self):
        self.run("git init --quiet --initial-branch=main repository", self.base)
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.base, ignore_errors=True)

    def program(self, name, text):
        path = self.programs / name
        path.write_text(text)
        path.chmod(0o755)

    def write(self, path, text):
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())

    def read(self, path):
        return (self.folder / path).read_bytes().decode()

    def run(self, command, folder=None, status=0, options=("-eo", "pipefail"), **variables):
        """What the command prints, both streams as they come."""
        done = self.attempt(command, folder, options, **variables)
        assert done.returncode == status, f"{command}\nexit code {done.returncode}, not {status}\n{done.stdout}"
        return done.stdout

    def attempt(self, command, folder=None, options=("-eo", "pipefail"), **variables):
        self.minutes += 1
        at = f"{DAY}T{9 + self.minutes // 60:02}:{self.minutes % 60:02}:00Z"
        environment = self.environment | {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at} | variables
        return subprocess.run(["bash", "--noprofile", "--norc", *options, "-c", command], cwd=folder or self.folder,
                              env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=600)

    def commit(self, message):
        self.run(f"git add --all && git commit --quiet --message '{message}'")
