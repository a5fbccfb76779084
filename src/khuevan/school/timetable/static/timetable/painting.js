/* Marks the boxes of a week by dragging across them; each is a checkbox without this too. */
(() => {
  "use strict";
  let on = null;
  const boxOf = (target) => {
    const label = target && target.closest ? target.closest("[data-painting] label") : null;
    return label ? label.querySelector("input") : null;
  };
  document.addEventListener("pointerdown", (event) => {
    const box = boxOf(event.target);
    if (!box || event.button) return;
    on = !box.checked;
    event.target.releasePointerCapture?.(event.pointerId);
  });
  document.addEventListener("pointermove", (event) => {
    if (on === null) return;
    const box = boxOf(document.elementFromPoint(event.clientX, event.clientY));
    if (box && box.checked !== on && event.buttons) {
      box.checked = on;
      box.dataset.painted = "1";
    }
  });
  document.addEventListener("pointerup", () => { on = null; });
  document.addEventListener("click", (event) => {
    const box = boxOf(event.target);
    if (!box || !box.dataset.painted) return;
    event.preventDefault();
    delete box.dataset.painted;
  });
})();
