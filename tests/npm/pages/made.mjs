// The pages that the program makes, for those who look at them: of the clinic, of its change, and of a small firm's tenant.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const source = process.env.FAROL_SOURCE_DIR;
export const example = (name) => join(source, "examples", name);
export const day = ["--as-of", "2026-11-24"];

// Runs farol; `code` is what it must end with.
export const run = (farol, words, { code = 0, ...options } = {}) => {
  const done = spawnSync(farol, words, { encoding: "utf8", maxBuffer: 1 << 28, ...options });
  assert.equal(done.status, code, `farol ${words.join(" ")}: ${done.stderr}`);
  return done.stdout;
};

// The clinic as it would be after a morning's work: wider, narrower, a safeguard less, a reason reworded, a step changed.
const changes = [
  ["rules.farol", "allow hr to doc.collect on internal or below", "allow hr to doc.collect on internal or below\nallow hr to meeting.record on internal or below requiring announced because \"Interviews are minuted\""],
  ["rules.farol", "allow reception to drive.write on schedules\n", ""],
  ["rules.farol", "doc.write, chat.send_file on internal or below", "doc.write, doc.copy, chat.send_file on internal or below"],
  ["rules.farol", "separate hr, it_admin, compliance", "separate hr, it_admin"],
  ["rules.farol", "  requiring announced\n", ""],
];
const change_clinic = (folder, edits) => {
  for (const [file, before, after] of edits) {
    const text = readFileSync(join(folder, file), "utf8");
    assert.ok(text.includes(before), `examples/clinic/${file} has no line “${before}”`);
    writeFileSync(join(folder, file), text.replace(before, after));
  }
  return folder;
};
export const changed_clinic = (folder) => {
  cpSync(example("clinic"), folder, { recursive: true });
  return change_clinic(folder, changes);
};

// What a job of the server writes under a change of two lines, one of which nobody would have noticed.
export const review_comment = (farol, folder) => {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
  for (const who of ["AUTHOR", "COMMITTER"]) Object.assign(env, { [`GIT_${who}_NAME`]: "Lin", [`GIT_${who}_EMAIL`]: "lin@example.org", [`GIT_${who}_DATE`]: "2026-11-24T10:00:00+08:00" });
  const git = (...words) => {
    const done = spawnSync("git", words, { cwd: folder, env, encoding: "utf8" });
    assert.equal(done.status, 0, `git ${words.join(" ")}: ${done.stderr}`);
  };
  cpSync(example("clinic"), join(folder, "policies"), { recursive: true });
  git("init", "--quiet", "--initial-branch", "main", ".");
  git("add", "policies");
  git("commit", "--quiet", "--message", "As signed in October");
  git("switch", "--quiet", "--create", "interviews");
  change_clinic(join(folder, "policies"), [changes[0], changes[3]]);
  git("commit", "--quiet", "--all", "--message", "Interviews");
  return run(farol, ["diff", "git:main...interviews", "policies", ...day, "--format", "md"], { cwd: folder });
};

// The files of a golden case, for what only a golden case has.
const files_of = (golden, folder) => {
  mkdirSync(folder, { recursive: true });
  for (const part of readFileSync(join(source, "tests/golden", golden), "utf8").split(/^=== /m)) {
    const [, name, text] = part.match(/^file (\S+)\n([^]*)$/) ?? [];
    if (name !== undefined) writeFileSync(join(folder, name), text);
  }
  return folder;
};

// Every page once, in a language, as addresses by name. What the program is told are names within the folder, since pages
// repeat them.
export const make_pages = (farol, folder, language = "en") => {
  mkdirSync(folder, { recursive: true });
  for (const name of ["clinic", "shop"]) cpSync(example(name), join(folder, name), { recursive: true });
  changed_clinic(join(folder, "changed"));
  for (const [name, most] of [["old", "open"], ["new", "inner or below"]]) {
    mkdirSync(join(folder, name), { recursive: true });
    for (const client of [1, 2, 3]) {
      writeFileSync(join(folder, name, `client${client}.farol`), `farol 1\npolicy "Client ${client}" {}\nuse dingtalk 2026.12\ntiers open < inner\nrole staff\n` +
        `allow staff to drive.read on ${client === 2 ? most : "open"}\n`);
    }
  }
  files_of("tenant/drift.golden", join(folder, "firm"));
  const make = (words, options) => run(farol, [...words, ...day, "--lang", language], { cwd: folder, ...options });
  make(["matrix", "clinic", "-o", "matrix.html"]);
  make(["diff", "clinic", "changed", "-o", "diff.html"]);
  make(["diff", "--each", "old", "new", "-o", "each.html"]);
  make(["compile", "clinic", "-o", "out"]);
  for (const kind of ["assessment", "inventory", "review"]) make(["report", kind, "clinic", "-o", `${kind}.html`]);
  make(["graph", "clinic", "-o", "graph.html"]);
  make(["due", "clinic", "--within", "1year", "-o", "due.html"]);
  make(["drift", "firm", "--live", "firm/tenant.json", "-v", "-o", "drift.html"], { code: 1 });
  make(["site", "clinic", "-o", "site"]);
  make(["site", "--each", "clinic", "shop", "-o", "sites"]);
  const pages = { matrix: "matrix.html", diff: "diff.html", each: "each.html", checklist: "out/checklist.html", assessment: "assessment.html", inventory: "inventory.html",
    review: "review.html", graph: "graph.html", due: "due.html", drift: "drift.html", site: "site/index.html", roles: "site/roles.html", sites: "sites/index.html" };
  return Object.fromEntries(Object.entries(pages).map(([name, file]) => [name, pathToFileURL(join(folder, file)).href]));
};
