"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);
  all(".needs-script").forEach((node) => { node.hidden = false; });

  // The counts at the top: one that is pressed leaves the lines with its mark.
  const marks = ["widening", "narrowing", "mixed"];
  const choose = (mark) => {
    all(".choices button[data-mark]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.mark === mark)));
    const lines = all("main ul.marked > li").filter((line) => marks.some((each) => line.classList.contains(each)));
    lines.forEach((line) => { line.hidden = mark !== "" && !line.classList.contains(mark); });
    all("main section").reverse().forEach((section) => {
      const known = all("ul.marked > li, .wide td", section).filter((node) => marks.some((each) => node.classList.contains(each)));
      const has = known.some((node) => node.classList.contains(mark));
      section.hidden = mark !== "" && !has;
    });
    all("main details").forEach((node) => { if (mark !== "") node.open = true; });
    const address = mark === "" ? location.href.replace(/#.*/, "") : `#only=${mark}`;
    history.replaceState(null, "", address);
  };
  all(".choices button[data-mark]").forEach((button) => button.addEventListener("click", () =>
    choose(button.getAttribute("aria-pressed") === "true" ? "" : button.dataset.mark)));

  // What the address names is opened, wherever it is folded away.
  const arrive = () => {
    const name = decodeURIComponent(location.hash.slice(1));
    if (name.startsWith("only=")) return choose(name.slice(5));
    const target = name === "" ? null : document.getElementById(name);
    for (let node = target; node !== null; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
    target?.scrollIntoView();
  };
  window.addEventListener("hashchange", arrive);
  const folded = all("main details");
  let opened = [];
  window.addEventListener("beforeprint", () => { opened = folded.filter((node) => !node.open); opened.forEach((node) => { node.open = true; }); });
  window.addEventListener("afterprint", () => { opened.forEach((node) => { node.open = false; }); });

  const say = (text) => { const place = one("#said"); if (place) place.textContent = text; };
  const copy = one("#copy");
  copy?.addEventListener("click", async () => {
    const text = JSON.parse(one("#markdown").textContent);
    try { await navigator.clipboard.writeText(text); } catch {
      const field = document.createElement("textarea");
      field.value = text;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    say(copy.dataset.said);
  });

  // What is ticked and signed here becomes a file of confirmations.
  const sheet = one("#records");
  if (sheet !== null) {
    const { file, head, records } = JSON.parse(sheet.textContent);
    const forms = all(".signature[data-record]");
    const value = (form, name) => form.querySelector(`[data-field="${name}"]`);
    const is_done = (form) => value(form, "done").checked;
    const is_whole = (form) => is_done(form) && value(form, "by").value.trim() !== "" && value(form, "on").value !== "";
    const today = () => { const now = new Date(); return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10); };
    const show = () => {
      const done = forms.filter(is_done).length + Number(one("#progress").dataset.before);
      one("#progress").value = done;
      one("#progress-text").textContent = `${done} / ${one("#progress").max}`;
      one("#save").disabled = !forms.some(is_whole);
      for (const form of forms) {
        form.closest(".card")?.classList.toggle("done", is_done(form));
        for (const name of ["by", "on"]) {
          const field = value(form, name);
          if (is_done(form) && field.value.trim() === "") field.setAttribute("aria-invalid", "true");
          else field.removeAttribute("aria-invalid");
        }
      }
    };
    for (const form of forms) {
      form.addEventListener("input", (event) => {
        if (event.target.dataset.field === "done" && event.target.checked) {
          const on = value(form, "on"), by = value(form, "by");
          if (on.value === "") on.value = today();
          const last = forms.filter((other) => other !== form && value(other, "by").value !== "").pop();
          if (by.value === "" && last !== undefined) by.value = value(last, "by").value;
          if (by.value === "") by.focus();
        }
        show();
      });
    }
    // As a spreadsheet is safe with it: what it would take for a formula has an apostrophe in front.
    const cell = (text) => `"${(/^[ ']*[=+\-@\t\r＝＋－＠]/.test(text) ? "'" : "") + text.replaceAll('"', '""')}"`;
    one("#save").addEventListener("click", () => {
      const rows = [head, ...forms.filter(is_whole).flatMap((form) => records[Number(form.dataset.record)].map((row) => [...row, value(form, "by").value.trim(),
        value(form, "on").value, value(form, "evidence").value.trim(), ""]))];
      const link = document.createElement("a");
      const blob = new Blob(["\ufeff" + rows.map((row) => row.map(cell).join(",") + "\r\n").join("")], { type: "text/csv" });
      link.href = URL.createObjectURL(blob);
      link.download = file;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
    window.addEventListener("beforeunload", (event) => { if (forms.some(is_done)) event.preventDefault(); });
    show();
  }
  arrive();
})();
