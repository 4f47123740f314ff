"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const find = (id) => document.getElementById(id);
  const state = { language: 0, search: "", role: "", group: "", tier: "", mark: "" };
  const roles_on_paper = 8;
  let at = [0, 0];  // the cell that the Tab key reaches
  let opener = null;

  const make = (name, attributes = {}, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  };
  const here = () => data.languages[state.language];
  const fold = (text) => text.normalize("NFKC").toLocaleLowerCase();

  const entries_shown = (cell) => state.tier === "" ? cell
    : cell.filter((entry) => entry.tiers.length === 0 || entry.tiers.includes(Number(state.tier)));
  const matches_mark = (cell) => state.mark === "" || entries_shown(cell).some((entry) => entry.mark === state.mark);

  // What the filters leave: role indices, and groups with their features.
  const visible = () => {
    const text = here(), words = fold(state.search).split(/\s+/).filter(Boolean);
    const roles = text.roles.map((_, index) => index).filter((index) => state.role === "" || index === Number(state.role));
    const groups = [];
    text.groups.forEach((group, index) => {
      if (state.group !== "" && index !== Number(state.group)) return;
      const features = group.features.filter((feature) => {
        const written = fold(`${feature.title} ${feature.name} ${group.title}`);
        return words.every((word) => written.includes(word)) &&
          (state.mark === "" || roles.some((role) => matches_mark(text.cells[feature.cells[role]])));
      });
      if (features.length > 0) groups.push({ title: group.title, features });
    });
    return { roles, groups };
  };

  const draw_cell = (index, label) => {
    const cell = entries_shown(here().cells[index]);
    const button = make("button", { type: "button", tabindex: "-1", "aria-haspopup": "dialog" });
    // Who hears the page hears whose cell it is, and a word for each symbol.
    button.append(make("span", { class: "spoken" }, `${label}: `));
    for (const entry of cell) {
      const line = make("span", { class: `entry ${entry.mark}` }, make("span", { "aria-hidden": "true" }, data.symbols[entry.mark]),
        make("span", { class: "spoken" }, here().marks[entry.mark]));
      if (entry.on !== "") line.append(` ${entry.on}`);
      if (entry.note > 0) line.append(make("sup", {}, String(entry.note)));
      button.append(line);
    }
    return button;
  };

  const draw_table = ({ roles, groups }) => {
    const text = here();
    const head = make("tr", {}, make("th", { scope: "col" }, text.ui.feature));
    for (const role of roles) head.append(make("th", { scope: "col" }, text.roles[role]));
    head.append(make("th", { scope: "col" }, text.ui.kept_by));
    // Widths that are known are laid out at once, however many roles there are.
    const columns = make("colgroup", {}, make("col", { class: "feature" }),
      ...roles.map(() => make("col", { class: "role" })), make("col", { class: "keeper" }));
    const table = make("table", { style: `--roles: ${roles.length}` }, make("caption", { class: "spoken" }, text.title), columns, make("thead", {}, head));
    let row = 0;
    for (const group of groups) {
      const body = make("tbody");
      body.append(make("tr", {}, make("th", { scope: "rowgroup", colspan: roles.length + 2 }, make("span", {}, group.title))));
      for (const feature of group.features) {
        const line = make("tr", {}, make("th", { scope: "row" }, feature.title));
        if (feature.name !== "") line.firstChild.append(make("code", {}, feature.name));
        roles.forEach((role, column) => {
          const button = draw_cell(feature.cells[role], `${text.roles[role]}, ${feature.title}`);
          button.dataset.row = row;
          button.dataset.column = column;
          button.dataset.cell = feature.cells[role];
          button.dataset.title = `${text.roles[role]}: ${feature.title}`;
          line.append(make("td", { class: "cell" }, button));
        });
        line.append(make("td", {}, feature.kept_by));
        body.append(line);
        ++row;
      }
      table.append(body);
    }
    return table;
  };

  const draw_sections = () => {
    const text = here();
    const list = (title, items, ordered, intro) => {
      const node = make(ordered ? "ol" : "ul");
      for (const item of items) node.append(make("li", {}, item));
      return [make("h2", {}, title), ...(intro ? [make("p", {}, intro)] : []), node];
    };
    const parts = [];
    if (text.notes.length > 0) parts.push(...list(text.ui.notes, text.notes, true));
    for (const section of text.sections) parts.push(...list(section.title, section.items, false, section.text));
    find("below").replaceChildren(...parts);
    find("legend").replaceChildren(...Object.entries(text.marks).map(([mark, means]) =>
      make("span", { class: mark }, `${data.symbols[mark]} ${means}`)));
    find("everywhere").textContent = text.everywhere;
  };

  const reach = (row, column, focus) => {
    const table = find("matrix");
    const next = table.querySelector(`button[data-row="${row}"][data-column="${column}"]`);
    if (next === null) return;
    table.querySelectorAll('button[tabindex="0"]').forEach((button) => button.setAttribute("tabindex", "-1"));
    next.setAttribute("tabindex", "0");
    at = [row, column];
    if (focus) {
      next.focus();
      next.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  };

  const draw = () => {
    const shown = visible(), text = here();
    const features = shown.groups.reduce((sum, group) => sum + group.features.length, 0);
    const all = text.groups.reduce((sum, group) => sum + group.features.length, 0);
    find("matrix").replaceChildren(draw_table(shown));
    find("count").textContent = text.ui.shown.replace("{0}", features).replace("{1}", all);
    reach(0, 0, false);
  };

  const options = (select, all, titles, chosen) => {
    select.replaceChildren(make("option", { value: "" }, all), ...titles.map((title, index) =>
      make("option", { value: Array.isArray(title) ? title[0] : String(index) }, Array.isArray(title) ? title[1] : title)));
    select.value = chosen;
  };

  const speak = () => {
    const text = here();
    document.documentElement.lang = text.tag;
    document.title = text.title;
    find("title").textContent = text.title;
    find("as-of").textContent = text.as_of;
    find("hint").textContent = text.ui.hint;
    for (const key of ["search", "role", "group", "tier", "mark", "language"]) find(`${key}-label`).textContent = text.ui[key];
    options(find("role"), text.ui.all, text.roles, state.role);
    options(find("group"), text.ui.all, text.groups.map((group) => group.title), state.group);
    options(find("tier"), text.ui.all, text.tiers, state.tier);
    options(find("mark"), text.ui.all, Object.entries(text.marks), state.mark);
    find("tier").parentElement.hidden = text.tiers.length === 0;
    find("print").textContent = text.ui.print;
    find("close").textContent = text.ui.close;
    find("matrix").setAttribute("aria-label", text.title);
    draw_sections();
    draw();
  };

  const open_cell = (button) => {
    const text = here(), parts = [];
    find("cell-title").textContent = button.dataset.title;
    for (const entry of entries_shown(text.cells[Number(button.dataset.cell)])) {
      parts.push(make("p", { class: entry.mark }, `${data.symbols[entry.mark]} ${text.marks[entry.mark]}`, entry.on === "" ? "" : ` (${entry.on})`));
      if (entry.note > 0) parts.push(make("p", {}, text.notes[entry.note - 1]));
      const list = make("ul");
      for (const index of entry.rules) {
        const rule = text.rules[index];
        const item = make("li", {}, rule.text, make("code", {}, rule.place));
        if (rule.because !== "") item.append(rule.because);
        list.append(item);
      }
      if (entry.rules.length > 0) parts.push(list);
    }
    find("cell-body").replaceChildren(...parts);
    opener = button;
    find("cell").showModal();
  };

  const move = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  find("matrix").addEventListener("keydown", (event) => {
    if (event.target.dataset.row === undefined) return;
    const [row, column] = [Number(event.target.dataset.row), Number(event.target.dataset.column)];
    if (move[event.key]) reach(row + move[event.key][0], column + move[event.key][1], true);
    else if (event.key === "Home") reach(row, 0, true);
    else if (event.key === "End") reach(row, visible().roles.length - 1, true);
    else return;
    event.preventDefault();
  });
  find("matrix").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button !== null) open_cell(button);
  });
  find("cell").addEventListener("close", () => { if (opener?.isConnected) opener.focus(); });
  find("close").addEventListener("click", () => find("cell").close());
  find("print").addEventListener("click", () => window.print());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || /^(INPUT|SELECT)$/.test(document.activeElement.tagName) || find("cell").open) return;
    event.preventDefault();
    find("search").focus();
  });
  for (const key of ["role", "group", "tier", "mark"]) {
    find(key).addEventListener("change", (event) => { state[key] = event.target.value; draw(); });
  }
  find("search").addEventListener("input", (event) => { state.search = event.target.value; draw(); });
  find("language").addEventListener("change", (event) => { state.language = Number(event.target.value); speak(); });

  // Paper does not scroll: many roles become several tables.
  window.addEventListener("beforeprint", () => {
    const shown = visible(), tables = [];
    for (let first = 0; first < Math.max(1, shown.roles.length); first += roles_on_paper)
      tables.push(draw_table({ roles: shown.roles.slice(first, first + roles_on_paper), groups: shown.groups }));
    find("matrix").replaceChildren(...tables);
  });
  window.addEventListener("afterprint", draw);

  data.languages.forEach((language, index) => find("language").append(make("option", { value: index, lang: language.tag }, language.name)));
  speak();
})();
