/* What was typed and is not saved yet, kept on this device: one entry a cell, under the person and the gradebook.
   Signing out takes away everything under "kept:" (ui/app.js). */
"use strict";
(() => {
  const G = (window.Gradebook = window.Gradebook || {});

  class Queue {
    constructor(person, book) {
      this.prefix = `kept:marks:${person}:${book}:`;
      this.entries = new Map();
      try {
        this.store = window.localStorage;
        for (let at = 0; at < this.store.length; at += 1) {
          const key = this.store.key(at);
          if (key.startsWith(this.prefix)) this.load(key);
        }
      } catch { this.store = null; }  /* a browser that keeps nothing: what is typed lives as long as the page */
    }

    load(key) {
      try {
        const entry = JSON.parse(this.store.getItem(key));
        this.entries.set(Queue.key(entry.student, entry.slot), entry);
      } catch { this.store.removeItem(key); }
    }

    static key(student, slot) { return `${student}:${slot}`; }

    get(student, slot) { return this.entries.get(Queue.key(student, slot)) || null; }

    all(state) { return [...this.entries.values()].filter((one) => !state || one.state === state); }

    put(entry) {
      const key = Queue.key(entry.student, entry.slot);
      this.entries.set(key, entry);
      try { if (this.store) this.store.setItem(this.prefix + key, JSON.stringify(entry)); } catch { /* full: it stays in memory */ }
    }

    drop(entry) {
      const key = Queue.key(entry.student, entry.slot);
      this.entries.delete(key);
      try { if (this.store) this.store.removeItem(this.prefix + key); } catch { /* nothing was kept */ }
    }
  }

  G.Queue = Queue;
})();
