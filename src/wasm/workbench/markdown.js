// The Markdown that the program writes about a name or a finding, as elements: headings, lists, tables, blocks of text, paragraphs,
// and in a line code and bold. Nothing of the text becomes markup.
const element = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });

// Without what the program writes so that a code host does not obey the text.
const plain = (text) => text.replaceAll("&#8203;", "").replace(/\\([!-/:-@[-`{-~])/g, "$1");

function line(tag, text) {
  const node = document.createElement(tag);
  for (const piece of text.split(/((?<!\\)`[^`]+`|\*\*[^*]+\*\*|<br>)/)) {
    const inner = piece.startsWith("`") ? "code" : piece.startsWith("**") ? "strong" : undefined;
    if (piece === "<br>") node.append(element("br", ""));
    else node.append(inner ? element(inner, plain(piece.replace(/^(`|\*\*)|(`|\*\*)$/g, ""))) : plain(piece));
  }
  return node;
}

// The second row parts the head from the rest, and a table of fields has an empty head.
function table(rows) {
  const node = document.createElement("table");
  for (const [at, row] of rows.entries()) {
    const cells = row.replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim());
    if (at === 1 || cells.every((cell) => cell === "")) continue;
    const tags = at === 0 ? cells.map(() => "th") : ["th", ...cells.slice(1).map(() => "td")];
    node.insertRow().append(...cells.map((cell, i) => line(tags[i], cell)));
  }
  return node;
}

export function elements_of(text, heading_tag = "h3") {
  const nodes = [];
  for (const [at, block] of text.split(/^```.*\n/m).entries()) {
    if (at % 2 === 1) {
      nodes.push(element("pre", block.trimEnd()));
      continue;
    }
    for (const part of block.split(/\n{2,}/).map((each) => each.trim()).filter(Boolean)) {
      const heading = /^#+ (.*)$/.exec(part);
      if (heading) nodes.push(line(heading_tag, heading[1]));
      else if (/^[-*] /.test(part)) {
        const list = document.createElement("ul");
        list.append(...part.split(/\n(?=[-*] )/).map((item) => line("li", item.slice(2))));
        nodes.push(list);
      } else if (part.startsWith("|")) nodes.push(table(part.split("\n")));
      else nodes.push(line("p", part));
    }
  }
  return nodes;
}
