/* Sends what waits, some cells at once, and does with each what the server answers. A cell that was on its way when
   the network dropped is sent again as it was: the server answers a second time what it answered the first. */
"use strict";
(() => {
  const G = (window.Gradebook = window.Gradebook || {});
  const GATHER_MS = 300, MOST = 200, SOON_MS = 2000, LATE_MS = 30000;

  class Sender {
    constructor(sheet, queue, changed) {
      Object.assign(this, { sheet, queue, changed, timer: 0, busy: false, away: false, ended: false, refusal: "", savedAt: "", pause: SOON_MS });
      window.addEventListener("online", () => this.soon(0));
      window.addEventListener("offline", () => { this.away = true; this.show(); });
      /* A page that is left takes no answers: the next one sends once more what was on its way, and is told the same */
      window.addEventListener("pagehide", () => { this.gone = true; });
      window.addEventListener("pageshow", () => { this.gone = false; this.soon(0); });
      document.addEventListener("visibilitychange", () => { if (document.hidden) this.send(); else this.soon(0); });
    }

    /* What somebody typed into a cell; what equals what stands there is nothing to send */
    enter(cell, typed, how) {
      const { queue } = this;
      const { row: { student }, column: { slot, content } } = cell;
      const before = queue.get(student, slot);
      const value = G.read(content, typed);
      const same = value !== null && (value === cell.value || (value === G.CLEARED && cell.value === null));
      if (same && (!before || !before.sent)) {
        if (before) queue.drop(before);
        return this.shown(cell);
      }
      if (before && before.state === "waiting" && before.sent) {
        queue.put({ ...before, next: { typed, how } });
        return this.shown(cell);
      }
      const base = before && before.state === "conflict" ? before.theirs.version : cell.version;
      queue.put({ student, slot, typed, how, base, op: crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random()}`, sent: false, state: value === null ? "invalid" : "waiting" });
      this.shown(cell);
      if (value !== null) this.soon(GATHER_MS);
      return undefined;
    }

    soon(wait) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.send(), wait);
    }

    async send() {
      if (this.busy || this.ended) return;
      const waiting = this.queue.all("waiting");
      if (!waiting.length) return;
      const { how } = waiting[0];
      const batch = waiting.filter((one) => one.how === how).slice(0, MOST).map((one) => ({ ...one, sent: true }));
      batch.forEach((one) => this.queue.put(one));
      this.busy = true;
      this.show(batch);
      try {
        await this.answered(batch, await this.post(how, batch));
      } catch {
        this.away = true;
        this.soon(this.pause);
        this.pause = Math.min(this.pause * 2, LATE_MS);
      }
      this.busy = false;
      this.show(batch);
      if (!this.away && this.queue.all("waiting").length) this.soon(0);
    }

    post(how, batch) {
      const { "X-CSRFToken": token } = JSON.parse(document.body.getAttribute("hx-headers"));
      const cells = batch.map(({ op, student, slot, typed, base }) => ({ op, student, slot, typed, base }));
      return fetch(this.sheet.told.url, {
        method: "POST", keepalive: true, credentials: "same-origin", redirect: "manual",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify({ how, cells }),
      });
    }

    async answered(batch, response) {
      if (response.status >= 500 || response.status === 429) throw new Error(String(response.status));
      const isTold = (response.headers.get("Content-Type") || "").startsWith("application/json");
      if (this.gone) return;
      this.away = false;
      this.pause = SOON_MS;
      if (response.ok && isTold) {
        const told = await response.json();
        if (this.gone) return;
        const byOp = new Map(batch.map((one) => [one.op, one]));
        told.cells.forEach((answer) => this.take(byOp.get(answer.op), answer));
        if (told.cells.some((one) => one.state === "saved")) this.savedAt = told.at;
        this.sheet.rows.forEach((row) => { if (told.averages[row.student]) this.sheet.showAverages(row, told.averages[row.student]); });
        return;
      }
      const isOurs = isTold || response.status === 404;
      if (!isOurs) { this.ended = true; return; }  /* signed out, or signed in anew in another window */
      this.refusal = isTold ? (await response.json()).message : this.sheet.told.words.revoked;
      batch.forEach((one) => this.queue.put({ ...one, sent: false, state: "refused", message: this.refusal }));
    }

    /* One cell's answer. Somebody may have typed on meanwhile */
    take(sent, answer) {
      const { queue, sheet } = this;
      const now = sent && queue.get(sent.student, sent.slot);
      if (!now || now.op !== sent.op) return;
      const cell = sheet.cell(sent.student, sent.slot);
      if (answer.state === "saved") {
        if (cell) Object.assign(cell, { value: answer.value === undefined ? null : answer.value, version: answer.version });
        queue.drop(now);
        if (now.next && cell) this.enter(cell, now.next.typed, now.next.how);
        else if (now.next) queue.put({ ...now, ...now.next, next: undefined, sent: false, base: answer.version, op: `${now.op}+` });
      } else if (answer.state === "conflict") {
        queue.put({ ...now, ...now.next, next: undefined, sent: false, state: "conflict", theirs: answer });
      } else {
        const words = sheet.told.words;
        const message = answer.message || (answer.state === "locked" && cell ? words.locked.replace("%(column)s", cell.column.title) : words.gone);
        queue.put({ ...now, ...now.next, next: undefined, sent: false, state: answer.state === "invalid" ? "invalid" : "refused", message });
      }
    }

    /* A person decides between both: what was typed here is sent over theirs, or theirs stays */
    keep(entry) {
      this.queue.put({ ...entry, base: entry.theirs.version, state: "waiting", sent: false, op: `${entry.op}!` });
      this.show([entry]);
      this.soon(0);
    }

    takeTheirs(entry) {
      const cell = this.sheet.cell(entry.student, entry.slot);
      if (cell) Object.assign(cell, { value: entry.theirs.value === undefined ? null : entry.theirs.value, version: entry.theirs.version });
      this.queue.drop(entry);
      this.show([entry]);
    }

    dropRefused() {
      const gone = this.queue.all("refused");
      gone.forEach((one) => this.queue.drop(one));
      this.refusal = "";
      this.show(gone);
    }

    againRefused() {
      const again = this.queue.all("refused").map((one) => ({ ...one, state: "waiting", sent: false }));
      again.forEach((one) => this.queue.put(one));
      this.refusal = "";
      this.show(again);
      this.soon(0);
    }

    shown(cell) { this.drawn(cell); this.changed(); }

    show(entries) {
      (entries || this.queue.all()).forEach((one) => { const cell = this.sheet.cell(one.student, one.slot); if (cell) this.drawn(cell); });
      this.changed();
    }

    drawn(cell) {
      const entry = this.queue.get(cell.row.student, cell.column.slot);
      const state = !entry ? "" : entry.state !== "waiting" ? entry.state : this.away || this.ended ? "offline" : "saving";
      this.sheet.draw(cell, entry && entry.next ? { ...entry, ...entry.next } : entry, state);
    }
  }

  G.Sender = Sender;
})();
