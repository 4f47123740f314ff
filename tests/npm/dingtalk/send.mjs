// send.mjs FAROL GENERATOR: every request through the vendor's own client, or as a raw one where the client lacks it,
// against a server on loopback: what arrives must be what the document says.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { all_calls, compile_all, requests_of } from "./documents.mjs";

const require = createRequire(import.meta.url);
const OpenApi = require("@alicloud/openapi-client");
const Util = require("@alicloud/tea-util");

const [farol, generator] = process.argv.slice(2);
let arrived = null;
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (part) => (body += part));
  request.on("end", () => {
    const url = new URL(request.url, "http://loopback");
    const query = Object.fromEntries(url.searchParams);
    delete query.access_token;
    arrived = { method: request.method, path: decodeURIComponent(url.pathname), query, body: body === "" ? null : JSON.parse(body) };
    response.setHeader("content-type", "application/json");
    response.end('{"errcode":0}');
  });
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const port = server.address().port;

// Ids that are not bound yet: any will do. Numbers where requests take numbers.
function bound(value) {
  if (Array.isArray(value)) return value.flatMap((each) => (is_list(each) ? ["u-1", "u-2"] : [bound(each)]));
  if (value === null || typeof value !== "object") return value;
  if ("bind" in value) return /^(role|department|place)\.|role_group/.test(value.bind) ? 4711 : `id-of-${value.bind}`;
  if ("joined" in value) return value.joined.map(bound).join(",");
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, bound(each)]));
}
const is_list = (value) => value !== null && typeof value === "object" && /^members\./.test(value.bind ?? "");

function filled({ method, path, path_parameters, query, body }) {
  const values = bound(path_parameters);
  for (const [key, value] of Object.entries(values)) path = path.replace(`{${key}}`, String(value));
  return { method, path, query: bound(query), body: body === null ? null : bound(body), parameters: Object.values(values) };
}

const clients = new Map();
async function send_by_client({ package: name, method }, request) {
  const module = require(`@alicloud/dingtalk/${name}`);
  if (!clients.has(name)) {
    const config = new OpenApi.Config({ protocol: "http", regionId: "central", endpoint: `127.0.0.1:${port}` });
    clients.set(name, new module.default(config));
  }
  const model = method[0].toUpperCase() + method.slice(1);
  const headers = new module[`${model}Headers`]({ xAcsDingtalkAccessToken: "loopback" });
  const parameters = request.path_values;
  const fields = { ...request.query, ...(request.body ?? {}) };
  const Model = module[`${model}Request`];
  const input = Model === undefined ? [] : [new Model(fields)];
  try {
    await clients.get(name)[`${method}WithOptions`](...parameters, ...input, headers, new Util.RuntimeOptions({}));
  } catch {
    // The reply of a stub is not what the client wants to read; the request has arrived.
  }
}

async function send_raw(request) {
  const query = new URLSearchParams({ ...request.query, access_token: "loopback" });
  await fetch(`http://127.0.0.1:${port}${request.path}?${query}`, {
    method: request.method,
    headers: { "content-type": "application/json" },
    body: request.body === null ? undefined : JSON.stringify(request.body),
  }).then((reply) => reply.text());
}

// What arrives is the same: numbers of a query are texts there, and an empty object is no body.
function is_same(expected, got) {
  const texts = Object.fromEntries(Object.entries(expected.query).map(([key, value]) => [key, String(value)]));
  const empty = (body) => body === null || Object.keys(body).length === 0;
  const bodies = (empty(expected.body) && empty(got.body)) || isDeepStrictEqual(expected.body, got.body);
  return expected.method === got.method && expected.path === got.path && isDeepStrictEqual(texts, got.query) && bodies;
}

let failures = 0, by_client = 0, raw = 0;
const seen = new Set(), called = new Set();
async function check({ name, step, request }) {
  const expected = filled(request);
  expected.path_values = expected.parameters.map(String);
  const key = JSON.stringify([request.client, expected]);
  if (seen.has(key)) return;
  seen.add(key);
  arrived = null;
  if (request.client === null) {
    raw += 1;
    await send_raw(expected);
  } else {
    by_client += 1;
    called.add(`${request.client.package}.${request.client.method}`);
    await send_by_client(request.client, expected);
  }
  if (arrived === null || !is_same(expected, arrived)) {
    failures += 1;
    if (failures <= 10) console.log(`${name}: ${step.target}\n  sent    ${JSON.stringify(expected)}\n  arrived ${JSON.stringify(arrived)}`);
  }
}

const documents = compile_all(farol, generator, 500);
for (const { name, document } of documents) {
  for (const { step, request } of requests_of(document)) await check({ name, step, request });
}

// What is read for a document, and what takes away that a policy does not give.
const calls_of_client = all_calls.filter((each) => each.client !== null);
for (const { name, client, method, path, request } of calls_of_client) {
  if (request === undefined) continue;
  const whole = { client, method, path, path_parameters: request.path, query: request.query, body: request.body };
  await check({ name, step: { target: name }, request: whole });
}
for (const { name, client } of calls_of_client) {
  if (called.has(`${client.package}.${client.method}`)) continue;
  failures += 1;
  console.log(`the vendor's client has a method for ${name}, and no request was sent by it`);
}

// What the client is said to lack it does lack: it has no such call, or drops a part of the body.
const root = dirname(require.resolve("@alicloud/dingtalk/package.json"));
const shape = (method, path) => `${method} ${path.replace(/\$?\{[^}]*\}/g, "{}")}`;
const has = new Set();
for (const folder of readdirSync(join(root, "dist")).filter((name) => /_\d+_\d+$/.test(name))) {
  const text = readFileSync(join(root, "dist", folder, "client.js"), "utf8");
  for (const [, path, method] of text.matchAll(/pathname: `([^`]*)`,\s*method: "(\w+)"/g)) has.add(shape(method, path));
}
for (const { name, client, method, path } of all_calls) {
  if (has.has(shape(method, path)) === (client !== null)) continue;
  failures += 1;
  console.log(`the vendor's client ${client === null ? "has" : "lacks"} ${name}: ${method} ${path}`);
}
let dropped = 0;
for (const { request } of documents.flatMap((each) => requests_of(each.document))) {
  const known = calls_of_client.find((each) => each.name === request.name);
  if (request.client !== null || known === undefined) continue;
  const expected = filled(request);
  expected.path_values = expected.parameters.map(String);
  await send_by_client(known.client, expected);
  if (is_same(expected, arrived)) continue;
  dropped += 1;
}
if (dropped === 0) {
  failures += 1;
  console.log("no request has what the vendor's client drops");
}

// A wrong field must be noticed: the client drops what it does not know.
for (const wrong of [(body) => (body.subjectTagsIds = body.subjectTagIds), (body) => (body.restrictInSerch = true)]) {
  const found = documents.flatMap((each) => requests_of(each.document)).find(({ request }) => request.body?.subjectTagIds);
  const request = structuredClone(found.request);
  wrong(request.body);
  const expected = filled(request);
  expected.path_values = [];
  await send_by_client(request.client, expected);
  if (is_same(expected, arrived)) {
    failures += 1;
    console.log("a wrong field was not noticed");
  }
}
server.close();
if (by_client < 50 || raw < 20) failures += 1;
console.log(`NOTE: ${by_client} requests by the vendor's client (of all ${called.size} calls that it has) and ${raw} raw ones arrived as the documents say, from ${documents.length} policies`);
process.exit(failures === 0 ? 0 : 1);
