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
export const changed_clinic = (folder) => {
  cpSync(example("clinic"), folder, { recursive: true });
  for (const [file, before, after] of changes) {
    const text = readFileSync(join(folder, file), "utf8");
    assert.ok(text.includes(before), `examples/clinic/${file} has no line “${before}”`);
    writeFileSync(join(folder, file), text.replace(before, after));
  }
  return folder;
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

// Every page once, in a language, as addresses by name.
export const make_pages = (farol, folder, language = "en") => {
  mkdirSync(folder, { recursive: true });
  const at = (name) => join(folder, name), said = ["--lang", language], clinic = example("clinic");
  const changed = changed_clinic(at("changed"));
  run(farol, ["matrix", clinic, ...day, ...said, "-o", at("matrix.html")]);
  run(farol, ["diff", clinic, changed, ...day, ...said, "-o", at("diff.html")]);
  for (const [name, most] of [["old", "open"], ["new", "inner or below"]]) {
    mkdirSync(at(name), { recursive: true });
    for (const client of [1, 2, 3]) {
      writeFileSync(join(at(name), `client${client}.farol`), `farol 1\npolicy "Client ${client}" {}\nuse dingtalk 2026.12\ntiers open < inner\nrole staff\n` +
        `allow staff to drive.read on ${client === 2 ? most : "open"}\n`);
    }
  }
  run(farol, ["diff", "--each", at("old"), at("new"), ...day, ...said, "-o", at("each.html")]);
  run(farol, ["compile", clinic, ...day, ...said, "-o", at("clinic")]);
  for (const kind of ["assessment", "inventory", "review"]) run(farol, ["report", kind, clinic, ...day, ...said, "-o", at(`${kind}.html`)]);
  run(farol, ["graph", clinic, ...day, ...said, "-o", at("graph.html")]);
  run(farol, ["due", clinic, ...day, ...said, "--within", "1year", "-o", at("due.html")]);
  const firm = files_of("tenant/drift.golden", at("firm"));
  run(farol, ["drift", firm, ...day, ...said, "--live", join(firm, "tenant.json"), "-v", "-o", at("drift.html")], { code: 1 });
  run(farol, ["site", clinic, ...day, ...said, "-o", at("site")]);
  run(farol, ["site", "--each", clinic, example("shop"), ...day, ...said, "-o", at("sites")]);
  const pages = { matrix: "matrix.html", diff: "diff.html", each: "each.html", checklist: "clinic/checklist.html", assessment: "assessment.html", inventory: "inventory.html",
    review: "review.html", graph: "graph.html", due: "due.html", drift: "drift.html", site: "site/index.html", roles: "site/roles.html", sites: "sites/index.html" };
  return Object.fromEntries(Object.entries(pages).map(([name, file]) => [name, pathToFileURL(at(file)).href]));
};
