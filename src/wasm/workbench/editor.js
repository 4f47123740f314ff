// The editor: CodeMirror with the findings, completion and hover of Farol.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentUnit } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightSpecialChars, hoverTooltip, keymap, lineNumbers } from "@codemirror/view";
import { farol_language } from "./language.js";
import { elements_of } from "./markdown.js";

// Where a byte of a text in UTF-8 is among its UTF-16 units.
export function index_of_bytes(text) {
  const offsets = [];  // by byte; only where the text is not ASCII throughout
  // eslint-disable-next-line no-control-regex
  if (/^[\x00-\x7f]*$/.test(text)) return (byte) => Math.min(byte, text.length);
  let index = 0;
  for (const character of text) {
    const code = character.codePointAt(0);
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (let i = 0; i < size; ++i) offsets.push(index);
    index += character.length;
  }
  offsets.push(index);
  return (byte) => offsets[Math.min(byte, offsets.length - 1)];
}

const position_at = (state, at) => {
  const line = state.doc.lineAt(at);
  return { line: line.number - 1, character: at - line.from };
};
const offset_at = (state, { line, character }) => {
  if (line >= state.doc.lines) return state.doc.length;
  const found = state.doc.line(line + 1);
  return Math.min(found.from + character, found.to);
};

const kinds = { 3: "function", 6: "variable", 7: "class", 10: "property", 12: "constant", 13: "enum", 14: "keyword", 20: "enum", 21: "constant" };

// `ask(method, params)` is a question about the text as it is now.
export class Editor {
  constructor(parent, { label, on_change, ask, repair }) {
    this.ask = ask;
    this.repair = repair;
    this.extensions = [
      lineNumbers(), lintGutter(), highlightSpecialChars(), history(), drawSelection(), highlightActiveLine(), bracketMatching(),
      closeBrackets(), highlightSelectionMatches(), farol_language, indentUnit.of("  "), EditorView.lineWrapping,
      autocompletion({ override: [(context) => this.#complete(context)] }),
      hoverTooltip((view, at) => this.#hover(view, at)),
      keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap, indentWithTab]),
      EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" }),
      EditorView.updateListener.of((update) => { if (update.docChanged) on_change(update.state.doc.toString()); }),
    ];
    this.view = new EditorView({ parent, state: this.#state("") });
    // Who cannot use a mouse scrolls with the keys.
    this.view.scrollDOM.tabIndex = 0;
  }

  #state(text) { return EditorState.create({ doc: text, extensions: this.extensions }); }

  get text() { return this.view.state.doc.toString(); }
  // Another file: its history is its own.
  open(text) { this.view.setState(this.#state(text)); }
  // The same file, changed from outside the editor; it can be undone.
  replace(text) {
    if (text !== this.text) this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
  }
  apply(changes) {
    this.view.dispatch({ changes });
    this.view.focus();
  }
  relabel(label) { this.view.contentDOM.setAttribute("aria-label", label); }
  go_to(byte) {
    const at = index_of_bytes(this.text)(byte);
    this.view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
    this.view.focus();
  }

  // Findings about this file, as `farol check --error-format json` has them.
  show(findings) {
    const index = index_of_bytes(this.text), length = this.view.state.doc.length;
    const shown = findings.map((finding) => {
      const from = Math.min(index(finding.range.start.offset), length);
      return {
        from,
        to: Math.max(from, Math.min(index(finding.range.end.offset), length)),
        severity: finding.severity === "note" ? "info" : finding.severity,
        source: finding.code,
        message: finding.message,
        actions: finding.fixes.map((fix) => ({ name: fix.title, apply: () => this.repair(fix) })),
      };
    });
    this.view.dispatch(setDiagnostics(this.view.state, shown));
  }

  async #complete(context) {
    const word = context.matchBefore(/[\p{L}\p{N}_.-]*/u);
    if (!context.explicit && (!word || word.from === word.to)) return null;
    const answer = await this.ask("textDocument/completion", { position: position_at(context.state, context.pos) });
    const items = Array.isArray(answer) ? answer : answer?.items ?? [];
    if (context.aborted || items.length === 0) return null;
    // A name that is written out needs no completion, and the end of the line is the end of the line.
    if (!context.explicit && items.some((item) => item.label === word.text)) return null;
    return {
      from: word ? word.from : context.pos,
      options: items.map((item) => ({
        label: item.label, detail: item.detail, type: kinds[item.kind],
        info: typeof item.documentation === "string" ? item.documentation : item.documentation?.value,
        apply: item.textEdit?.newText ?? item.insertText ?? item.label,
      })),
      validFor: /^[\p{L}\p{N}_-]*$/u,
    };
  }

  async #hover(view, at) {
    const answer = await this.ask("textDocument/hover", { position: position_at(view.state, at) });
    const value = answer?.contents?.value ?? answer?.contents;
    if (typeof value !== "string" || value === "") return null;
    const range = answer.range;
    return {
      pos: range ? offset_at(view.state, range.start) : at,
      end: range ? offset_at(view.state, range.end) : at,
      create: () => {
        const dom = Object.assign(document.createElement("div"), { className: "hover" });
        dom.append(...elements_of(value, "strong"));
        return { dom };
      },
    };
  }
}
