// Conduct and absences by keyboard: a letter chooses, Enter goes down, arrows stay with the field.
const LETTERS = { t: "3", k: "2", d: "1", đ: "1", c: "0", 4: "3", 3: "2", 2: "1", 1: "0" };

function below(field, step) {
  const column = [...document.querySelectorAll(`[data-column="${field.dataset.column}"]`)];
  return column[column.indexOf(field) + step];
}

document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (!field.dataset || !field.dataset.column || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter") {
    const next = below(field, event.shiftKey ? -1 : 1);
    if (next) {
      event.preventDefault();
      next.focus();
      if (next.select) next.select();
    }
    return;
  }
  const value = field.tagName === "SELECT" ? LETTERS[event.key.toLowerCase()] : undefined;
  if (value !== undefined) {
    event.preventDefault();
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    const next = below(field, 1);
    if (next) next.focus();
  }
});
