/* The sheet under the hand: one field goes from cell to cell. Two digits of a mark are enough, the next pupil follows by
   itself; an Enter or arrow down pressed right after that by habit confirms the mark and skips nobody. */
"use strict";
(() => {
  const G = window.Gradebook;
  const source = document.getElementById("gb-script");
  if (!source || !document.querySelector("[data-gb-sheet]")) return;
  const told = JSON.parse(source.textContent);
  const sheet = new G.Sheet(told);
  const queue = new G.Queue(told.person, told.book);
  const undoButton = document.querySelector("[data-gb-undo]");
  const phone = document.querySelector("[data-gb-phone]");
  const choice = document.getElementById("gb-column");
  const finish = document.querySelector("[data-gb-finish]");
  const done = [];
  let current = null;  /* {cell, isFresh, cameFrom}: where the field stands */
  let column = Math.max(0, told.columns.findIndex((_one, at) => sheet.isOpenColumn(at) && sheet.filled(at).given < sheet.filled(at).all));

  const field = document.createElement("input");
  Object.assign(field, { type: "text", className: "gb-input", inputMode: "decimal", autocomplete: "off", enterKeyHint: "next", maxLength: 12, spellcheck: false });
  if (told.columns.some((one) => !G.isScore(one.content))) field.inputMode = "text";
  field.setAttribute("aria-describedby", "gb-foot");

  const changed = () => status.show(current && { ...current, typed: field.value });
  const sender = new G.Sender(sheet, queue, () => changed());
  const status = new G.Status(sheet, queue, sender, (state) => goTo(state));

  const enter = (cell, typed, how) => {
    const entry = queue.get(cell.row.student, cell.column.slot);
    const before = sheet.text(cell, entry);
    if (typed.trim() === before.trim() && !(entry && entry.state === "conflict")) return;
    done.push({ cell, before, after: typed });
    if (undoButton) undoButton.disabled = false;
    sender.enter(cell, typed, how);
  };

  /* The column that a phone shows, and that is marked on every screen */
  const showColumn = (at) => {
    column = at;
    sheet.rows.forEach((row) => row.cells.forEach((cell) => cell.td.classList.toggle("now", cell.at === at)));
    sheet.heads.forEach((head) => head.forEach((th, place) => th.classList.toggle("now", place === at)));
    if (sheet.foot) sheet.foot.querySelectorAll(".mark-cell").forEach((td, place) => td.classList.toggle("now", place === at));
    if (choice) choice.value = String(at);
    if (finish) {
      finish.hidden = !sheet.isOpenColumn(at);
      finish.action = finish.dataset.gbFinish.replace("/0/", `/${told.columns[at].slot}/`);
      finish.querySelector("button").textContent = told.words.finish.replace("%s", told.columns[at].label);
    }
  };

  const commit = () => {
    if (current && !current.isFresh) enter(current.cell, field.value, "typed");
    if (current) current.isFresh = true;
  };

  const leave = () => {
    if (!current) return;
    const { cell } = current;
    cell.row.row.classList.remove("on");
    current = null;
    field.remove();
    sender.drawn(cell);
  };

  const go = (cell, cameFrom) => {
    commit();
    if (current) {
      const old = current.cell;
      current = null;
      old.row.row.classList.remove("on");
      field.remove();
      sender.drawn(old);
    }
    current = { cell, isFresh: true, cameFrom: cameFrom || null };
    cell.row.row.classList.add("on");
    if (cell.at !== column) showColumn(cell.at);
    field.value = sheet.text(cell, queue.get(cell.row.student, cell.column.slot));
    field.setAttribute("aria-label", `${cell.row.name}, ${cell.column.title}`);
    cell.td.append(field);
    field.focus({ preventScroll: true });
    field.select();
    cell.row.row.scrollIntoView({ block: "nearest" });
    changed();
  };

  const nextRow = (cell, step) => {
    for (let at = cell.row.at + step; sheet.rows[at]; at += step) if (sheet.isOpen(sheet.rows[at].cells[cell.at])) return sheet.rows[at].cells[cell.at];
    return null;
  };
  const nextColumn = (cell, step) => {
    for (let at = cell.at + step; cell.row.cells[at]; at += step) if (sheet.isOpen(cell.row.cells[at])) return cell.row.cells[at];
    const row = nextRow(cell, step);
    if (!row) return null;
    const open = row.row.cells.filter((one) => sheet.isOpen(one));
    return step > 0 ? open[0] : open[open.length - 1];
  };
  const move = (cell, cameFrom) => { if (cell) go(cell, cameFrom); else { commit(); changed(); } };

  const undo = () => {
    const last = done.pop();
    if (!last) { G.say(told.words.nothing_to_undo); return; }
    if (undoButton) undoButton.disabled = !done.length;
    if (current) { current.isFresh = true; }
    sender.enter(last.cell, last.before, "undone");
    go(last.cell);
  };

  const goTo = (state) => {
    const found = queue.all(state).map((one) => sheet.cell(one.student, one.slot)).filter(Boolean);
    if (found.length) go(found.find((one) => !current || one !== current.cell) || found[0]);
    else if (current) go(current.cell);
  };

  field.addEventListener("input", () => {
    if (!current) return;
    current.isFresh = false;
    const { cell } = current;
    if (G.isWhole(cell.column.content, field.value)) {
      const below = nextRow(cell, 1);
      if (below) go(below, cell); else { commit(); changed(); }
      return;
    }
    changed();
  });

  field.addEventListener("keydown", (event) => {
    if (!current || event.isComposing || event.altKey) return;
    const { cell, isFresh, cameFrom } = current;
    const undoes = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
    if (undoes && isFresh) { event.preventDefault(); undo(); return; }
    if (event.ctrlKey || event.metaKey) return;
    const isHabit = cameFrom && isFresh;
    const handled = {
      Enter: () => (event.shiftKey ? move(nextRow(cell, -1)) : isHabit ? settle() : move(nextRow(cell, 1))),
      ArrowDown: () => (isHabit ? settle() : move(nextRow(cell, 1))),
      ArrowUp: () => move(nextRow(cell, -1)),
      ArrowLeft: () => (isFresh ? move(nextColumn(cell, -1)) : false),
      ArrowRight: () => (isFresh ? move(nextColumn(cell, 1)) : false),
      Escape: () => (isFresh ? out() : restore()),
      Tab: () => {
        const next = nextColumn(isHabit && !event.shiftKey ? cameFrom : cell, event.shiftKey ? -1 : 1);
        if (next) go(next); else { commit(); return false; }
        return true;
      },
    }[event.key];
    if (handled && handled() !== false) event.preventDefault();
  });
  const settle = () => { current.cameFrom = null; };
  const restore = () => {
    current.isFresh = true;
    field.value = sheet.text(current.cell, queue.get(current.cell.row.student, current.cell.column.slot));
    field.select();
    changed();
  };
  const out = () => { leave(); const next = document.querySelector("[data-gb-excel]"); if (next) next.focus(); };

  field.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    if (!current || !/[\n\t]/.test(text.replace(/[\r\n]+$/, ""))) return;
    event.preventDefault();
    restore();
    pasting.look(text, { row: current.cell.row.at, at: current.cell.at });
  });
  field.addEventListener("blur", () => { if (current && !current.isFresh) { commit(); changed(); } });

  document.querySelector("[data-gb-sheet]").addEventListener("click", (event) => {
    const td = event.target.closest("td.mark-cell, th.name");
    const row = td && sheet.rows.find((one) => one.row === td.parentElement);
    if (!row || event.target === field) return;
    const cell = td.matches("th") ? row.cells[column] : row.cells.find((one) => one.td === td);
    if (sheet.isOpen(cell)) go(cell);
    else if (told.mayEnter) { commit(); leave(); status.show({ cell, typed: G.write(cell.column.content, cell.value), isFresh: true }); }
  });

  const pasting = told.mayEnter && new G.Pasting(sheet, (cell, typed) => enter(cell, typed, "pasted"));
  const excel = document.querySelector("[data-gb-excel]");
  if (excel) {
    excel.addEventListener("click", () => {
      const open = current ? { row: current.cell.row.at, at: current.cell.at } : { row: 0, at: column };
      pasting.open(open);
    });
    undoButton.addEventListener("click", undo);
    document.addEventListener("submit", (event) => {  /* a column is finished once nothing of the sheet waits any more */
      if (event.target !== finish) return;
      commit();
      if (!queue.all("waiting").length) return;
      event.preventDefault();
      event.stopPropagation();
      sender.send();
    }, true);
  }
  if (phone) {
    phone.hidden = false;
    choice.addEventListener("change", () => { commit(); showColumn(Number(choice.value)); if (current) leave(); });
    phone.addEventListener("click", (event) => {
      const button = event.target.closest("[data-gb-column]");
      const at = button ? column + Number(button.dataset.gbColumn) : -1;
      if (!told.columns[at]) return;
      const row = current && current.cell.row;
      commit();
      showColumn(at);
      if (row && sheet.isOpen(row.cells[at])) go(row.cells[at]); else leave();
    });
  }
  window.addEventListener("pagehide", () => { commit(); sender.send(); });
  document.documentElement.classList.add("gb-js");
  showColumn(column);
  sender.show();
  sender.soon(0);
})();
