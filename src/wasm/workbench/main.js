// The workbench: a policy on the left, what it means on the right.
import { Editor, index_of_bytes } from "./editor.js";
import { Engine, latest } from "./engine.js";
import { download, open_files, open_folder, save } from "./files.js";
import { elements_of } from "./markdown.js";
import { languages, nearest, say } from "./words.js";

const find = (id) => document.getElementById(id);
const engine = new Engine();
const views = ["matrix", "changes", "checklist", "papers"];

const state = {
  language: nearest(navigator.languages),
  name: "policy",
  files: new Map(),   // by path from the folder of the policy
  before: new Map(),  // as they were when the policy was opened
  written: new Map(), // as they were saved last
  folder: undefined,
  file: "",
  view: "matrix",
  page: "",           // what the right side shows
  chosen: new Map(),  // by view: what is chosen in its page, as the page's address says it
  findings: [],
  failures: [],       // of tests, as findings
  tests: { all: 0, failed: 0 },
};

const words = (name) => say(state.language, name);
const in_memory = () => new Map([...state.files].map(([path, text]) => [`/policy/${path}`, text]));
// The two sides of the changes, under the names that their page shows.
const sides = () => new Map([["before", state.before], ["now", state.files]].flatMap(([name, files]) =>
  [...files].map(([path, text]) => [`/${words(name)}/${path}`, text])));
const changed = () => [...state.files].filter(([path, text]) => state.written.get(path) !== text).map(([path]) => path);
const path_in_policy = (path) => path.replace(/^\/?policy\//, "");

const editor = new Editor(find("editor"), {
  label: "",
  on_change(text) {
    state.files.set(state.file, text);
    show_saved();
    check();
    later();
  },
  ask: (method, params) => engine.ask_server(`file:///policy/${encodeURI(state.file)}`, editor.text, state.language, method, params, in_memory()),
  repair,
});

// --- Findings ---

const check = latest(async () => {
  const files = in_memory();
  const { out, err } = await engine.run(["check", "/policy", "--error-format", "json", "--lang", state.language], { files });
  let answer;
  try { answer = JSON.parse(out); } catch { answer = { ok: false, diagnostics: [] }; console.error(err || out); }
  // What stops the policy comes first; a sort keeps the order of the places otherwise.
  const weight = { error: 0, warning: 1, note: 2 };
  const here = (place) => ({ ...place, file: path_in_policy(place.file ?? "") });
  state.findings = answer.diagnostics.map((finding) => ({ ...here(finding), labels: finding.labels.map(here) }))
    .sort((one, other) => weight[one.severity] - weight[other.severity]);
  show_findings();
});

// The tests of the policy are part of what is found: each expectation that does not hold.
const test = latest(async () => {
  const { out } = await engine.run(["test", "/policy", "--format", "json", "--lang", state.language], { files: in_memory() });
  let answer;
  try { answer = JSON.parse(out); } catch { answer = { summary: { tests: 0, failed: 0 }, tests: [] }; }
  state.tests = { all: answer.summary.tests, failed: answer.summary.failed };
  state.failures = answer.tests.flatMap(({ file, expectations }) => expectations.filter((each) => !each.ok).map(({ line, message, text }) => {
    const path = path_in_policy(file), start = { line, offset: offset_of_line(state.files.get(path) ?? "", line) };
    return { file: path, range: { start, end: start }, severity: "error", code: "F3007", explain: "farol explain F3007", message: message ?? text, labels: [], fixes: [] };
  }));
  show_findings();
});

const offset_of_line = (text, line) => new TextEncoder().encode(text.split("\n").slice(0, line - 1).map((each) => `${each}\n`).join("")).length;

function button_of(name, text, act) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: name, textContent: text });
  button.addEventListener("click", act);
  return button;
}

const way_to = ({ file, range }) =>
  button_of("place", `${file}:${range.start.line}`, () => { open(file); editor.go_to(range.start.offset); });

function item_of(finding) {
  const item = Object.assign(document.createElement("li"), { className: finding.severity });
  const text = document.createElement("span");
  text.append(Object.assign(document.createElement("strong"), { textContent: words(finding.severity) }), ` ${finding.message} `);
  if (finding.file) item.append(way_to(finding));
  item.append(text, button_of("why", words("why"), () => explain(finding)));
  for (const label of finding.labels) {
    if (!state.files.has(label.file)) continue;
    const line = Object.assign(document.createElement("div"), { className: "label" });
    line.append(way_to(label), label.text);
    item.append(line);
  }
  for (const fix of finding.fixes) {
    const button = button_of("repair", fix.title, () => repair(fix));
    if (fix.effect) button.append(Object.assign(document.createElement("small"), { textContent: fix.effect }));
    item.append(button);
  }
  return item;
}

function show_findings() {
  const all = [...state.findings.filter((each) => each.severity === "error"), ...state.failures, ...state.findings.filter((each) => each.severity !== "error")];
  find("findings").replaceChildren(...all.map(item_of));
  const count = (severity) => all.filter((finding) => finding.severity === severity).length;
  const parts = all.length === 0 ? [words("none")] : ["error", "warning", "note"].filter(count).map((severity) => `${words(severity)}: ${count(severity)}`);
  if (state.tests.all > 0) parts.push(`${words("tests")}: ${state.tests.all - state.tests.failed}/${state.tests.all}`);
  find("count").textContent = parts.join(" · ");
  editor.show(all.filter((finding) => finding.file === state.file));
}

// What a finding means, as the program explains it.
async function explain(finding) {
  const { out, err } = await engine.run([...finding.explain.split(" ").slice(1), "--in", "/policy", "--lang", state.language], { files: in_memory() });
  find("explanation").replaceChildren(...elements_of(out || err));
  find("why").showModal();
}

// Carries out the edits of a repair, which may be in several files. That of the open file can be undone.
function repair(fix) {
  const paths = new Set(fix.edits.map((edit) => path_in_policy(edit.file)));
  for (const path of paths) {
    const text = state.files.get(path) ?? "", index = index_of_bytes(text);
    const changes = fix.edits.filter((edit) => path_in_policy(edit.file) === path)
      .map(({ range, text: insert }) => ({ from: index(range.start.offset), to: index(range.end.offset), insert }))
      .sort((one, other) => one.from - other.from);
    if (path === state.file) {
      editor.apply(changes);
      continue;
    }
    const changed_text = changes.reduceRight((whole, { from, to, insert }) => whole.slice(0, from) + insert + whole.slice(to), text);
    state.files.set(path, changed_text);
  }
  show_saved();
  check();
  later();
}

// --- The right side ---

const command = () => ({
  matrix: ["matrix", "/policy", "--format", "html"],
  changes: ["diff", words("before"), words("now"), "--format", "html"],
  checklist: ["report", "checklist", "/policy", "--format", "html"],
  papers: ["report", find("paper").value, "/policy", "--format", "html"],
})[state.view];

const pages = new Map();  // by view and language: the last page that could be made

// A page has an address of its own, so that what leads to a part of it stays in it.
function show_page(text) {
  if (state.page === text) return;
  const former = find("page").src;
  state.page = text;
  find("page").src = URL.createObjectURL(new Blob([text], { type: "text/html" })) + (state.chosen.get(state.view) ?? "");
  if (former) URL.revokeObjectURL(former.replace(/#.*/, ""));
}

const draw = latest(async () => {
  const view = state.view === "papers" ? `papers ${find("paper").value}` : state.view, language = state.language;
  const { out } = await engine.run([...command(), "--lang", language], { files: state.view === "changes" ? sides() : in_memory() });
  const key = `${view} ${language}`;
  if (out.startsWith("<!")) pages.set(key, out);
  const page = pages.get(key), stale = !out.startsWith("<!");
  find("stale").hidden = !stale;
  find("stale").textContent = words(page ? "broken" : "nothing_yet");
  if (view !== (state.view === "papers" ? `papers ${find("paper").value}` : state.view)) return;
  show_page(page ?? "");
  find("page").title = words(state.view);
});

// A pause in typing is enough for what is read; findings do not wait.
let timer;
function later() {
  clearTimeout(timer);
  timer = setTimeout(() => { draw(); test(); }, 250);
}

function choose_view(view) {
  state.view = view;
  for (const each of views) {
    const tab = find(`tab-${each}`);
    tab.setAttribute("aria-selected", String(each === view));
    tab.tabIndex = each === view ? 0 : -1;
  }
  find("right").setAttribute("aria-labelledby", `tab-${view}`);
  find("paper-choice").hidden = view !== "papers";
  draw();
}

// --- Files ---

const is_edited = () => [...state.files].some(([path, text]) => state.before.get(path) !== text);

function show_saved() {
  const unsaved = is_edited() || state.written.size > 0 ? changed() : [];
  find("saved").textContent = unsaved.length > 0 ? words("not_saved") : state.written.size > 0 ? words("saved") : "";
  for (const option of find("file").options)
    option.textContent = (unsaved.includes(option.value) ? "• " : "") + option.value;
}

function open(path) {
  if (!state.files.has(path) || path === state.file) return;
  state.file = path;
  find("file").value = path;
  editor.open(state.files.get(path));
  editor.show([...state.findings, ...state.failures].filter((finding) => finding.file === path));
}

function take({ name, files, folder }, is_new = false) {
  if (files.size === 0) return say_status(words("no_policy"));
  if (!is_new) state.is_first = false;
  Object.assign(state, { name, folder, files: new Map(files), before: new Map(files), written: is_new ? new Map() : new Map(files), file: "" });
  pages.clear();
  state.chosen.clear();
  find("file").replaceChildren(...[...files.keys()].sort().map((path) => new Option(path, path)));
  const first = [...files].find(([, text]) => /^\s*policy\b/m.test(text)) ?? [...files][0];
  open(first[0]);
  show_saved();
  Object.assign(state, { findings: [], failures: [], tests: { all: 0, failed: 0 } });
  check();
  draw();
  test();
  return undefined;
}

const say_status = (text) => { find("saved").textContent = text; };
const may_leave = () => changed().length === 0 || !is_edited() || window.confirm(words("leave"));

async function start_from(example) {
  const words_of_init = example === "first" ? ["--lang", state.language] : ["--like", example];
  const { files, err } = await engine.run(["init", "/new", ...words_of_init], { collect: "/new" });
  if (!files || Object.keys(files).length === 0) return say_status(err);
  state.is_first = example === "first";
  return take({ name: state.is_first ? "policy" : example, files: new Map(Object.entries(files).map(([path, text]) => [path.slice("/new/".length), text])) }, true);
}

async function lay_out() {
  const { code, out, err } = await engine.run(["fmt", "-"], { input: editor.text });
  if (code === 0 || out !== "") editor.replace(out); else say_status(err);
}

async function save_all() {
  await save(state, changed());
  state.written = new Map(state.files);
  show_saved();
}

// --- Words ---

function relabel() {
  document.documentElement.lang = state.language;
  document.title = words("title");
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = words(node.dataset.word);
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", words(node.dataset.label));
  editor.relabel(words("editor"));
  show_saved();
}

function connect() {
  find("language").replaceChildren(...Object.entries(languages).map(([code, name]) => {
    const option = new Option(name, code);
    option.lang = code;
    return option;
  }));
  find("language").value = state.language;
  find("language").addEventListener("change", async ({ target }) => {
    state.language = target.value;
    relabel();
    find("why").close();
    // Who has written nothing yet reads the first policy in the language, too.
    if (state.is_first && !is_edited()) await start_from("first");
    await fill_papers();
    check();
    draw();
    test();
  });
  for (const view of views) find(`tab-${view}`).addEventListener("click", () => choose_view(view));
  find("tabs").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    choose_view(views[(views.indexOf(state.view) + step + views.length) % views.length]);
    find(`tab-${state.view}`).focus();
  });
  find("paper").addEventListener("change", draw);
  find("file").addEventListener("change", ({ target }) => open(target.value));
  find("start").addEventListener("change", async ({ target }) => {
    const example = target.value;
    target.value = "";
    if (example && may_leave()) await start_from(example);
  });
  find("open-files").addEventListener("click", async () => { const opened = may_leave() && await open_files(); if (opened) take(opened); });
  find("open-folder").addEventListener("click", async () => { const opened = may_leave() && await open_folder(); if (opened) take(opened); });
  find("save").addEventListener("click", save_all);
  find("layout").addEventListener("click", lay_out);
  find("save-page").addEventListener("click", () => {
    if (state.page) download(`${state.name}-${state.view === "papers" ? find("paper").value : state.view}.html`, state.page, "text/html");
  });
  window.addEventListener("message", ({ source, data }) => {
    if (source === find("page").contentWindow && typeof data?.chosen === "string") state.chosen.set(state.view, data.chosen);
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") { event.preventDefault(); save_all(); }
  });
  window.addEventListener("beforeunload", (event) => {
    if (is_edited() && changed().length > 0) event.preventDefault();
  });
}

async function fill_papers() {
  const chosen = find("paper").value || "inventory";
  const { out } = await engine.run(["list", "reports", "--lang", state.language]);
  const papers = out.trimEnd().split("\n").map((line) => /^(\S+)\s+(.*)$/.exec(line).slice(1));
  find("paper").replaceChildren(...papers.filter(([kind]) => kind !== "checklist").map(([kind, title]) => new Option(title, kind)));
  find("paper").value = chosen;
}

connect();
relabel();
await engine.ready;
await start_from("first");
await fill_papers();
document.body.dataset.ready = "true";
