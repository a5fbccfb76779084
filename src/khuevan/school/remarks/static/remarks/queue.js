/* Comments that are not saved yet, kept on this device and sent some at once: one entry a pupil. Signing out takes away
   everything under "kept:" (ui/app.js). What was on its way when the network dropped is sent again as it was: the
   server finds it written. */
"use strict";
(() => {
  const GATHER_MS = 350, MOST = 50, SOON_MS = 2000, LATE_MS = 30000;

  class Queue {
    constructor(url, key, answered, changed) {
      Object.assign(this, { url, answered, changed, prefix: `kept:remarks:${key}:`, entries: new Map(), timer: 0, busy: false, away: false, ended: false, refusal: "", savedAt: "", pause: SOON_MS });
      try {
        this.store = window.localStorage;
        Object.keys(this.store).filter((name) => name.startsWith(this.prefix)).forEach((name) => {
          try { const one = JSON.parse(this.store.getItem(name)); this.entries.set(one.student, { ...one, sent: false }); } catch { this.store.removeItem(name); }
        });
      } catch { this.store = null; }
      window.addEventListener("online", () => this.soon(0));
      window.addEventListener("offline", () => { this.away = true; this.changed(); });
      document.addEventListener("visibilitychange", () => { if (document.hidden) this.send(); else this.soon(0); });
    }

    put(entry) {
      this.entries.set(entry.student, entry);
      try { if (this.store) this.store.setItem(this.prefix + entry.student, JSON.stringify(entry)); } catch { /* full: it stays in memory */ }
    }

    drop(student) {
      this.entries.delete(student);
      try { if (this.store) this.store.removeItem(this.prefix + student); } catch { /* nothing was kept */ }
    }

    get(student) { return this.entries.get(student) || null; }

    waiting() { return [...this.entries.values()].filter((one) => one.kind === "waiting"); }

    /* A new text: while an earlier one of the pupil is on its way it follows as soon as that is answered */
    write(entry) {
      const before = this.get(entry.student);
      if (before && before.kind === "waiting" && before.sent) this.put({ ...before, next: entry });
      else this.put({ ...entry, kind: "waiting", sent: false });
      this.soon(GATHER_MS);
      this.changed();
    }

    soon(wait) { clearTimeout(this.timer); this.timer = setTimeout(() => this.send(), wait); }

    async send() {
      const batch = this.waiting().slice(0, MOST);
      if (this.busy || this.ended || !batch.length) return;
      this.busy = true;
      batch.forEach((one) => this.put({ ...one, sent: true }));
      this.changed();
      try { await this.take(batch, await this.post(batch)); } catch {
        this.away = true;
        this.soon(this.pause);
        this.pause = Math.min(this.pause * 2, LATE_MS);
      }
      this.busy = false;
      this.changed();
      if (!this.away && !this.ended && this.waiting().length) this.soon(0);
    }

    post(batch) {
      const { "X-CSRFToken": token } = JSON.parse(document.body.getAttribute("hx-headers"));
      const entries = batch.map(({ student, text, state, source, base }) => ({ student, text, state, source, base }));
      return fetch(this.url, { method: "POST", keepalive: true, credentials: "same-origin", redirect: "manual", headers: { "X-CSRFToken": token }, body: new URLSearchParams({ entries: JSON.stringify(entries) }) });
    }

    async take(batch, response) {
      if (response.status >= 500 || response.status === 429) throw new Error(String(response.status));
      const isTold = (response.headers.get("Content-Type") || "").startsWith("application/json");
      this.away = false;
      this.pause = SOON_MS;
      if (response.ok && isTold) {
        const told = await response.json();
        told.answers.forEach((answer) => this.settle(answer));
        if (told.answers.some((one) => one.outcome === "saved")) this.savedAt = told.at;
        return;
      }
      if (!isTold && response.status !== 404) { this.ended = true; return; }  /* signed out, or signed in anew elsewhere */
      this.refusal = isTold ? (await response.json()).message : "revoked";
      batch.forEach((one) => this.put({ ...this.get(one.student), ...one.next, next: undefined, sent: false, kind: "refused" }));
    }

    settle(answer) {
      const now = this.get(answer.student);
      if (!now) return;
      const last = { ...now, ...now.next, next: undefined, sent: false };
      if (answer.outcome !== "saved") this.put({ ...last, kind: answer.outcome, answer });
      else if (now.next) this.put({ ...last, kind: "waiting", base: answer.version });
      else this.drop(answer.student);
      this.answered(answer);
    }
  }

  window.RemarkQueue = Queue;
})();
