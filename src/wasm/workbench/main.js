// The workbench: a policy on the left, what it means on the right.
import { Editor, index_of_bytes } from "./editor.js";
import { Engine, latest } from "./engine.js";
import { download, open_files, open_folder, save } from "./files.js";
import { languages, nearest, say } from "./words.js";

const find = (id) => document.getElementById(id);
const engine = new Engine();
const papers = ["inventory", "assessment", "matrix"];
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
  findings: [],
  may_write: false,
};

const words = (name) => say(state.language, name);
const in_memory = () => new Map([
  ...[...state.files].map(([path, text]) => [`/work/${path}`, text]),
  ...[...state.before].map(([path, text]) => [`/before/${path}`, text]),
]);
const changed = () => [...state.files].filter(([path, text]) => state.written.get(path) !== text).map(([path]) => path);
const path_in_policy = (path) => path.replace(/^\/?work\//, "");

const editor = new Editor(find("editor"), {
  label: "",
  on_change(text) {
    state.files.set(state.file, text);
    show_saved();
    check();
    later();
  },
  ask: (method, params) => engine.ask_server(`file:///work/${encodeURI(state.file)}`, editor.text, state.language, method, params, in_memory()),
  repair,
});

// --- Findings ---

const check = latest(async () => {
  const files = in_memory();
  const { out, err } = await engine.run(["check", "/work", "--error-format", "json", "--lang", state.language], { files });
  let answer;
  try { answer = JSON.parse(out); } catch { answer = { ok: false, diagnostics: [] }; console.error(err || out); }
  // What stops the policy comes first; a sort keeps the order of the places otherwise.
  const weight = { error: 0, warning: 1, note: 2 };
  state.findings = answer.diagnostics.map((finding) => ({ ...finding, file: path_in_policy(finding.file ?? "") }))
    .sort((one, other) => weight[one.severity] - weight[other.severity]);
  state.may_write = answer.ok;
  show_findings();
});

function show_findings() {
  const list = find("findings");
  list.replaceChildren(...state.findings.map((finding) => {
    const item = document.createElement("li");
    item.className = finding.severity;
    const place = document.createElement("button");
    place.type = "button";
    place.className = "place";
    place.textContent = finding.file ? `${finding.file}:${finding.range.start.line}` : finding.code;
    place.addEventListener("click", () => { open(finding.file); editor.go_to(finding.range.start.offset); });
    const text = document.createElement("span");
    const kind = Object.assign(document.createElement("strong"), { textContent: words(finding.severity) });
    text.append(kind, ` ${finding.message}`);
    item.append(place, text);
    for (const fix of finding.fixes) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "repair";
      button.textContent = fix.title;
      if (fix.effect) button.title = fix.effect;
      button.addEventListener("click", () => repair(fix));
      item.append(button);
    }
    return item;
  }));
  const count = (severity) => state.findings.filter((finding) => finding.severity === severity).length;
  find("count").textContent = state.findings.length === 0 ? words("none")
    : ["error", "warning", "note"].filter(count).map((severity) => `${words(severity)}: ${count(severity)}`).join(" · ");
  editor.show(state.findings.filter((finding) => finding.file === state.file));
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
  matrix: ["matrix", "/work", "--format", "html"],
  changes: ["diff", "/before", "/work", "--format", "html"],
  checklist: ["report", "checklist", "/work", "--format", "html"],
  papers: ["report", find("paper").value, "/work", "--format", "html"],
})[state.view];

const pages = new Map();  // by view and language: the last page that could be made

const draw = latest(async () => {
  const view = state.view === "papers" ? `papers ${find("paper").value}` : state.view, language = state.language;
  const { out } = await engine.run([...command(), "--lang", language], { files: in_memory() });
  const key = `${view} ${language}`;
  if (out.startsWith("<!")) pages.set(key, out);
  const page = pages.get(key), stale = !out.startsWith("<!");
  find("stale").hidden = !stale;
  find("stale").textContent = words(page ? "broken" : "nothing_yet");
  if (view !== (state.view === "papers" ? `papers ${find("paper").value}` : state.view)) return;
  if (find("page").srcdoc !== (page ?? "")) find("page").srcdoc = page ?? "";
  find("page").title = words(state.view);
});

// A pause in typing is enough for what is read; findings do not wait.
let timer;
function later() {
  clearTimeout(timer);
  timer = setTimeout(draw, 250);
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

function show_saved() {
  const unsaved = changed();
  find("saved").textContent = words(unsaved.length > 0 ? "not_saved" : "saved");
  for (const option of find("file").options)
    option.textContent = (unsaved.includes(option.value) ? "• " : "") + option.value;
}

function open(path) {
  if (!state.files.has(path) || path === state.file) return;
  state.file = path;
  find("file").value = path;
  editor.open(state.files.get(path));
  editor.show(state.findings.filter((finding) => finding.file === path));
}

function take({ name, files, folder }, is_new = false) {
  if (files.size === 0) return say_status(words("no_policy"));
  Object.assign(state, { name, folder, files: new Map(files), before: new Map(files), written: is_new ? new Map() : new Map(files), file: "" });
  pages.clear();
  find("file").replaceChildren(...[...files.keys()].sort().map((path) => new Option(path, path)));
  const first = [...files].find(([, text]) => /^\s*policy\b/m.test(text)) ?? [...files][0];
  open(first[0]);
  show_saved();
  check();
  draw();
  return undefined;
}

const say_status = (text) => { find("saved").textContent = text; };
const may_leave = () => changed().length === 0 || [...state.files].every(([path, text]) => state.before.get(path) === text) || window.confirm(words("leave"));

async function start_from(example) {
  const words_of_init = example === "first" ? ["--lang", state.language] : ["--like", example];
  const { files, err } = await engine.run(["init", "/new", ...words_of_init], { collect: "/new" });
  if (!files || Object.keys(files).length === 0) return say_status(err);
  return take({ name: example === "first" ? "policy" : example, files: new Map(Object.entries(files).map(([path, text]) => [path.slice("/new/".length), text])) }, true);
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
    await check();
    draw();
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
    if (find("page").srcdoc) download(`${state.view}.html`, find("page").srcdoc, "text/html");
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") { event.preventDefault(); save_all(); }
  });
  window.addEventListener("beforeunload", (event) => {
    if ([...state.files].some(([path, text]) => state.before.get(path) !== text && state.written.get(path) !== text)) event.preventDefault();
  });
}

async function fill_papers() {
  const { out } = await engine.run(["report", "--help"]);
  const kinds = /KIND is ([^.]*)\./.exec(out.replace(/\s+/g, " "))?.[1].match(/[a-z_-]+/g)?.filter((word) => word !== "or") ?? papers;
  find("paper").replaceChildren(...kinds.filter((kind) => kind !== "checklist").map((kind) => new Option(kind, kind)));
}

connect();
relabel();
await engine.ready;
await start_from("first");
await fill_papers();
document.body.dataset.ready = "true";
