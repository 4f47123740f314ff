// Farol for CodeMirror. The words are those of the TextMate grammar, which a test holds equal with the compiler's.
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { tags } from "@lezer/highlight";
import grammar from "../../vscode/syntaxes/farol.tmLanguage.json";

const kinds = new Map();
for (const [name, tag] of [["statementWords", "keyword"], ["verbs", "controlKeyword"], ["constants", "atom"], ["connectives", "operatorKeyword"]])
  for (const word of /\(\?:([a-z|]+)\)/.exec(grammar.repository[name].match)[1].split("|")) kinds.set(word, tag);

const name = /^[\p{L}_`][\p{L}\p{N}\p{M}_`-]*(?:\.[\p{L}_`][\p{L}\p{N}\p{M}_`-]*)*/u;

const stream = {
  name: "farol",
  startState: () => ({ comment: false }),
  token(text, state) {
    if (state.comment) {
      if (text.skipTo("*/")) { text.match("*/"); state.comment = false; } else text.skipToEnd();
      return "comment";
    }
    if (text.eatSpace()) return null;
    if (text.match("//")) { text.skipToEnd(); return "comment"; }
    if (text.match("/*")) { state.comment = true; return "comment"; }
    if (text.match(/^"(?:[^"\\]|\\.)*"?/)) return "string";
    if (text.match(/^[0-9]+-[0-9]+-[0-9]+/) || text.match(/^[0-9]+(?:\.[0-9]+)*/)) return "number";
    const found = text.match(name);
    if (found) {
      const word = found[0];
      if (text.match(/^[ \t]*[:：]/, false)) return "propertyName";
      if (word.startsWith("because.")) return "operatorKeyword";
      return kinds.get(word) ?? "variableName";
    }
    text.next();
    return null;
  },
  languageData: { commentTokens: { line: "//", block: { open: "/*", close: "*/" } }, closeBrackets: { brackets: ["(", "{", '"'] } },
  tokenTable: { controlKeyword: tags.controlKeyword, operatorKeyword: tags.operatorKeyword },
};

const colours = HighlightStyle.define([
  { tag: tags.comment, class: "tok-comment" },
  { tag: tags.string, class: "tok-string" },
  { tag: tags.number, class: "tok-number" },
  { tag: tags.keyword, class: "tok-keyword" },
  { tag: tags.controlKeyword, class: "tok-verb" },
  { tag: tags.operatorKeyword, class: "tok-word" },
  { tag: tags.atom, class: "tok-atom" },
  { tag: tags.propertyName, class: "tok-key" },
]);

export const farol_language = [StreamLanguage.define(stream), syntaxHighlighting(colours)];
