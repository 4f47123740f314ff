"use strict";
(() => {
  const frame = document.getElementById("graph"), lines = document.getElementById("lines");
  const roles = [...document.querySelectorAll(".role")];
  const numbers = (text) => text.split(" ").filter(Boolean).map(Number);
  const named = new Map(roles.map((role) => [Number(role.dataset.role), role]));
  const draw = () => {
    lines.replaceChildren();
    lines.setAttribute("width", frame.scrollWidth);
    lines.setAttribute("height", frame.scrollHeight);
    const origin = frame.getBoundingClientRect(), left = origin.left - frame.scrollLeft, top = origin.top - frame.scrollTop;
    const place = (node) => { const box = node.getBoundingClientRect(); return { left: box.left - left, right: box.right - left, middle: box.top - top + box.height / 2 }; };
    const join = (kind, d, ends) => {
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      path.setAttribute("class", kind);
      path.setAttribute("d", d);
      path.dataset.ends = ends.join(" ");
      lines.append(path);
    };
    for (const role of roles) {
      const own = Number(role.dataset.role), to = place(role);
      for (const parent of numbers(role.dataset.parents)) {
        const from = place(named.get(parent)), half = Math.max(30, (to.left - from.right) / 2);
        join("inherits", `M${from.right} ${from.middle} C${from.right + half} ${from.middle} ${to.left - half} ${to.middle} ${to.left} ${to.middle}`, [own, parent]);
      }
      for (const other of numbers(role.dataset.apart)) {
        if (other < own) continue;
        const end = place(named.get(other)), out = Math.max(to.right, end.right) + 34;
        join("apart", `M${to.right} ${to.middle} C${out} ${to.middle} ${out} ${end.middle} ${end.right} ${end.middle}`, [own, other]);
      }
    }
  };
  const show = (role) => lines.querySelectorAll("path").forEach((path) => path.classList.toggle("on", role !== null && numbers(path.dataset.ends).includes(Number(role.dataset.role))));
  for (const event of ["pointerover", "focusin"]) frame.addEventListener(event, (happened) => show(happened.target.closest(".role")));
  frame.addEventListener("pointerleave", () => show(null));
  window.addEventListener("resize", draw);
  draw();
})();
