// What `pdftotext -bbox` says of a print: its sheets, with their words and the boxes of the letters.
import { readFileSync } from "node:fs";

const unescaped = (text) =>
  text.replace(/&(lt|gt|quot|amp|apos);/g, (_, name) => ({ lt: "<", gt: ">", quot: '"', amp: "&", apos: "'" })[name]);

export const sheets_of = (file) => {
  const sheets = [];
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const size = line.match(/<page width="([\d.]+)" height="([\d.]+)">/);
    if (size) sheets.push({ width: Number(size[1]), height: Number(size[2]), words: [] });
    const word = line.match(/<word xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="(-?[\d.]+)" yMax="(-?[\d.]+)">(.*)<\/word>/);
    if (!word) continue;
    const [left, top, right, bottom] = word.slice(1, 5).map(Number);
    // The box is as high as anything in the font, which in Chinese ones is two and a half times a letter.
    const rise = 0.3 * (bottom - top);
    sheets.at(-1).words.push({ left, top: top + rise, right, bottom: bottom - rise, text: unescaped(word[5]) });
  }
  return sheets;
};

// What is wrong with where words stand: outside of a sheet's margins, or out of their cell, so that they lie on what
// stands in another one.
export const misplaced = (sheets) => {
  const side = 30; // points; the style asks for 12 mm, which is 34
  const edge = 12; // the head and the foot of a sheet are in its margins, where printers still print: 4 mm from the edge
  const found = [];
  sheets.forEach(({ width, height, words }, index) => {
    const sorted = [...words].sort((a, b) => a.top - b.top);
    sorted.forEach((word, i) => {
      if (word.left < side || word.right > width - side || word.top < edge || word.bottom > height - edge)
        found.push(`page ${index + 1}: "${word.text}" is outside of the margins`);
      for (let j = i + 1; j < sorted.length && sorted[j].top < word.bottom; ++j) {
        const other = sorted[j];
        // Chinese punctuation is set closer than its box is wide.
        const shared = Math.min(word.right, other.right) - Math.max(word.left, other.left);
        if (shared > 0.6 * (word.bottom - word.top)) found.push(`page ${index + 1}: "${word.text}" and "${other.text}" lie on each other`);
      }
    });
  });
  return found;
};
