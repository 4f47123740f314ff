// The TextMate grammar of the extension: node grammar.mjs FAROL. It runs the assertions of statements.farol, holds the
// grammar's words equal with those of src/syntax/tokens.def, and each token of the examples and libraries with the colour
// that its kind has: `farol debug tokens` says what the compiler's scanner makes of a file.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [farol] = process.argv.slice(2);
const source = process.env.FAROL_SOURCE_DIR;
const require = createRequire(join(process.cwd(), "here.js"));
const oniguruma = require("vscode-oniguruma"), textmate = require("vscode-textmate");
const path = join(source, "src/vscode/syntaxes/farol.tmLanguage.json");
const grammar = JSON.parse(readFileSync(path, "utf8"));

// 1. The words of the grammar are those of the language.
const words = ["statementWords", "verbs", "constants", "connectives", "checkWords"].flatMap((name) =>
  /\(\?:([a-z|]+)\)/.exec(grammar.repository[name].match)[1].split("|"));
const keywords = [...readFileSync(join(source, "src/syntax/tokens.def"), "utf8").matchAll(/^FAROL_WORD\(\w+, \w+, "(\w+)"\)/gm)]
  .map((match) => match[1]);
assert.ok(keywords.length > 60);
assert.deepEqual([...words].sort(), [...keywords].sort(), "src/vscode/syntaxes/farol.tmLanguage.json has other words");

// 2. Assertions, line by line.
execFileSync(process.execPath, [require.resolve("vscode-tmgrammar-test/dist/unit.js"), "-g", path,
  join(source, "tests/npm/vscode/statements.farol")], { stdio: ["ignore", "ignore", "inherit"] });

// 3. Each token of what is shipped.
await oniguruma.loadWASM(readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")).buffer);
const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async () => grammar,
});
const coloured = await registry.loadGrammar("source.farol");

// The scopes of each character, by line.
const scopes_of = (text) => {
  let state = textmate.INITIAL;
  return text.split("\n").map((line) => {
    const result = coloured.tokenizeLine(line, state), scopes = [];
    state = result.ruleStack;
    for (const token of result.tokens)
      for (let i = token.startIndex; i < token.endIndex; ++i) scopes[i] = token.scopes.join(" ");
    return scopes;
  });
};
const fits = {
  keyword: /(keyword|storage|constant\.language|entity\.other\.attribute|entity\.name)[^ ]*$/,
  "a name": /(variable|entity|storage|constant\.language\.severity|keyword\.operator\.word\.check)[^ ]*$/,
  "a name and `:`": /entity\.(name\.(type|label)|other\.attribute-name)\.farol$/,
  "a wildcard": /variable\.other\.farol$/,
  "a text in quotes": /string\.quoted/,
  "a number": /constant\.numeric\.farol$/,
  "a date": /constant\.other\.date\.farol$/,
  "a duration": /constant\.numeric\.duration\.farol$/,
  "`because.LANGUAGE`": /keyword\.other\.because\.farol$/,
};
const files = [];
const collect = (folder) => {
  for (const entry of readdirSync(join(source, folder), { withFileTypes: true })) {
    const inside = join(folder, entry.name);
    if (entry.isDirectory()) collect(inside);
    else if (entry.name.endsWith(".farol")) files.push(inside);
  }
};
for (const folder of ["examples", "src/library", "src/cli/starters"]) collect(folder);
let checked = 0;
for (const file of files) {
  const text = readFileSync(join(source, file), "utf8"), scopes = scopes_of(text), lines = text.split("\n");
  // A file of a policy alone lacks what the others declare; its tokens are listed all the same.
  const listed = spawnSync(farol, ["debug", "tokens", file], { cwd: source, encoding: "utf8", maxBuffer: 1 << 28 }).stdout;
  for (const line of listed.split("\n")) {
    const match = /^(\S+):(\d+):(\d+)  (.+?)  /.exec(line);
    if (!match || match[1] !== file) continue;
    const [, , row, column, kind] = match;
    const wanted = fits[kind] ?? (/^`[a-z]+`$/.test(kind) ? fits.keyword : undefined);
    if (!wanted) continue;
    // Columns are characters; the scopes count as JavaScript does.
    const at = [...lines[row - 1]].slice(0, column - 1).join("").length;
    assert.match(scopes[row - 1][at] ?? "", wanted, `${file}:${row}:${column}: ${kind}`);
    ++checked;
  }
}
assert.ok(files.length > 20 && checked > 10000, `${files.length} files, ${checked} tokens`);
console.log(`NOTE: ${checked} tokens of ${files.length} files have the colour of their kind`);
