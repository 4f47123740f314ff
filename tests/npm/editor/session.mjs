// session.mjs FAROL: a session with `farol lsp` by the protocol's own client library. Every request has its answer, of the
// type that the protocol says, and the answers are compared with what the same policy means.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const p = createRequire(import.meta.url)("vscode-languageserver-protocol/node");
const [farol] = process.argv.slice(2);
const top = mkdtempSync(join(tmpdir(), "farol-session-"));
const policies = { shop: "shop", clinic: "clinic 診所" };
for (const folder of Object.values(policies)) mkdirSync(join(top, folder));
const uri = (folder, file) => pathToFileURL(join(top, folder, file)).href;

const main = `farol 1
policy "Shop" {}
include "people.farol"
feature doors.open
feature doors.close { acts_on: place }
place front
place back
context device: managed | personal

open: allow staff to doors.open because "Everybody comes and goes."
allow cashier to doors.close on front when device is managed
deny staff to doors.close on back
test "the front" {
  expect allow cashier to doors.close on front when device is managed
  expect allow staff to doors.open
}
`;
const people = "farol 1\nrole staff\nrole cashier inherits staff { title: \"收銀員\" }\nrole cleaner inherits staff\n";
writeFileSync(join(top, policies.shop, "main.farol"), main);
writeFileSync(join(top, policies.shop, "people.farol"), people);
const clinic = "farol 1\npolicy \"Clinic\" {}\nrole nurse\nfeature ward.enter\nfeature ward.leave\nallow nurse to ward.*\n";
writeFileSync(join(top, policies.clinic, "clinic.farol"), clinic);

for (const words of [["init", "-q"], ["add", "."], ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "first"]])
  execFileSync("git", ["-C", top, ...words]);

const server = spawn(farol, ["lsp"], { stdio: ["pipe", "pipe", "inherit"] });
const ended = new Promise((done) => server.on("exit", done));
const client = p.createProtocolConnection(server.stdout, server.stdin);
const published = new Map();
const waiting = [];
client.onNotification(p.PublishDiagnosticsNotification.type, ({ uri: of, diagnostics }) => {
  published.set(of, diagnostics);
  for (const each of waiting.splice(0)) each();
});
const findings = async (of, wanted) => {
  while (!published.has(of) || !wanted(published.get(of))) await new Promise((done) => waiting.push(done));
  return published.get(of);
};
client.listen();

const place = (text, word, skip = 0) => {
  const at = text.indexOf(word) + skip;
  const before = text.slice(0, at);
  return { line: before.split("\n").length - 1, character: at - before.lastIndexOf("\n") - 1 };
};
const applied = (text, edits) => {
  const lines = text.split("\n");
  const offset = ({ line, character }) => lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character;
  return [...edits].sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce((all, { range, newText }) => all.slice(0, offset(range.start)) + newText + all.slice(offset(range.end)), text);
};

const asked = new Set();
const ask = (type, params) => {
  asked.add(type.method);
  return client.sendRequest(type, params);
};
const refused = async (type, params, code) => {
  const error = await ask(type, params).then(() => null, (each) => each);
  assert.ok(error, `${type.method} is answered`);
  assert.equal(error.code, code, error.message);
  return error.message;
};

await refused(p.HoverRequest.type, { textDocument: { uri: uri(policies.shop, "main.farol") }, position: { line: 0, character: 0 } }, -32002);
const { capabilities } = await ask(p.InitializeRequest.type, {
  processId: process.pid, rootUri: null, capabilities: {},
  workspaceFolders: Object.values(policies).map((folder) => ({ uri: uri(folder, ""), name: folder })),
});
assert.equal(capabilities.positionEncoding, "utf-16");
await client.sendNotification(p.InitializedNotification.type, {});
const open = (folder, file, text) => client.sendNotification(p.DidOpenTextDocumentNotification.type,
  { textDocument: { uri: uri(folder, file), languageId: "farol", version: 1, text } });
const shop = { textDocument: { uri: uri(policies.shop, "main.farol") } };
const everything = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };
await open(policies.shop, "main.farol", main);
await open(policies.clinic, "clinic.farol", clinic);
assert.ok((await findings(shop.textDocument.uri, () => true)).every((each) => each.severity > 1));

// What each word is.
const hover = await ask(p.HoverRequest.type, { ...shop, position: place(main, "cashier", 1) });
assert.match(hover.contents.value, /收銀員|cashier/);
const declared = await ask(p.DefinitionRequest.type, { ...shop, position: place(main, "cashier", 1) });
assert.equal(declared.uri, uri(policies.shop, "people.farol"));
assert.deepEqual(declared.range.start, place(people, "cashier"));
const uses = await ask(p.ReferencesRequest.type, { ...shop, position: place(main, "cashier", 1), context: { includeDeclaration: true } });
assert.deepEqual(uses.map((each) => [each.uri === shop.textDocument.uri, each.range.start.line]), [[false, 2], [true, 10], [true, 13]]);
assert.equal(await ask(p.ReferencesRequest.type, { ...shop, position: { line: 0, character: 0 }, context: { includeDeclaration: true } }), null);
const completion = await ask(p.CompletionRequest.type, { ...shop, position: place(main, "doors.close on front", 8) });
assert.ok(completion.some(({ label }) => label === "doors.open"));
assert.ok((await ask(p.DocumentSymbolRequest.type, shop)).some(({ name }) => name === "doors.close"));
assert.deepEqual((await ask(p.FoldingRangeRequest.type, shop)).map((each) => each.startLine), [12]);
assert.ok((await ask(p.SemanticTokensRequest.type, shop)).data.length > 100);
assert.deepEqual(await ask(p.DocumentFormattingRequest.type, { ...shop, options: { tabSize: 2, insertSpaces: true } }), []);
assert.deepEqual(await ask(p.CodeActionRequest.type, { ...shop, range: everything, context: { diagnostics: [] } })
  .then((actions) => actions.filter(({ kind }) => kind !== "quickfix")), []);

// How far each rule reaches: three roles and whoever has none of them; two roles; three.
const hints = await ask(p.InlayHintRequest.type, { ...shop, range: everything });
assert.deepEqual(hints.map(({ position, label }) => [position.line, label]), [
  [9, "roles: 3 · points decided: 3"],
  [10, "roles: 1 · objects: 1 · points decided: 1"],
  [11, "roles: 3 · objects: 1 · points decided: 3"]]);
assert.deepEqual((await ask(p.CodeLensRequest.type, shop)).map(({ range, command }) => [range.start.line, command.title]), [[12, "passes (2)"]]);

// A new name, in two files; the tenant's role is known by the old one.
const at_name = { ...shop, position: place(main, "cashier", 1) };
const prepared = await ask(p.PrepareRenameRequest.type, at_name);
assert.equal(prepared.placeholder, "cashier");
const { changes } = await ask(p.RenameRequest.type, { ...at_name, newName: "till" });
assert.deepEqual(Object.keys(changes).sort(), [shop.textDocument.uri, uri(policies.shop, "people.farol")].sort());
assert.equal(applied(main, changes[shop.textDocument.uri]), main.replaceAll("cashier", "till"));
assert.equal(applied(people, changes[uri(policies.shop, "people.farol")]),
  people.replace("role cashier inherits staff {", "role till inherits staff { was: cashier"));
assert.match(await refused(p.RenameRequest.type, { ...at_name, newName: "staff" }, -32803), /staff/);
await refused(p.RenameRequest.type, { ...at_name, newName: "two words" }, -32803);
await refused(p.RenameRequest.type, { ...shop, position: { line: 0, character: 0 }, newName: "x" }, -32803);
// A word of the language is written in backticks.
const quoted = await ask(p.RenameRequest.type, { ...shop, position: place(main, "front", 1), newName: "allow" });
assert.equal(applied(main, quoted.changes[shop.textDocument.uri]),
  main.replace("place front", "place `allow`").replaceAll("on front", "on `allow`"));
// `ward.*` would be about one feature less.
const ward = { textDocument: { uri: uri(policies.clinic, "clinic.farol") }, position: place(clinic, "ward.leave", 1) };
assert.match(await refused(p.RenameRequest.type, { ...ward, newName: "leave" }, -32803), /ward\.\*/);
assert.ok(await ask(p.RenameRequest.type, { ...ward, newName: "ward.go" }));

// A mistake in one policy blocks nothing of the other; its repair takes it away.
const wrong = main.replace("allow cashier", "allow cashierr");
await client.sendNotification(p.DidChangeTextDocumentNotification.type,
  { textDocument: { ...shop.textDocument, version: 2 }, contentChanges: [{ text: wrong }] });
const [unknown] = (await findings(shop.textDocument.uri, (all) => all.some(({ code }) => code === "F2001"))).filter(({ code }) => code === "F2001");
assert.deepEqual((await ask(p.InlayHintRequest.type, { ...ward, range: everything })).map(({ label }) => label), ["roles: 1 · points decided: 2"]);
assert.deepEqual(await ask(p.InlayHintRequest.type, { ...shop, range: everything }), []);
const [action] = await ask(p.CodeActionRequest.type, { ...shop, range: unknown.range, context: { diagnostics: [unknown] } });
assert.equal(applied(wrong, action.edit.changes[shop.textDocument.uri]), main);
// While something is wrong a name can be changed, but nothing new goes wrong.
assert.ok(await ask(p.RenameRequest.type, { ...shop, position: place(wrong, "front", 1), newName: "door" }));
await refused(p.RenameRequest.type, { ...shop, position: place(wrong, "front", 1), newName: "back" }, -32803);
await client.sendNotification(p.DidChangeTextDocumentNotification.type,
  { textDocument: { ...shop.textDocument, version: 3 }, contentChanges: [{ text: main }] });

// What an edit means since the last commit: a rule more, and a reason that changes nothing.
const edited = main.replace("comes and goes", "goes").replace("deny staff", "allow cleaner to doors.close on front\ndeny staff");
await client.sendNotification(p.DidChangeTextDocumentNotification.type,
  { textDocument: { ...shop.textDocument, version: 4 }, contentChanges: [{ text: edited }] });
assert.deepEqual((await ask(p.CodeLensRequest.type, shop)).map(({ range, command }) => [range.start.line, command.command, command.title])
  .sort(([a], [b]) => a - b), [
  [9, "farol.diff", "since the last commit: changed, and no permission with it"],
  [11, "farol.diff", "since the last commit: wider at 1 points, narrower at 0, otherwise at 0"],
  [13, "farol.test", "passes (2)"]]);

// What is taken back while others are answered has no other answer.
const many = Array.from({ length: 200 }, () => ask(p.CodeLensRequest.type, shop));
const taken_back = new p.CancellationTokenSource();
const last = client.sendRequest(p.DocumentSymbolRequest.type, shop, taken_back.token);
taken_back.cancel();
const outcome = await last.then(() => "answered", ({ code }) => code);
assert.ok(outcome === -32800 || outcome === "answered", String(outcome));
assert.equal((await Promise.all(many)).length, 200);

// A folder less.
await client.sendNotification(p.DidChangeWorkspaceFoldersNotification.type,
  { event: { added: [], removed: [{ uri: uri(policies.clinic, ""), name: "clinic" }] } });
assert.ok(await ask(p.DocumentSymbolRequest.type, { textDocument: ward.textDocument }));
await ask(p.ShutdownRequest.type);
await client.sendNotification(p.ExitNotification.type);
assert.equal(await ended, 0);
rmSync(top, { recursive: true });

const offered = Object.keys(capabilities).filter((name) => name.endsWith("Provider"));
assert.equal(offered.length, 12, offered.join(" "));
console.log(`NOTE: the protocol's own client asked ${asked.size} kinds of requests of farol lsp, and each had its answer`);
process.exit(0);
