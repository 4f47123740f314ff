#!/usr/bin/env -S python3 -B
"""package.py FAROL BUILT FOLDER: the package for npm that `src/wasm/build BUILT` makes, installed alone below FOLDER. The
tutorial prints what it says, all outputs of all examples are the bytes of the native FAROL, and a revision is read through
the user's own git. With `windows` behind FOLDER there are nothing but paths of Windows instead."""

import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests/package"))
from packages import DAY, as_shown, follow, run, skip, skip_without  # noqa: E402

native, built, folder = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
if not (built / "farol.tgz").exists():
    skip("src/wasm/build has made no package: farol was not tried under node")
skip_without("node", "npm", "git")
shutil.rmtree(folder, ignore_errors=True)
(folder / "installed").mkdir(parents=True)
run("npm", "install", "--offline", "--no-audit", "--no-fund", "--silent", "--prefix", folder / "installed", built / "farol.tgz")
package = folder / "installed/node_modules/.bin/farol"
plain = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8", "GIT_CONFIG_GLOBAL": os.devnull}
OF_DAY = {"check", "test", "matrix", "compile", "who", "what", "explain", "diff", "report", "site", "due"}


def call(program, words, place, **more):
    """Exit code, standard output and standard error, as bytes."""
    dated = ["--as-of", DAY] if words[0] in OF_DAY else []
    done = subprocess.run([program, *words, *dated], cwd=place, env=plain, stdin=subprocess.DEVNULL, capture_output=True, **more)
    return done.returncode, done.stdout, done.stderr


def written(place):
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file()}


def tutorial():
    place = folder / "tutorial"
    place.mkdir()
    dated = f"farol() {{ case $1 in {'|'.join(sorted(OF_DAY))}) '{package}' \"$@\" --as-of {DAY} ;; *) '{package}' \"$@\" ;; esac; }}"

    def type_in(command):
        return run("bash", "-c", f"{dated}; {as_shown(command)}", cwd=place, env=plain)

    return follow((ROOT / "docs/tutorial.md").read_text(), type_in, lambda path, text: (place / path).write_text(text))


def commands_for(name):
    """What is asked of an example, each with what it writes."""
    policy = f"examples/{name}"
    root = ["--root", "examples/library"] if name.startswith("library/") else []
    for words in (["check", policy, "-v"], ["check", policy, "--error-format", "json"], ["check", policy, "--error-format", "sarif"],
                  ["check", policy, "--lang", "zh-Hant"], ["test", policy, "--coverage"], ["test", policy, "--format", "junit"],
                  ["matrix", policy, "--lang", "pt"], ["matrix", policy, "--format", "csv"], ["matrix", policy, "--rows", "--format", "csv"],
                  ["compile", policy, "-o", "out"], ["compile", policy, "-o", "out-zh", "--lang", "zh-Hans", "--emit", "dws"],
                  ["diff", "examples/shop", policy, "--format", "html", "--root", "examples"], ["due", policy, "--within", "2y"],
                  ["graph", policy, "--format", "html"], ["site", policy, "-o", "site"]):
        yield words + (root if "--root" not in words else [])
    for kind in ("checklist", "inventory", "notification", "assessment", "review"):
        yield ["report", kind, policy, "-o", f"{kind}.html", *root]


def examples():
    shutil.copytree(ROOT / "examples", folder / "native/examples")
    shutil.copytree(ROOT / "examples", folder / "node/examples")
    names = sorted(path.parent.parent.relative_to(ROOT / "examples").as_posix()
                   for path in ROOT.glob("examples/**/expected/permissions.json"))
    assert len(names) >= 7, names
    compared = 0
    for name in names:
        for words in commands_for(name):
            answers = [call(program, words, folder / place) for program, place in ((native, "native"), (package, "node"))]
            assert answers[0] == answers[1], (words, *[tuple(part[-2000:] if isinstance(part, bytes) else part for part in each)
                                                       for each in answers])
            assert answers[0][0] in (0, 1), (words, answers[0])
            compared += 1
        files = [written(folder / place) for place in ("native", "node")]
        # This build writes no workbook, and its first page does not speak of one.
        workbook = {"site/matrix.xlsx"}
        assert files[0].keys() - files[1].keys() == workbook and not files[1].keys() - files[0].keys(), files[0].keys() ^ files[1].keys()
        different = {path for path in files[1] if files[0][path] != files[1][path]}
        assert different <= {"site/index.html"}, different
        for place in ("native", "node"):
            for path in ("out", "out-zh", "site"):
                shutil.rmtree(folder / place / path)
    return compared, len(names)


def revisions():
    place = folder / "repository"
    shutil.copytree(ROOT / "examples/clinic", place / "policies/clinic")

    def git(*words):
        run("git", "-C", place, "-c", "user.name=Ana", "-c", "user.email=ana@example.org", *words, env=plain | {"GIT_COMMITTER_DATE": f"{DAY}T12:00:00Z", "GIT_AUTHOR_DATE": f"{DAY}T12:00:00Z"})

    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-q", "-m", "The first policy")
    rules = place / "policies/clinic/rules.farol"
    rules.write_text(rules.read_text() + "\nallow staff to drive.delete on internal\n")
    for words in (["diff"], ["diff", "git:main"], ["diff", "git:main", "--format", "html"], ["diff", "git:main:policies/clinic", "policies/clinic"],
                  ["diff", "git:nowhere"], ["diff", "git:main:none", "policies/clinic"], ["check", "git:HEAD"], ["matrix", "git:HEAD~0"]):
        for inside in (place, place / "policies/clinic"):
            one, other = (call(program, words, inside) for program in (native, package))
            assert one[:2] == other[:2], (words, one, other)
    return place


def many_bytes():
    """What is written into a pipe that is read slowly arrives whole."""
    words = ["matrix", "examples/clinic", "--format", "html", "--as-of", DAY]
    wanted = call(native, words[:-2], folder / "native")[1]
    slow = subprocess.run(["bash", "-c", '"$@" | { sleep 1; cat; }', "-", str(package), *words], cwd=folder / "node", env=plain, capture_output=True)
    assert slow.stdout == wanted and len(wanted) > 100_000


def times():
    """Processor time of a cold check of the clinic, the least of five each."""
    def used(program):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        call(program, ["check", "examples/clinic"], folder / "node")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return [min(used(program) for _ in range(5)) for program in (native, package)]


if "windows" in sys.argv[4:]:
    # node on this system, which shows the program a disk C: where FOLDER is.
    place = folder / "disk/Users/Ana/my policies"
    shutil.copytree(ROOT / "examples/clinic", place / "clinic")
    preload = ROOT / "tests/npm/wasm/windows.cjs"
    script = folder / "installed/node_modules/farol/farol.js"

    def typed(*words):
        done = subprocess.run(["node", "-r", preload, script, *words], cwd=place, env=plain | {"FAROL_DISK": str(folder / "disk")},
                              capture_output=True, text=True)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout

    here = r"C:\Users\Ana\my policies"
    for path in ("clinic", "clinic\\", r".\clinic", here + r"\clinic", here.replace("\\", "/") + "/clinic", r"..\my policies\clinic"):
        assert "no conflicts" in typed("check", path), path
    expected = (ROOT / "examples/clinic/expected/permissions.json").read_bytes()
    for number, output in enumerate((["-o", "out0"], ["-o", here + r"\out1"], [rf"--output={here}\out2"], ["-o", r".\out3"])):
        typed("compile", r".\clinic", "--as-of", DAY, *output)
        assert (place / f"out{number}/permissions.json").read_bytes() == expected, output
    step = json.loads((place / "out0/steps.json").read_text())["steps"][0]["id"]
    typed("confirm", step, "--by", r"FIRM\ana", "--on", DAY, "--in", r".\clinic")
    assert r"FIRM\ana" in (place / "clinic/confirmations.csv").read_text()
    names = subprocess.run(["node", "-e", "const w = require(process.argv[1]); process.stdout.write(JSON.stringify(["
                            r"'C:\\a\\b', '\\\\server\\share\\x', 'a\\b', 'D:/x'].map(w.inside).map((p) => [p, w.outside(p)])))",
                            str(script.parent / "windows.js")], capture_output=True, text=True, check=True).stdout
    assert json.loads(names) == [["/C:/a/b", "C:/a/b"], ["/UNC/server/share/x", "//server/share/x"], ["a/b", "a/b"], ["/D:/x", "D:/x"]], names
else:
    typed = tutorial()
    assert typed >= 10, typed
    compared, count = examples()
    revisions()
    many_bytes()
    one, other = times()
    print(f"NOTE: under node {typed} commands of the tutorial print what it says; {compared} commands on {count} examples write the native bytes; "
          f"a cold check of the clinic takes {other * 1000:.0f} ms of processor time, {other / one:.1f} times the native {one * 1000:.0f} ms")
