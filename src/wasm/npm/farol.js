#!/usr/bin/env node
// Farol under node: the compiler as WebAssembly, on the files of this machine.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { setFlagsFromString } = require("node:v8");

// What runs for a part of a second is over before it would have been made faster: only what runs long is compiled twice, and
// what is not called is neither validated nor compiled. The versions of node that have these settings are known.
const settings = ["--wasm-tiering-budget=1000000000", "--wasm-lazy-compilation", "--wasm-lazy-validation"];
if (parseInt(process.versions.node) < 25) settings.forEach(setFlagsFromString);

const windows = process.platform === "win32" ? require("./windows.js") : undefined;
const words = process.argv.slice(2);
const wasmBinary = readFileSync(join(__dirname, "farol_node.wasm"));
windows?.prepare();
require("./farol_node.js")({
  wasmBinary,
  arguments: windows ? words.map(windows.word) : words,
  outside: windows?.outside ?? ((path) => path),
  thisProgram: "farol",
  preRun: [(module) => Object.assign(module.ENV, process.env)],
  // What was written to a console may still be on its way.
  quit: (code) => { process.exitCode = code; },
});
