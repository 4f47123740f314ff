"""The verbs that write, and what must hold of their files whatever goes wrong while they do."""

import collections
import pathlib
import shutil

from work import DAY, POLICY, UNFORMATTED, contents, first_step, must_run, repeats_at_length, run

CLINIC = pathlib.Path(__file__).resolve().parents[2] / "examples" / "clinic"
VERBS = ("compile into a new folder", "compile over another policy", "confirm", "fmt", "check --fix", "update", "init",
         "matrix", "report", "site", "export", "test", "import", "due", "diff")


# Verbs whose answer may be no, in a run in which nothing fails.
MAY_SAY_NO = ("due", "diff")
# A verb that looks once more at what it has written, and may not be able to: it has said what it wrote.
LOOKS_AGAIN = "check --fix"


def is_done(verb, code):
    return code == 0 or (code == 1 and verb in MAY_SAY_NO)


class Verbs:
    """In the full mode the policy is that of the clinic, whose files are longer and more."""

    def __init__(self, farol):
        self.farol = farol
        self.on_clinic = repeats_at_length()
        self.outcome = {verb: None for verb in VERBS}  # the files after a run in which nothing fails

    def write_policy(self, folder, is_other=False):
        if self.on_clinic:
            shutil.copytree(CLINIC, folder / "policy", ignore=shutil.ignore_patterns("expected"), dirs_exist_ok=True)
            self.change(folder, lambda text: text.replace("Lotus Clinics", "Lotus Two" if is_other else "Lotus Clinics"))
        else:
            (folder / "policy").mkdir(exist_ok=True)
            (folder / "policy" / "policy.farol").write_text(POLICY % ("Staff" if is_other else "员工"))

    @staticmethod
    def change(folder, how):
        for path in (folder / "policy").glob("*.farol"):
            path.write_text(how(path.read_text()))

    def prepare(self, folder, verb):
        """Makes the files that a verb starts from, and returns its command line."""
        self.write_policy(folder)
        farol, dated = self.farol, ["--as-of", DAY]
        if verb == "compile into a new folder":
            return [farol, "compile", "policy", "-o", "new/out", "--emit", "dws"] + dated
        if verb == "compile over another policy":
            must_run([farol, "compile", "policy", "-o", "out", "--emit", "dws"] + dated, folder)
            self.write_policy(folder, is_other=True)
            return [farol, "compile", "policy", "-o", "out", "--emit", "dws"] + dated
        if verb == "confirm":
            sign = [farol, "confirm", first_step(farol, folder / "policy"), "--on", "2026-11-20", "--in", "policy"] + dated
            must_run(sign + ["--by", "Ana"], folder)
            return sign + ["--by", "Bea"]
        if verb == "fmt":
            self.change(folder, lambda text: text.replace("\nallow ", "\n   allow   "))
            (folder / "policy" / "second.farol").write_text(UNFORMATTED if not self.on_clinic else "farol 1\nrole    second\n")
            return [farol, "fmt", "policy"]
        if verb == "check --fix":
            (folder / "policy" / "second.farol").write_text('farol 1\nrole second { titel: "Second" }\n')
            return [farol, "check", "--fix", "policy"] + dated
        if verb == "update":
            self.change(folder, lambda text: text.replace("use dingtalk 2026.12", "use dingtalk 2026.11"))
            return [farol, "update", "policy"] + dated
        if verb == "init":
            return [farol, "init", "first"]
        if verb == "matrix":
            (folder / "matrix.xlsx").write_text("old")
            return [farol, "matrix", "policy", "-o", "matrix.xlsx"] + dated
        if verb == "report":
            (folder / "review.html").symlink_to("behind/review.html")
            return [farol, "report", "review", "policy", "-o", "review.html"] + dated
        if verb == "site":
            return [farol, "site", "policy", "-o", "site"] + dated
        if verb == "export":
            return [farol, "export", "tables", "policy", "-o", "tables"] + dated
        if verb == "test":
            if not self.on_clinic:
                (folder / "policy" / "tests.farol").write_text(
                    'farol 1\ntest "t" { expect allow staff to meeting.record on all }\n')
            return [farol, "test", "policy", "--lcov", "lcov.info", "-o", "said.txt"] + dated
        if verb == "import":
            (folder / "table.csv").write_text("feature,Staff\nmeeting.record,✔\n")
            return [farol, "import", "table.csv", "-o", "imported.farol"] + dated
        if verb == "due":
            return [farol, "due", "policy", "--format", "ics", "-o", "due.ics"] + dated
        if verb == "diff":
            shutil.copytree(folder / "policy", folder / "before")
            self.write_policy(folder, is_other=True)
            return [farol, "diff", "before", "policy", "-o", "diff.md"] + dated
        raise SystemExit(verb)

    def note_outcome(self, folder, verb, code, said):
        """What a run in which nothing failed has left, which all others are held to."""
        if not is_done(verb, code):
            raise SystemExit(f"{verb}: exit code {code}, and nothing failed\n{said}")
        self.outcome[verb] = contents(folder)

    def state(self, folder, verb, before):
        """`old`, `new`, `mixed` or `torn`; and what is there beside the files of before and after."""
        after, now = self.outcome[verb], contents(folder)
        left = [name for name in now if name not in before and name not in after]
        kinds = set()
        for name in sorted(set(before) | set(after)):
            is_old, is_new = now.get(name) == before.get(name), now.get(name) == after.get(name)
            kinds.add("same" if is_old and is_new else "old" if is_old else "new" if is_new else "torn")
        kinds.discard("same")
        whole = "torn" if "torn" in kinds else "mixed" if len(kinds) > 1 else kinds.pop() if kinds else "new"
        return whole, left


class Trial:
    """Counts what was tried, and what did not hold."""

    def __init__(self, verbs):
        self.verbs = verbs
        self.tried = collections.Counter()
        self.problems = collections.Counter()
        self.known = set()
        self.shown = []

    def complain(self, kind, verb, what, said):
        self.problems[kind] += 1
        # The first of each kind and verb says what there is to know.
        if (kind, verb) not in self.known:
            self.known.add((kind, verb))
            self.shown.append(f"{kind}: {verb}, {what}\n{said}")

    def judge(self, folder, verb, command, before, what, code, said, *, signalled=False, killed=False, undo_failed=False):
        """After a run of `command` in which something failed or a signal came; runs it once more."""
        whole, left = self.verbs.state(folder, verb, before)
        self.tried[verb] += 1
        # A test reports, in a file, that there is nothing to test.
        if verb == "test" and "unreadable-file" in said:
            return
        if whole == "torn" or (whole == "mixed" and not killed):
            self.complain(whole, verb, what, said)
        if not signalled:
            if code == 0 and whole != "new":
                self.complain("exit code 0, and not everything is written", verb, what, said)
            said_so = whole == "new" and (verb == LOOKS_AGAIN or
                                          said.endswith("error: not enough memory, after files were written\n"))
            if code == 2 and whole != "old" and self.verbs.outcome[verb] != before and not said_so:
                self.complain("exit code 2, and something is written", verb, what, said)
            if code != 2 and not is_done(verb, code) and not (code == 1 and whole == "old"):
                self.complain(f"exit code {code}", verb, what, said)
        if left and not killed and not undo_failed:
            self.complain("left behind", verb, f"{what}: {left}", said)
        if verb in ("confirm", "init") and (whole == "new" or killed):
            return
        code, said = run(command, folder)
        whole, left = self.verbs.state(folder, verb, before)
        if not is_done(verb, code) or whole != "new" or left:
            self.complain("the next run", verb, f"{what}: {code} {whole} {left}", said)

    def finish(self, title):
        for text in self.shown:
            print(text)
        print(f"NOTE: {title}: " + ", ".join(f"{verb} {count}" for verb, count in self.tried.items()) + "; problems: " +
              (", ".join(f"{kind} {count}" for kind, count in self.problems.items()) or "none"))
        raise SystemExit(1 if self.problems else 0)
