#!/usr/bin/env node
// Farol under node: the compiler as WebAssembly, on the files of this machine.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");

require("./farol_node.js")({
  wasmBinary: readFileSync(join(__dirname, "farol_node.wasm")),
  arguments: process.argv.slice(2),
  thisProgram: "farol",
  preRun: [(module) => Object.assign(module.ENV, process.env)],
});
