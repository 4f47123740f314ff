// The Markdown that the program writes about a name or a finding, as elements: headings, lists, blocks of text, paragraphs, and in
// a line code and bold. Nothing of the text becomes markup.
const element = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });

function line(tag, text) {
  const node = document.createElement(tag);
  for (const piece of text.split(/(`[^`]+`|\*\*[^*]+\*\*)/)) {
    const inner = piece.startsWith("`") ? "code" : piece.startsWith("**") ? "strong" : undefined;
    node.append(inner ? element(inner, piece.replace(/^(`|\*\*)|(`|\*\*)$/g, "")) : piece);
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
      } else nodes.push(line("p", part));
    }
  }
  return nodes;
}
