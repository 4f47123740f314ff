"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const find = (id) => document.getElementById(id);
  const choices = ["role", "base", "group", "tier", "mark"], ticks = ["differ", "refusals", "tests", "unfold"];
  const nothing_chosen = () => ({ language: 0, search: "", role: "", base: "", group: "", tier: "", mark: "", differ: false, refusals: false, tests: false, unfold: false, cell: "" });
  let state = nothing_chosen();
  const columns_on_paper = 9, most_on_paper = 60;
  let shown = { columns: [], rows: [] };
  let at = [0, 0];        // the cell that the Tab key reaches: of `shown`, groups not counted
  let window_drawn = "";  // which part of the table is in the page

  const make = (name, attributes = {}, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  };
  const here = () => data.languages[state.language];
  const fold = (text) => text.normalize("NFKC").toLocaleLowerCase();
  const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, index) => values[index]);
  const pair = (name, value) => fill(here().ui.pair, name, value);
  const list = (names, most = names.length) => {
    const comma = here().tag.startsWith("zh") ? "、" : ", ";
    return names.slice(0, most).join(comma) + (names.length > most ? `${comma}+${names.length - most}` : "");
  };
  const cell_of = (role, feature) => data.columns[data.column[role]][feature];
  const entries_of = (cell) => {
    const entries = here().cells[cell];
    return state.tier === "" ? entries : entries.filter((entry) => entry.tiers.length === 0 || entry.tiers.includes(Number(state.tier)));
  };

  // Roles stand behind what they inherit, as deep as it goes.
  const order = [], depth = [];
  {
    const children = data.roles.map(() => []), seen = new Set();
    data.parents.forEach((parents, role) => { if (parents.length > 0) children[parents[0]].push(role); });
    const waiting = data.roles.map((_, role) => role).filter((role) => data.parents[role].length === 0).reverse().map((role) => [role, 0]);
    while (waiting.length > 0) {
      const [role, level] = waiting.pop();
      if (seen.has(role)) continue;
      seen.add(role);
      order.push(role);
      depth[role] = level;
      for (const child of children[role].toReversed()) waiting.push([child, level + 1]);
    }
    data.roles.forEach((_, role) => { if (!seen.has(role)) { order.push(role); depth[role] = 0; } });
  }

  // What a search looks through, for the language that is shown.
  let written = [];
  const features_of = (language) => language.groups.flatMap((group, index) => group.features.map((feature) => ({ ...feature, group: index })));
  let features = [];

  const fits = () => {
    const text = here();
    const marks = text.cells.map((_, cell) => entries_of(cell).map((entry) => entry.mark));
    const has = (mark) => marks.map((all) => all.includes(mark));
    return { wanted: state.mark === "" ? null : has(state.mark), allowed: has("allow") };
  };

  // What the filters leave: columns of equal roles, and rows.
  const choose = () => {
    const words = fold(state.search).split(/\s+/).filter(Boolean);
    const { wanted, allowed } = fits();
    const base = state.base === "" ? -1 : Number(state.base);
    let roles = state.role === "" ? order : base < 0 ? [Number(state.role)] : [base, Number(state.role)];
    const kept = features.map((_, index) => index).filter((index) =>
      (state.group === "" || features[index].group === Number(state.group)) && words.every((word) => written[index].includes(word)));
    // Of a tier: who reaches it.
    if (state.tier !== "" && state.mark === "" && state.role === "") {
      const reaches = data.columns.map((column) => kept.some((feature) => allowed[column[feature]] && here().cells[column[feature]].some((entry) =>
        entry.mark === "allow" && entry.tiers.includes(Number(state.tier)))));
      roles = roles.filter((role) => role === base || reaches[data.column[role]]);
    }
    const columns = [], by_column = new Map();
    for (const role of roles) {
      const known = by_column.get(data.column[role]);
      if (known !== undefined && !state.unfold && state.role === "") known.roles.push(role);
      else {
        const column = { role, roles: [role] };
        columns.push(column);
        by_column.set(data.column[role], column);
      }
    }
    if (base >= 0) {
      const first = columns.findIndex((column) => column.roles.includes(base));
      if (first > 0) columns.unshift(...columns.splice(first, 1));
    }
    const rows = [];
    let group = -1;
    for (const feature of kept) {
      if (wanted !== null && !columns.some((column) => wanted[cell_of(column.role, feature)])) continue;
      if (state.differ && base >= 0 && columns.every((column) => cell_of(column.role, feature) === cell_of(base, feature))) continue;
      if (features[feature].group !== group) {
        group = features[feature].group;
        rows.push({ group });
      }
      rows.push({ feature });
    }
    shown = { columns, rows, base };
  };

  // Of the rules behind a cell: how many some test looks at.
  const tested = (cell) => {
    const text = here(), rules = [...new Set(text.cells[cell].flatMap((entry) => entry.rules))], seen = rules.filter((rule) => text.rules[rule].tests > 0).length;
    const states = { all: ["☑", text.ui.tested, "allow h2"], some: ["◐", text.ui.tested_part, "withheld"], none: ["☐", text.ui.untested, "deny loud"], no_rule: [data.symbols.none, "", "none"] };
    const [symbol, words, kind] = states[rules.length === 0 ? "no_rule" : seen === 0 ? "none" : seen === rules.length ? "all" : "some"];
    return { symbol, words: rules.length > 1 ? `${words} ${seen} / ${rules.length}` : words, kind, means: "", refused: "", notes: "" };
  };

  // One line for a cell: what is allowed, or a word for why nothing is.
  const in_short = (cell, feature, tests = state.tests) => {
    if (tests) return tested(cell);
    const text = here(), entries = entries_of(cell), of = (mark) => entries.filter((entry) => entry.mark === mark);
    const on = (all) => list(all.map((entry) => entry.on === "" ? (data.acts[feature] ? text.ui.everything : text.ui.yes) : entry.on));
    const allow = of("allow");
    const mark = ["allow", "withheld", "deny", "platform", "none"].find((each) => of(each).length > 0) ?? "none";
    const notes = [...new Set(of(mark).map((entry) => entry.note).filter((note) => note > 0))];
    let words = { allow: () => on(allow), withheld: () => on(of("withheld")), platform: () => text.ui.platform, deny: () => text.ui.no, none: () => text.ui.no }[mark]();
    if (mark === "deny" && state.refusals && of("deny").some((entry) => entry.on !== "")) words = on(of("deny"));
    const top = text.tiers.length === 0 || !data.acts[feature] ? 2
      : allow.some((entry) => entry.on === "") ? 3 : Math.max(...allow.flatMap((entry) => entry.tiers), 0) * 3 / (text.tiers.length - 1 || 1);
    const heat = mark !== "allow" ? "" : ` h${top <= 1 ? 1 : top <= 2 ? 2 : 3}`;
    const refused = mark === "allow" && state.refusals && of("deny").length > 0 ? ` ${data.symbols.deny} ${on(of("deny"))}` : "";
    return { symbol: data.symbols[mark], means: text.marks[mark] ?? "", words, refused, notes: notes.length > 0 && (mark === "allow" || mark === "withheld") ? fill(text.ui.see_note, list(notes)) : "", kind: `${mark}${heat}${state.refusals ? " loud" : ""}` };
  };

  // What is too long for a line has two, which cost more to lay out.
  const is_long = (text) => 7 * (text.length + (text.match(/[\u2e80-\uffff]/g)?.length ?? 0)) > size().column - 32;
  const fill_cell = (node, cell, feature, same) => {
    const short = in_short(cell, feature), long = is_long(`${short.words}${short.refused} ${short.notes}`), text = long ? make("span") : node;
    node.className = `cell ${short.kind}${same ? " same" : ""}${long ? " long" : ""}`;
    text.append(make("span", { "aria-hidden": "true" }, same ? "=" : short.symbol), make("span", { class: "spoken" }, short.means), ` ${short.words}${short.refused}`);
    if (short.notes !== "") text.append(" ", make("small", {}, short.notes));
    if (long) node.append(text);
  };

  // Columns are as wide as the window lets them be, where all of them fit. The style sheet has these lengths from here.
  const is_narrow = window.matchMedia("(max-width: 48rem)");
  let width = 0;  // of the table on the screen
  const size = () => {
    const feature = is_narrow.matches ? 140 : 236, least = is_narrow.matches ? 112 : 92;
    return { row: 40, feature, column: Math.max(least, Math.min(Math.floor((width - feature) / Math.max(1, shown.columns.length)), 240)) };
  };

  const draw_heads = (part) => {
    const text = here(), heads = find("matrix").querySelector(".heads");
    heads.replaceChildren(make("div", { role: "columnheader", class: "corner", "aria-colindex": "1" }, text.ui.feature));
    shown.columns.slice(part.from, part.to).forEach((column, index) => {
      const head = make("div", { role: "columnheader", class: "role", tabindex: "-1", "aria-colindex": part.from + index + 2, "data-role": column.role }, make("b", /\S{13}/.test(text.roles[column.role]) ? { class: "tight" } : {}, text.roles[column.role]));
      if (data.parents[column.role].length > 0 && state.role === "") head.prepend(make("span", { class: "path" }, list(data.parents[column.role].map((role) => text.roles[role]), 2)));
      if (column.roles.length > 1) head.append(make("span", {}, fill(text.ui.also, list(column.roles.slice(1).map((role) => text.roles[role]), 2))));
      if (index === 0) head.style.marginLeft = `${part.left}px`;
      heads.append(head);
    });
  };

  // Only what is in view, and a little around it, is in the page.
  const draw_window = (always = false) => {
    const table = find("matrix"), { row, column, feature } = size();
    const small = shown.rows.length * shown.columns.length <= 3000;
    const step = (from, count, chunk, most) => [Math.max(0, Math.floor(from / chunk - 1) * chunk), Math.min(most, Math.ceil((from + count) / chunk + 1) * chunk)];
    const [top, bottom] = small ? [0, shown.rows.length] : step(table.scrollTop / row, table.clientHeight / row, 6, shown.rows.length);
    const [from, to] = small ? [0, shown.columns.length] : step(table.scrollLeft / column, (width - feature) / column, 3, shown.columns.length);
    const drawn = `${top} ${bottom} ${from} ${to}`;
    if (!always && drawn === window_drawn) return;
    window_drawn = drawn;
    draw_heads({ from, to, left: from * column });
    const lines = [];
    let number = shown.rows.slice(0, top).filter((line) => line.feature !== undefined).length;
    const text = here();
    for (let index = top; index < bottom; ++index) {
      const line = make("div", { role: "row", "aria-rowindex": index + 2 }), its = shown.rows[index];
      line.style.top = `${index * row}px`;
      if (its.group !== undefined) {
        line.className = "group";
        line.append(make("div", { role: "rowheader", "aria-colspan": shown.columns.length + 1 }, text.groups[its.group].title));
      } else {
        const named = features[its.feature], name = data.features[its.feature];
        const head = make("div", { role: "rowheader", class: "name", tabindex: "-1", "data-feature": its.feature }, make("b", {}, named.title));
        if (name !== named.title) head.append(make("code", {}, name));
        line.append(head);
        for (let c = from; c < to; ++c) {
          const role = shown.columns[c].role, cell = cell_of(role, its.feature);
          const node = make("div", { role: "gridcell", tabindex: "-1", "aria-colindex": c + 2, "data-row": number, "data-column": c });
          fill_cell(node, cell, its.feature, shown.base >= 0 && role !== shown.base && cell === cell_of(shown.base, its.feature));
          if (state.cell === `${data.roles[role]}:${name}`) node.setAttribute("aria-selected", "true");
          if (c === from) node.style.marginLeft = `${from * column}px`;
          line.append(node);
        }
        ++number;
      }
      lines.push(line);
    }
    // Whoever goes by the keyboard stays where they are, although the cell is drawn anew; where it has left the window, they
    // go on from the first one in it.
    const held = document.activeElement, was_on_cell = table.contains(held) && held.dataset.row !== undefined;
    table.querySelector(".body").replaceChildren(...lines);
    reach(...at, false);
    if (was_on_cell) table.querySelector('[tabindex="0"]')?.focus({ preventScroll: true });
  };

  const draw = () => {
    choose();
    const text = here(), table = find("matrix");
    width = table.clientWidth;
    const { row, column, feature } = size();
    const lines = shown.rows.filter((line) => line.feature !== undefined).length;
    table.scrollTop = 0;
    const grid = make("div", { role: "grid", "aria-label": text.title, "aria-rowcount": shown.rows.length + 1, "aria-colcount": shown.columns.length + 1, "aria-readonly": "true" },
      make("div", { role: "row", class: "heads", "aria-rowindex": "1" }), make("div", { role: "rowgroup", class: "body" }));
    for (const [name, length] of Object.entries({ row, column, feature })) table.style.setProperty(`--${name}`, `${length}px`);
    grid.style.width = `${feature + column * shown.columns.length}px`;
    grid.lastChild.style.height = `${row * shown.rows.length}px`;
    table.replaceChildren(lines === 0 || shown.columns.length === 0 ? make("p", { class: "soft" }, text.ui.nothing) : grid);
    find("count").textContent = fill(text.ui.shown, lines, features.length);
    at = [0, 0];
    if (table.firstChild === grid) draw_window(true);
  };

  const reach = (row, column, focus) => {
    const table = find("matrix");
    let next = table.querySelector(`[data-row="${row}"][data-column="${column}"]`);
    if (focus && next === null && row >= 0 && column >= 0 && column < shown.columns.length) {
      const place = shown.rows.map((line, index) => [line, index]).filter(([line]) => line.feature !== undefined)[row];
      if (place === undefined) return;
      const it = size();
      table.scrollTo(Math.max(0, column * it.column - table.clientWidth / 2), Math.max(0, place[1] * it.row - table.clientHeight / 2));
      at = [row, column];
      draw_window(true);
      next = table.querySelector(`[data-row="${row}"][data-column="${column}"]`);
    }
    if (next === null) next = focus ? null : table.querySelector("[data-row]");
    if (next === null) return;
    table.querySelectorAll('[tabindex="0"]').forEach((node) => node.setAttribute("tabindex", "-1"));
    next.setAttribute("tabindex", "0");
    if (!focus) return;
    at = [row, column];
    next.focus({ preventScroll: true });
    // What is stuck at the edges covers nothing.
    const it = size(), box = next.getBoundingClientRect(), frame = table.getBoundingClientRect(), head = table.querySelector(".heads").offsetHeight;
    if (box.left < frame.left + it.feature) table.scrollLeft -= frame.left + it.feature - box.left;
    if (box.right > frame.left + table.clientWidth) table.scrollLeft += box.right - frame.left - table.clientWidth;
    if (box.top < frame.top + head) table.scrollTop -= frame.top + head - box.top;
    if (box.bottom > frame.top + table.clientHeight) table.scrollTop += box.bottom - frame.top - table.clientHeight;
  };

  // --- the panel

  const section = (title, ...parts) => make("div", {}, make("h2", {}, title), ...parts);
  const ladder = () => {
    const text = here();
    if (text.tiers.length === 0) return [];
    const items = text.tiers.map((title, tier) => {
      const reaches = data.columns.map((column) => column.some((cell) => text.cells[cell].some((entry) => entry.mark === "allow" && entry.tiers.includes(tier))));
      const roles = order.filter((role) => reaches[data.column[role]]);
      const bar = make("span", { class: "bar" });
      bar.style.width = `${100 * roles.length / data.roles.length}%`;
      const button = make("button", { type: "button", "data-tier": tier }, pair(title, `${roles.length} / ${data.roles.length}`));
      return make("li", {}, button, bar, make("span", {}, list(roles.map((role) => text.roles[role]), 12)));
    });
    return [section(text.ui.ladder, make("p", { class: "soft" }, text.ui.ladder_text), make("ol", { class: "ladder", reversed: "" }, ...items.reverse()))];
  };
  const draw_overview = () => {
    const text = here(), parts = [];
    const legend = make("ul", { class: "legend" }, ...Object.entries(text.marks).map(([mark, means]) => make("li", { class: mark }, `${data.symbols[mark]} ${means}`)));
    const first = text.everywhere === "" ? [] : [make("p", {}, text.everywhere)];
    parts.push(make("div", {}, make("h2", { class: "paper-only" }, text.ui.legend), ...first, legend));
    if (find("detail").hidden) find("panel-title").textContent = text.ui.legend;
    parts.push(...ladder());
    if (text.notes.length > 0) parts.push(section(text.ui.notes, make("ol", {}, ...text.notes.map((note) => make("li", {}, note)))));
    for (const each of text.sections)
      parts.push(section(each.title, ...(each.text === "" ? [] : [make("p", {}, each.text)]), make("ul", each.items.length > 20 ? { class: "many" } : {}, ...each.items.map((item) => make("li", {}, item)))));
    find("overview").replaceChildren(...parts);
  };
  const rules_of = (entry) => {
    const text = here();
    return make("ul", {}, ...entry.rules.map((index) => {
      const rule = text.rules[index];
      return make("li", {}, rule.text, make("code", {}, rule.place), rule.because, ...(state.tests ? [make("p", {}, fill(text.ui.test_count, rule.tests))] : []));
    }));
  };
  const show_detail = (title, parts) => {
    find("panel-title").textContent = title;
    find("detail").replaceChildren(...parts);
    find("detail").hidden = find("close").hidden = false;
    find("overview").classList.add("behind");
    find("overview").hidden = true;
    find("panel").classList.add("has-detail");
    find("panel").scrollTop = 0;
  };
  const close_detail = () => {
    find("detail").hidden = find("close").hidden = true;
    find("overview").hidden = false;
    find("panel").classList.remove("has-detail");
    find("panel-title").textContent = here().ui.legend;
    find("matrix").querySelectorAll("[aria-selected]").forEach((node) => node.removeAttribute("aria-selected"));
    set({ cell: "" }, false);
  };
  const cell_parts = (cell) => {
    const text = here(), parts = [];
    for (const entry of entries_of(cell)) {
      const means = text.marks[entry.mark];
      const line = make("p", {}, make("span", { class: `mark ${entry.mark}` }, data.symbols[entry.mark]), ` ${entry.on === "" ? means : pair(means, "")}`);
      if (entry.on !== "") line.append(make("strong", {}, entry.on));
      parts.push(line);
      if (entry.note > 0) parts.push(make("p", {}, text.notes[entry.note - 1]));
      if (entry.rules.length > 0) parts.push(rules_of(entry));
    }
    return parts;
  };
  const show_cell = (role, feature) => {
    const text = here(), parts = cell_parts(cell_of(role, feature));
    parts.push(make("h3", {}, text.ui.kept_by), make("p", {}, features[feature].kept_by));
    if (text.everywhere !== "") parts.push(make("p", { class: "soft" }, text.everywhere));
    show_detail(pair(text.roles[role], features[feature].title), parts);
  };
  const show_role = (role) => {
    const text = here(), parts = [], parents = data.parents[role].map((each) => text.roles[each]);
    if (parents.length > 0) parts.push(make("p", {}, fill(text.ui.inherits, list(parents))));
    const equal = order.filter((other) => other !== role && data.column[other] === data.column[role]).map((other) => text.roles[other]);
    if (equal.length > 0) parts.push(make("p", {}, fill(text.ui.as_role, list(equal, 12))));
    const buttons = make("div", { class: "buttons" }, make("button", { type: "button", "data-only": role }, text.ui.only_role));
    buttons.append(make("button", { type: "button", "data-base": role }, pair(text.ui.base, text.roles[role])));
    parts.push(buttons);
    const allowed = make("ul", {}, ...features.map((_, index) => index).filter((index) => text.cells[cell_of(role, index)].some((entry) => entry.mark === "allow"))
      .map((index) => make("li", {}, pair(features[index].title, in_short(cell_of(role, index), index, false).words))));
    show_detail(text.roles[role], [...parts, make("h3", {}, `${data.symbols.allow} ${text.marks.allow ?? ""}`), allowed]);
  };
  const show_feature = (feature) => {
    const text = here(), who = order.filter((role) => text.cells[cell_of(role, feature)].some((entry) => entry.mark === "allow"));
    show_detail(features[feature].title, [make("h3", {}, text.ui.kept_by), make("p", {}, features[feature].kept_by),
      make("h3", {}, `${data.symbols.allow} ${text.marks.allow ?? ""}`),
      make("ul", {}, ...who.slice(0, 200).map((role) => make("li", {}, pair(text.roles[role], in_short(cell_of(role, feature), feature, false).words))))]);
  };

  // --- what is chosen, here and in the address

  const named = (key) => ({ role: data.roles, base: data.roles, group: here().groups.map((group) => group.title), tier: here().tiers })[key];
  const write_address = () => {
    const parts = [];
    for (const key of choices) {
      if (state[key] === "") continue;
      const names = key === "role" || key === "base" ? data.roles : null;
      parts.push(`${key}=${encodeURIComponent(names === null ? state[key] : names[Number(state[key])])}`);
    }
    if (state.search !== "") parts.push(`q=${encodeURIComponent(state.search)}`);
    for (const key of ticks) if (state[key]) parts.push(`${key}=1`);
    if (state.language !== 0) parts.push(`lang=${here().tag}`);
    if (state.cell !== "") parts.push(`cell=${encodeURIComponent(state.cell)}`);
    history.replaceState(null, "", parts.length === 0 ? location.href.replace(/#.*/, "") : `#${parts.join("&")}`);
    // A page around this one that shows a newer matrix can go on with what is chosen here.
    if (parent !== window) parent.postMessage({ chosen: location.hash }, "*");
  };
  const read_address = () => {
    const given = new URLSearchParams(location.hash.slice(1)), next = nothing_chosen();
    for (const key of choices) {
      const value = given.get(key);
      if (value === null) continue;
      if (key === "role" || key === "base") next[key] = data.roles.includes(value) ? String(data.roles.indexOf(value)) : "";
      else if (key === "mark") next.mark = Object.hasOwn(data.symbols, value) ? value : "";
      else next[key] = Number(value) < named(key).length ? String(Number(value)) : "";
    }
    next.search = given.get("q") ?? "";
    for (const key of ticks) next[key] = given.get(key) === "1";
    next.language = Math.max(0, data.languages.findIndex((language) => language.tag === given.get("lang")));
    next.cell = given.get("cell") ?? "";
    state = next;
    speak();
    const [role, feature] = state.cell.split(":");
    const places = [data.roles.indexOf(role), data.features.indexOf(feature)];
    if (Math.min(...places) < 0) return;
    const column = shown.columns.findIndex((each) => each.roles.includes(places[0]));
    const row = shown.rows.filter((line) => line.feature !== undefined).findIndex((line) => line.feature === places[1]);
    if (column >= 0 && row >= 0) reach(row, column, true);
    show_cell(...places);
  };
  const set = (values, redraw = true) => {
    Object.assign(state, values);
    write_address();
    for (const key of choices) find(key).value = state[key];
    for (const key of ticks) find(key).checked = state[key];
    find("differ").disabled = state.base === "";
    if (redraw) draw();
  };

  const options = (select, all, titles, values) => select.replaceChildren(make("option", { value: "" }, all),
    ...titles.map((title, index) => make("option", { value: values?.[index] ?? index }, title)));
  // Cells and rules as the language says them, from what all languages share.
  const assemble = (text) => {
    text.cells ??= data.cells.map((cell, number) => cell.map((entry, i) => ({ ...entry, on: text.texts[text.words[number][2 * i]], note: text.words[number][2 * i + 1] })));
    text.rules ??= data.rules.map((rule, number) => ({ ...rule, text: rule.label === "" ? rule.text : pair(rule.label, rule.text), because: text.because[number] }));
  };
  const speak = () => {
    const text = here();
    assemble(text);
    features = features_of(text);
    written = features.map((feature, index) => fold(`${feature.title} ${data.features[index]} ${text.groups[feature.group].title}`));
    document.documentElement.lang = text.tag;
    document.title = text.title;
    find("title").textContent = text.title;
    find("as-of").textContent = text.as_of;
    for (const key of ["search", "language", ...choices, ...ticks]) find(`${key}-label`).textContent = text.ui[key];
    const titles = order.map((role) => `${"\u2003".repeat(depth[role])}${text.roles[role]}`);
    options(find("role"), text.ui.all, titles, order);
    options(find("base"), "–", titles, order);
    options(find("group"), text.ui.all, text.groups.map((group) => group.title));
    options(find("tier"), text.ui.all, text.tiers);
    options(find("mark"), text.ui.all, Object.values(text.marks), Object.keys(text.marks));
    find("tier").parentElement.hidden = text.tiers.length === 0;
    find("search").value = state.search;
    find("language").value = String(state.language);
    find("matrix").title = text.ui.hint;
    for (const key of ["print", "close", "reset", "filters"]) find(key).textContent = text.ui[key];
    draw_overview();
    set({});
  };

  // --- paper: a real table, without what the screen needs

  const paper = () => {
    const text = here(), columns = shown.columns.slice(0, most_on_paper), tables = [];
    const parts = Math.max(1, Math.ceil(columns.length / columns_on_paper)), width = Math.ceil(columns.length / parts);
    for (let first = 0; first < columns.length; first += width) {
      const part = columns.slice(first, first + width);
      const head = make("tr", {}, make("th", {}, text.ui.feature), ...part.map((column) => {
        const names = list(column.roles.map((role) => text.roles[role]), 6);
        return make("th", {}, names);
      }), make("th", {}, text.ui.kept_by));
      const table = make("table", {}, make("colgroup", {}, make("col", { class: "feature" }), ...part.map(() => make("col")), make("col", { class: "keeper" })), make("thead", {}, head));
      const body = make("tbody");
      for (const line of shown.rows) {
        if (line.group !== undefined) {
          body.append(make("tr", { class: "group" }, make("th", { colspan: part.length + 2 }, text.groups[line.group].title)));
          continue;
        }
        body.append(make("tr", {}, make("th", {}, features[line.feature].title), ...part.map((column) => {
          const short = in_short(cell_of(column.role, line.feature), line.feature);
          // The sign stays with the first word, which in Chinese is all of them.
          const cell = make("td", { class: short.kind }, `${short.symbol}\u00a0${short.words}${short.refused}`);
          if (short.notes !== "") cell.append(" ", make("small", {}, short.notes));
          return cell;
        }), make("td", {}, features[line.feature].kept_by)));
      }
      table.append(body);
      tables.push(table);
    }
    if (shown.columns.length > columns.length) tables.push(make("p", {}, fill(text.ui.roles_cut, columns.length, shown.columns.length)));
    find("paper").replaceChildren(...tables);
    find("overview").hidden = false;
    find("work").before(find("paper"));
  };
  window.addEventListener("beforeprint", paper);
  window.addEventListener("afterprint", () => {
    find("paper").replaceChildren();
    find("overview").hidden = !find("detail").hidden;
  });

  // --- what the reader does

  const move = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageDown: [10, 0], PageUp: [-10, 0] };
  const open = (node) => {
    const row = shown.rows.filter((line) => line.feature !== undefined)[Number(node.dataset.row)];
    const role = shown.columns[Number(node.dataset.column)].role;
    reach(Number(node.dataset.row), Number(node.dataset.column), true);
    find("matrix").querySelectorAll("[aria-selected]").forEach((each) => each.removeAttribute("aria-selected"));
    node.setAttribute("aria-selected", "true");
    set({ cell: `${data.roles[role]}:${data.features[row.feature]}` }, false);
    show_cell(role, row.feature);
  };
  find("matrix").addEventListener("keydown", (event) => {
    if (event.target.dataset.row === undefined) return;
    const [row, column] = [Number(event.target.dataset.row), Number(event.target.dataset.column)];
    const last = shown.rows.filter((line) => line.feature !== undefined).length - 1, clamp = (value, most) => Math.min(most, Math.max(0, value));
    if (move[event.key]) reach(clamp(row + move[event.key][0], last), clamp(column + move[event.key][1], shown.columns.length - 1), true);
    else if (event.key === "Home") reach(event.ctrlKey ? 0 : row, 0, true);
    else if (event.key === "End") reach(event.ctrlKey ? last : row, shown.columns.length - 1, true);
    else if (event.key === "Enter" || event.key === " ") open(event.target);
    else return;
    event.preventDefault();
  });
  find("matrix").addEventListener("focusin", (event) => {
    if (event.target.dataset.row !== undefined) at = [Number(event.target.dataset.row), Number(event.target.dataset.column)];
  });
  find("matrix").addEventListener("click", (event) => {
    const node = event.target.closest("[data-row], [data-role], [data-feature]");
    if (node === null) return;
    if (node.dataset.row !== undefined) open(node);
    else if (node.dataset.role !== undefined) show_role(Number(node.dataset.role));
    else show_feature(Number(node.dataset.feature));
  });
  find("panel").addEventListener("click", (event) => {
    const { only, base, tier } = event.target.dataset;
    if (only !== undefined) set({ role: only });
    if (base !== undefined) set({ base, role: "" });
    if (tier !== undefined) set({ tier: state.tier === tier ? "" : tier });
  });
  const back = () => {
    const node = find("matrix").querySelector("[aria-selected]");
    close_detail();
    node?.focus();
  };
  find("close").addEventListener("click", back);
  let scrolled = false;
  find("matrix").addEventListener("scroll", () => {
    if (scrolled) return;
    scrolled = true;
    requestAnimationFrame(() => { scrolled = false; if (find("matrix").querySelector(".body")) draw_window(); });
  }, { passive: true });
  window.addEventListener("resize", () => { if (find("matrix").clientWidth !== width) draw(); else if (find("matrix").querySelector(".body")) draw_window(true); });
  find("print").addEventListener("click", () => window.print());
  find("reset").addEventListener("click", () => { state = { ...nothing_chosen(), language: state.language }; close_detail(); speak(); });
  find("filters").addEventListener("click", () => {
    const is_open = find("controls").classList.toggle("open");
    find("filters").setAttribute("aria-expanded", String(is_open));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !find("detail").hidden) back();
    if (event.key !== "/" || /^(INPUT|SELECT)$/.test(document.activeElement.tagName)) return;
    event.preventDefault();
    find("search").focus();
  });
  for (const key of choices) find(key).addEventListener("input", (event) => set({ [key]: event.target.value }));
  for (const key of ticks) find(key).addEventListener("input", (event) => set({ [key]: event.target.checked }));
  let waiting = 0;
  find("search").addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => set({ search: event.target.value }), 10);
  });
  find("language").replaceChildren(...data.languages.map((language, index) => make("option", { value: index, lang: language.tag }, language.name)));
  find("language").addEventListener("input", (event) => { state.language = Number(event.target.value); close_detail(); speak(); });
  window.addEventListener("hashchange", read_address);
  read_address();
})();
