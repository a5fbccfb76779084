/* Drag and drop for the timetable: what a link picks up and a button puts down, with the hand. */
(() => {
  "use strict";
  const near = (event, selector) => (event.target.closest ? event.target.closest(selector) : null);
  const week = () => document.getElementById("tt-week");
  let held = "";
  let ready = null;
  let last = "";
  let choose = "";

  const pickUrl = (here) => `${here.dataset.url}?of=${encodeURIComponent(here.dataset.of)}&lesson=${held || last}`;
  const unmark = () => document.querySelectorAll("#tt-week td[data-over]").forEach((cell) => cell.removeAttribute("data-over"));

  document.addEventListener("dragstart", (event) => {
    const lesson = near(event, "[data-lesson]");
    const here = lesson && lesson.closest("[data-tt]");
    if (!here) return;
    held = lesson.dataset.lesson;
    last = held;
    here.classList.add("tt-dragging");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", held);
    ready = fetch(pickUrl(here), { headers: { "HX-Request": "true" } }).then((answer) => answer.text()).then((text) => {
      const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-tt]");
      if (!fresh) return false;
      document.querySelector("#tt-week [data-drop-form] [name=lesson]").value = last;
      fresh.querySelectorAll("td[data-spot]").forEach((cell) => {
        const spot = document.querySelector(`#tt-week td[data-spot="${cell.dataset.spot}"]`);
        if (!spot) return;
        spot.querySelectorAll(".tt-drop").forEach((old) => old.remove());
        cell.querySelectorAll(".tt-drop").forEach((button) => spot.append(document.importNode(button, true)));
      });
      return true;
    }).catch(() => false);
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
    const own = cell.querySelector(`[data-lesson="${held}"]`);
    (ready || Promise.resolve(true)).then((answered) => {
      /* Nothing came back: asked again in a way that tells why, or leads to the sign-in. */
      if (!answered) { window.htmx.ajax("GET", pickUrl(week()), { target: "#tt-week", swap: "outerHTML", event }); return; }
      const buttons = cell.querySelectorAll(".tt-drop");
      if (own || !buttons.length) return;
      if (buttons.length === 1) { buttons[0].click(); return; }
      /* Somebody stands there: ask what is to be done, with what each would bring. */
      choose = cell.dataset.spot;
      window.htmx.ajax("GET", pickUrl(week()), { target: "#tt-week", swap: "outerHTML" });
    });
  });
  document.addEventListener("dragend", () => {
    held = "";
    unmark();
    if (!week()) return;
    week().classList.remove("tt-dragging");
    if (!document.querySelector("#tt-week .lesson-chosen")) document.querySelectorAll("#tt-week .tt-drop").forEach((old) => old.remove());
  });

  /* What was picked up or put down keeps the focus, so that the keyboard goes on from there. */
  document.addEventListener("click", (event) => {
    const lesson = near(event, "#tt-week [data-lesson]");
    if (lesson) last = lesson.dataset.lesson;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (!week() || event.target !== week()) return;
    if (document.activeElement && document.activeElement !== document.body) return;
    const asked = choose && document.querySelector(`#tt-week td[data-spot="${choose}"] .tt-drop`);
    choose = "";
    const there = asked || (last && document.querySelector(`#tt-week [data-lesson="${last}"]`));
    if (there) there.focus({ preventScroll: !asked });
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
      const target = next.querySelector(".tt-drop") || next.querySelector("a.lesson");
      if (target) { event.preventDefault(); target.focus(); return; }
    }
  });
})();
