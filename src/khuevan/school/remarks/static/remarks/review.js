/* Comments reviewed with the keyboard: Enter approves and goes down, the right arrow shows another text, F2 or typing
   edits, Esc leaves, Ctrl+Z takes back. Texts are kept on this device until the server has them (queue.js). */
"use strict";
(() => {
  const script = document.getElementById("rm-script");
  const list = document.querySelector("[data-rm-list]");
  if (!script || !list) return;
  const told = JSON.parse(script.textContent);
  const { words, pools } = told;
  const EMPTY = 0, DRAFT = 1, APPROVED = 2;
  const TYPED = 1, SUGGESTED = 2, EDITED = 3, UNDONE = 4;
  const say = (text) => { const live = document.getElementById("live"); if (live) live.textContent = text; };
  const put = (text, values) => text.replace(/%\((\w+)\)s/g, (_all, name) => values[name]);
  const part = (name) => document.querySelector(`[data-rm-${name}]`);
  const fill = (template, given) => { const text = template.replaceAll("{tên}", given).replaceAll("{em}", "em"); return text.charAt(0).toUpperCase() + text.slice(1); };
  const plain = (text) => text.normalize("NFC").trim().replace(/\s+/g, " ");
  const keyOf = (row, text) => plain(text).toLowerCase().split(row.given.toLowerCase()).join("");

  const rows = told.rows.map((one, at) => {
    const item = list.children[at];
    return { ...one, at, item, field: item.querySelector("textarea"), told: item.querySelector("[data-rm-told]"), pill: item.querySelector("[data-rm-state]"), shown: one.text ? "" : one.template, editing: false, notes: [] };
  });
  const byStudent = new Map(rows.map((row) => [row.student, row]));
  const undo = [];
  let current = rows[0];
  list.classList.add("rm-review");

  const queue = new window.RemarkQueue(told.url, told.key, (answer) => answered(answer), () => draw());

  /* What stands on the page for a pupil: what waits here, else what the server has, else what is suggested */
  const standing = (row) => {
    const waits = queue.get(row.student);
    const last = waits && (waits.next || waits);
    return last ? { text: last.text, state: last.state } : { text: row.text, state: row.state };
  };

  const stateOf = (row) => {
    const waits = queue.get(row.student);
    if (waits && waits.kind === "conflict") return "conflict";
    if (waits && waits.kind !== "waiting") return waits.kind === "locked" ? "locked" : "refused";
    if (waits) return queue.away || queue.ended ? "offline" : "saving";
    if (row.state === APPROVED) return "approved";
    if (row.state === DRAFT) return "draft";
    return row.shown ? "suggested" : "empty";
  };

  const line = (text, tone) => { const p = document.createElement("p"); p.textContent = text; if (tone) p.className = tone; return p; };
  const button = (text, deed) => { const one = document.createElement("button"); one.type = "button"; one.className = "btn btn-plain btn-dense"; one.textContent = text; one.addEventListener("click", deed); return one; };

  const reasons = (row, waits) => {
    const { answer } = waits;
    if (waits.kind === "refused" && !answer) return [line(queue.refusal === "revoked" ? words.revoked : queue.refusal, "is-bad")];
    if (waits.kind === "conflict") {
      const choice = document.createElement("p");
      choice.append(button(words.keep, () => { queue.write({ ...waits, base: answer.version, answer: undefined }); row.field.focus(); }), button(words.take, () => { Object.assign(row, { text: answer.text, state: answer.state, version: answer.version }); queue.drop(row.student); row.field.value = answer.text; draw(); row.field.focus(); }));
      return [line(put(words.theirs, { name: answer.by, at: answer.at, text: answer.text })), choice];
    }
    if (waits.kind === "refused") return answer.words.map((one) => line(put(words.word, one), "is-bad"));
    if (waits.kind === "too_long") return [line(put(words.too_long, { length: waits.text.length, longest: answer.longest }), "is-bad")];
    if (waits.kind === "repeated") return [line(put(words.same, { name: answer.same_as }), "is-bad")];
    return [line(waits.kind === "gone" ? words.gone : words.locked, "is-bad")];
  };

  const drawRow = (row) => {
    const state = stateOf(row), waits = queue.get(row.student);
    if (row.pill.dataset.rmState !== state) {
      row.pill.dataset.rmState = state;
      row.pill.replaceChildren(document.querySelector(`[data-rm-pill="${state}"]`).content.cloneNode(true));
    }
    const notes = waits && waits.kind !== "waiting" ? reasons(row, waits) : row.notes.map((text) => line(text, "is-warn"));
    if (notes.length || row.told.childNodes.length) row.told.replaceChildren(...notes);
  };

  const draw = () => {
    rows.forEach(drawRow);
    const done = rows.filter((row) => row.state === APPROVED && !queue.get(row.student)).length;
    part("progress").textContent = done === rows.length ? put(words.all_done, { all: rows.length }) : put(words.approved, { done, all: rows.length });
    const count = queue.waiting().length;
    part("saved").textContent = queue.ended ? words.ended : count && queue.away ? put(words.offline, { count }) : count ? words.saving : queue.savedAt ? put(words.saved_at, { at: queue.savedAt }) : "";
    part("undo").disabled = !undo.length;
  };

  const answered = (answer) => {
    const row = byStudent.get(answer.student);
    if (!row) return;
    if (answer.outcome === "saved") Object.assign(row, { version: answer.version, state: answer.state, text: answer.text });
    row.notes = answer.told.map((word) => put(words.compared, { word }));
    drawRow(row);
    const said = answer.outcome === "saved" ? row.notes.join(" ") : row.told.textContent;
    if (said) say(`${row.item.querySelector("strong").textContent}: ${said}`);
  };

  const go = (row) => {
    if (!row) return;
    current.item.removeAttribute("data-current");
    current.field.tabIndex = -1;
    current = row;
    row.item.setAttribute("data-current", "");
    row.field.tabIndex = 0;
    row.field.focus({ preventScroll: true });
    row.item.scrollIntoView({ block: "nearest" });
  };

  const edit = (row, emptied) => {
    row.editing = true;
    row.before = row.field.value;
    row.field.readOnly = false;
    if (emptied) row.field.value = "";
    row.field.focus();
    row.field.setSelectionRange(row.field.value.length, row.field.value.length);
  };

  const leave = (row) => { row.editing = false; row.field.readOnly = true; };

  const write = (row, text, state, source) => {
    const waits = queue.get(row.student);
    const base = waits && waits.kind === "conflict" ? waits.base : row.version;
    row.notes = [];
    queue.write({ student: row.student, text, state, source, base });
  };

  const sourceOf = (row, text) => { const from = row.shown ? fill(row.shown, row.given) : ""; return text === from ? SUGGESTED : row.shown && row.before === from ? EDITED : TYPED; };

  const approve = (row) => {
    const text = plain(row.field.value);
    row.field.value = text;
    if (row.editing) leave(row);
    if (!text) { say(words.nothing); return false; }
    const before = standing(row);
    if (before.text === text && before.state === APPROVED && !(queue.get(row.student) && queue.get(row.student).kind !== "waiting")) return true;
    undo.push({ row, text: before.text, state: before.state, shown: row.shown });
    write(row, text, APPROVED, sourceOf(row, text));
    return true;
  };

  const next = (row) => rows[row.at + 1] || rows.find((one) => standing(one).state !== APPROVED && one !== row) || row;

  const other = (row, step) => {
    const pool = pools[row.pool] || [];
    const taken = new Set(rows.filter((one) => one !== row).map((one) => keyOf(one, one.field.value)));
    const from = row.shown ? pool.indexOf(row.shown) : -1;
    for (let count = 1; count <= pool.length; count += 1) {
      const template = pool[(((from + step * count) % pool.length) + pool.length) % pool.length];
      const text = fill(template, row.given);
      if (template !== row.shown && !taken.has(keyOf(row, text))) {
        row.shown = template;
        row.field.value = text;
        drawRow(row);
        return;
      }
    }
    row.notes = [words.exhausted];
    drawRow(row);
    say(words.exhausted);
  };

  const takeBack = () => {
    const last = undo.pop();
    if (!last) return;
    const { row } = last;
    row.shown = last.shown;
    row.field.value = last.text || (row.shown ? fill(row.shown, row.given) : "");
    write(row, last.text, last.text ? last.state : EMPTY, UNDONE);
    go(row);
    say(words.undone);
    draw();
  };

  /* Left while typing: a draft that teachers of the school see, nobody else */
  const settle = (row) => {
    const text = plain(row.field.value);
    leave(row);
    const before = standing(row);
    if (text === plain(row.before) || text === before.text) return;
    write(row, text, text ? DRAFT : EMPTY, text === plain(row.before) ? SUGGESTED : sourceOf(row, text));
  };

  const KEYS = {
    Enter: (row) => { if (approve(row)) go(next(row)); },
    ArrowRight: (row) => other(row, 1),
    ArrowLeft: (row) => other(row, -1),
    ArrowDown: (row) => go(rows[row.at + 1]),
    ArrowUp: (row) => go(rows[row.at - 1]),
    F2: (row) => edit(row, false),
    Home: () => go(rows[0]),
    End: () => go(rows[rows.length - 1]),
  };

  list.addEventListener("keydown", (event) => {
    const row = rows.find((one) => one.field === event.target);
    if (!row || event.isComposing) return;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (row.editing) {
      if (event.key === "Enter") { event.preventDefault(); KEYS.Enter(row); }
      if (event.key === "Escape") { event.preventDefault(); row.field.value = row.before; leave(row); }
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") { event.preventDefault(); takeBack(); return; }
    if (isPlain && KEYS[event.key]) { event.preventDefault(); KEYS[event.key](row); return; }
    if (isPlain && (event.key.length === 1 || event.key === "Process")) edit(row, true);
  });
  list.addEventListener("focusin", (event) => { const row = rows.find((one) => one.field === event.target); if (row && row !== current) go(row); });
  list.addEventListener("focusout", (event) => { const row = rows.find((one) => one.field === event.target); if (row && row.editing) settle(row); });
  list.addEventListener("dblclick", (event) => { const row = rows.find((one) => one.field === event.target); if (row && !row.editing) edit(row, false); });

  const foot = part("foot");
  foot.addEventListener("mousedown", (event) => event.preventDefault());  /* the text keeps the focus */
  foot.addEventListener("click", (event) => {
    const one = event.target.closest("button");
    if (!one) return;
    if ("rmGo" in one.dataset) go(rows[current.at + Number(one.dataset.rmGo)]);
    if ("rmOther" in one.dataset) other(current, 1);
    if ("rmEdit" in one.dataset) edit(current, false);
    if ("rmApprove" in one.dataset) KEYS.Enter(current);
    if ("rmUndo" in one.dataset) takeBack();
  });

  /* What an earlier visit could not send */
  const left = [...queue.entries.values()].filter((one) => byStudent.has(one.student));
  left.forEach((one) => { byStudent.get(one.student).field.value = (one.next || one).text; });
  if (left.length) { say(put(words.restored, { count: left.length })); queue.soon(0); }
  const first = rows.find((row) => standing(row).state !== APPROVED);
  if (first) go(first);
  draw();
})();
