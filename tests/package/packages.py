"""What the tests of packages share: the packages, a bare Debian to try them in, and a reader of pages."""

import os
import pathlib
import re
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKIPPED = 77
DAY = "2026-11-24"
EPOCH = "1795478400"  # the same day, for what is stamped with a time


def run(*words, status=0, **more):
    done = subprocess.run([str(word) for word in words], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          stdin=subprocess.DEVNULL, **more)
    assert done.returncode == status, (words, done.returncode, done.stdout[-4000:])
    return done.stdout


def skip(why):
    print(f"NOTE: {why}")
    raise SystemExit(SKIPPED)


def skip_without(*programs):
    for program in programs:
        if shutil.which(program) is None:
            skip(f"{program} is not there: what depends on it was not tried")


def make_packages(build, folder):
    """The .deb files, by name of package."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    run("cpack", "--config", f"{build}/CPackConfig.cmake", "-B", folder, env=os.environ | {"SOURCE_DATE_EPOCH": EPOCH})
    return {path.name.split("_")[0]: path for path in folder.glob("*.deb")}


class Bare:
    """A Debian 12 with nothing but what every one has, below a folder. Made once and kept as an archive."""

    def __init__(self, folder):
        if os.geteuid() != 0:
            skip("only root can make a bare Debian: packages were not installed in one")
        skip_without("debootstrap", "chroot")
        self.root = folder / "root"
        archive = folder.parent / "bare.tar"
        shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir(parents=True)
        if not archive.exists():
            done = subprocess.run(["debootstrap", "--variant=minbase", "bookworm", str(self.root), self.mirror()],
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            if done.returncode != 0:
                log = done.stdout[-2000:]
                if re.search(r"resolve|connect|Failed getting release|Invalid Release|unreachable", log):
                    skip("no mirror of Debian can be reached: packages were not installed in a bare one")
                raise AssertionError(log)
            run("tar", "--create", "--file", archive, "--one-file-system", "-C", self.root, ".")
        else:
            run("tar", "--extract", "--file", archive, "-C", self.root)
        for source in (pathlib.Path("/etc/apt/apt.conf.d"), pathlib.Path("/etc/apt/sources.list.d"), pathlib.Path("/etc/apt/sources.list")):
            # How this machine reaches its mirror.
            if source.is_dir():
                shutil.copytree(source, self.root / str(source)[1:], dirs_exist_ok=True)
            elif source.exists():
                shutil.copy(source, self.root / str(source)[1:])
        shutil.copy("/etc/resolv.conf", self.root / "etc/resolv.conf")

    @staticmethod
    def mirror():
        # The mirror that this machine uses.
        listed = subprocess.run(["apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME) $(ORIGIN)", "Created-By: Packages"],
                                stdout=subprocess.PIPE, text=True).stdout
        mirrors = [line.split()[0] for line in listed.splitlines() if line.split()[1:] == ["bookworm", "Debian"]]
        return mirrors[0] if mirrors else "http://deb.debian.org/debian"

    def run(self, command, status=0, **more):
        # Nothing of this machine but the processor: a mount of its own for /proc, gone when the command is.
        return run("unshare", "--mount", "--", "bash", "-c",
                   f'mount -t proc proc "{self.root}/proc" && exec chroot "{self.root}" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin '
                   'HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive bash -c "$1"', "bash", command, status=status, **more)

    def write(self, path, text):
        file = self.root / path.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def as_shown(command):
    """For bash: what a command prints and, behind it as on the pages, what it says on standard error."""
    return f'said=$(mktemp); ({command}) 2>"$said" || true; cat "$said"; rm "$said"'


def follow(page, type_in, write):
    """Runs the blocks of a page as a reader would. Returns how many commands printed what the page says."""
    commands = 0
    for head, block in re.findall(r"^```(\w.*?)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL):
        language, *options = head.split()
        options = dict(option.split("=", 1) for option in options)
        if language == "farol" and "file" in options:
            write(options["file"], block)
        elif language == "console":
            typed, expected = None, ""
            for line in [*block.splitlines(), "$ "]:
                if not line.startswith("$ "):
                    expected += line + "\n"
                    continue
                if typed is not None:
                    shown = type_in(typed)
                    assert shown == expected, f"{typed}\n--- page\n{expected}--- shown\n{shown}"
                    commands += 1
                typed, expected = line[2:], ""
    return commands
