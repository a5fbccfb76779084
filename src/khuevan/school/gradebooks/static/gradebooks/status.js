/* What the sheet says of itself: pills over it, the foot under it, a notice when nothing can be saved. */
"use strict";
(() => {
  const G = (window.Gradebook = window.Gradebook || {});
  const { make, icon } = G;
  const PILLS = [["offline", "warn", "cloud-off"], ["conflict", "info", "git-compare-arrows"], ["invalid", "bad", "circle-alert"], ["refused", "bad", "ban"]];
  const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_all, name) => values[name]);
  const say = (text) => document.dispatchEvent(new CustomEvent("say", { detail: { value: text } }));

  class Status {
    constructor(sheet, queue, sender, go) {
      Object.assign(this, { sheet, queue, sender, go, words: sheet.told.words, last: "" });
      this.pills = document.querySelector("[data-gb-state]");
      this.notice = document.querySelector("[data-gb-notice]");
      this.foot = document.querySelector("[data-gb-foot]");
    }

    show(current) {
      const { sender, words } = this;
      const waiting = this.queue.all("waiting").length;
      const stuck = sender.away || sender.ended;
      const counts = { offline: stuck ? waiting : 0, conflict: this.queue.all("conflict").length, invalid: this.queue.all("invalid").length, refused: this.queue.all("refused").length };
      const shown = [];
      if (waiting && !stuck) shown.push(make("span", "pill pill-neutral", icon("refresh-cw"), words.saving.replace("%s", waiting)));
      else if (sender.savedAt) shown.push(make("span", "pill pill-ok", icon("cloud-check"), words.saved.replace("%s", sender.savedAt)));
      PILLS.forEach(([state, tone, drawn]) => {
        if (!counts[state]) return;
        const pill = make("button", `pill pill-${tone}`, icon(drawn), words[state].replace("%s", counts[state]));
        pill.type = "button";
        pill.addEventListener("click", () => this.go(state === "offline" ? "waiting" : state));
        shown.push(pill);
      });
      this.pills.replaceChildren(...shown);
      const told = shown.map((one) => one.textContent).join(", ");
      if (!(waiting && !stuck) && told !== this.last) { say(told); this.last = told; }
      this.showNotice(counts);
      if (this.foot) this.showFoot(current);
    }

    showNotice({ refused, offline }) {
      const { sender, words } = this;
      const parts = [];
      if (sender.ended) {
        const link = make("a", "", words.sign_in);
        link.href = location.href;
        parts.push(make("div", "notice notice-warn", icon("triangle-alert"), make("div", "", `${words.ended} `, link)));
      } else if (offline) {
        parts.push(make("div", "notice notice-warn", icon("cloud-off"), make("div", "", words.away)));
      }
      if (refused) {
        const entries = this.queue.all("refused");
        const names = entries.slice(0, 6).map((one) => this.nameOf(one)).join("; ") + (entries.length > 6 ? "; …" : "");
        const drop = make("button", "btn btn-plain btn-dense", words.drop);
        const again = make("button", "btn btn-plain btn-dense", words.again);
        [drop, again].forEach((one) => { one.type = "button"; });
        drop.addEventListener("click", () => sender.dropRefused());
        again.addEventListener("click", () => sender.againRefused());
        parts.push(make("div", "notice notice-bad", icon("circle-alert"), make("div", "", make("strong", "", entries[0].message), ` ${names} `), again, drop));
      }
      const key = parts.map((one) => one.textContent).join();
      if (key !== this.told) this.notice.replaceChildren(...parts);
      this.told = key;
    }

    nameOf(entry) {
      const cell = this.sheet.cell(entry.student, entry.slot);
      return cell ? `${cell.row.name}, ${cell.column.label}: ${entry.typed}` : entry.typed;
    }

    /* The current cell: what typing gives, what the average would become, whose value it is */
    showFoot(current) {
      if (!current) return;
      const { cell, typed } = current;
      const entry = this.queue.get(cell.row.student, cell.column.slot);
      const parts = [make("strong", "", cell.row.name)];
      if (entry && entry.state === "conflict" && current.isFresh) parts.push(...this.conflict(cell, entry));
      else if (entry && entry.state === "refused") parts.push(make("span", "", entry.message || ""));
      else parts.push(make("span", "meta", this.gives(cell, typed)), ...this.average(cell, typed));
      const { given, all } = this.sheet.filled(cell.at);
      parts.push(make("span", "push num ink2", `${cell.column.label}: ${given}/${all}`), make("span", "bar-rule"), this.keys());
      this.foot.replaceChildren(...parts);
    }

    keys() {
      const { words } = this;
      return make("span", "ink2 gb-keys", make("kbd", "", "Enter"), ` ${words.down} `, make("kbd", "", "Tab"), ` ${words.across}`);
    }

    gives(cell, typed) {
      const { content, label, title } = cell.column;
      if (cell.column.locked) return fill(this.words.locked, { column: title });
      if (cell.row.held) return this.words.left;
      const value = G.read(content, typed);
      if (value === null) return this.words[`wrong_${content}`];
      const text = G.write(content, value);
      if (typed && text !== typed.trim()) return fill(this.words.gives, { column: label, typed: typed.trim(), value: text });
      return fill(this.words[`hint_${content}`] || this.words.hint, { column: label });
    }

    average(cell, typed) {
      const { told } = this.sheet;
      if (told.form !== "SCORE") return [];
      const value = typed === null ? cell.value : G.read(cell.column.content, typed);
      const marks = this.sheet.marks(cell.row, cell.column.period, { cell, value });
      const found = G.termAverage(marks, told.required[cell.column.period - 1]);
      const rule = make("span", "bar-rule");
      if (!found) return [rule, make("span", "meta", this.words.missing)];
      const article = make("a", "medium", told.article);
      article.href = told.articleUrl;
      const word = value === cell.value ? this.words.now : this.words.if_saved;
      return [rule, make("span", "num", `${word} ${this.words.average} = ${G.formula(marks, found)} `, make("b", "", G.fixed(found.tenths))), told.article ? article : ""];
    }

    conflict(cell, entry) {
      const { words } = this;
      const theirs = entry.theirs.text || words.empty;
      const mine = G.write(cell.column.content, G.read(cell.column.content, entry.typed)) || words.empty;
      const text = fill(words.changed, { who: entry.theirs.by || words.someone, when: entry.theirs.at, theirs, mine });
      const keep = make("button", "btn btn-plain btn-dense", words.keep.replace("%s", mine));
      const take = make("button", "btn btn-plain btn-dense", words.take.replace("%s", theirs));
      [keep, take].forEach((one) => { one.type = "button"; });
      keep.addEventListener("click", () => { this.sender.keep(entry); this.go("conflict"); });
      take.addEventListener("click", () => { this.sender.takeTheirs(entry); this.go("conflict"); });
      return [make("span", "", text), keep, take];
    }
  }

  Object.assign(G, { Status, fill, say });
})();
