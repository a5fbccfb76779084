/* Drag and drop for the timetable: what a link picks up and a button puts down, with the hand. */
(() => {
  "use strict";
  const near = (event, selector) => (event.target.closest ? event.target.closest(selector) : null);
  let held = "";
  let ready = null;

  document.addEventListener("dragstart", (event) => {
    const lesson = near(event, "[data-lesson]");
    const week = lesson && lesson.closest("[data-tt]");
    if (!week) return;
    held = lesson.dataset.lesson;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", held);
    const url = `${week.dataset.url}?of=${encodeURIComponent(week.dataset.of)}&lesson=${held}`;
    ready = fetch(url, { headers: { "HX-Request": "true" } }).then((answer) => answer.text()).then((text) => {
      const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-tt]");
      if (!fresh) return;
      fresh.querySelectorAll("td[data-spot]").forEach((cell) => {
        const here = document.querySelector(`#tt-week td[data-spot="${cell.dataset.spot}"]`);
        const form = cell.querySelector("[data-drop-form]");
        if (!here || !form) return;
        here.className = cell.className;
        here.querySelectorAll("[data-drop-form]").forEach((old) => old.remove());
        here.append(document.importNode(form, true));
      });
      if (window.htmx) window.htmx.process(document.getElementById("tt-week"));
    });
  });

  const over = (event, on) => {
    const cell = held && near(event, "td[data-spot]");
    if (!cell) return;
    event.preventDefault();
    cell.toggleAttribute("data-over", on);
  };
  document.addEventListener("dragover", (event) => over(event, true));
  document.addEventListener("dragleave", (event) => over(event, false));
  document.addEventListener("drop", (event) => {
    const cell = held && near(event, "td[data-spot]");
    if (!cell) return;
    event.preventDefault();
    (ready || Promise.resolve()).then(() => {
      const form = cell.querySelector("[data-drop-form]");
      if (form) form.requestSubmit();
    });
  });
  document.addEventListener("dragend", () => {
    held = "";
    document.querySelectorAll("#tt-week td[data-over]").forEach((cell) => cell.removeAttribute("data-over"));
  });

  /* Esc puts a lesson down that was picked up; arrows go from cell to cell. */
  document.addEventListener("keydown", (event) => {
    const cell = near(event, ".tt-grid td");
    if (event.key === "Escape") {
      const chosen = document.querySelector("#tt-week .lesson-chosen");
      if (chosen) { event.preventDefault(); chosen.click(); }
      return;
    }
    const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
    if (!cell || !step) return;
    let row = cell.parentElement;
    let at = [...row.children].indexOf(cell);
    for (let tries = 0; tries < 40; tries += 1) {
      at += step[1];
      if (step[0] === 1) row = row.nextElementSibling;
      if (step[0] === -1) row = row.previousElementSibling;
      const next = row && row.children[at];
      if (!next || next.tagName !== "TD") return;
      const target = next.querySelector(".tt-drop, a.lesson");
      if (target) { event.preventDefault(); target.focus(); return; }
    }
  });
})();
