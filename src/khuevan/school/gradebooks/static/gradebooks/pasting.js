/* A column out of Excel: read, held against the rows by the names that came along, shown, and only then written. */
"use strict";
(() => {
  const G = (window.Gradebook = window.Gradebook || {});
  const { make, icon } = G;

  /* Which lines hold which name and marks. A header, running numbers and empty lines are left out */
  const readTable = (text, content) => {
    const lines = text.replace(/\r/g, "").replace(/\n+$/, "").split("\n").map((line) => line.split("\t").map((one) => one.trim()));
    const width = Math.max(...lines.map((line) => line.length));
    const count = (at, test) => lines.filter((line) => line[at] && test(line[at])).length;
    const isName = (one) => /\p{L}{2,}\s+\p{L}/u.test(one) && G.read(content, one) === null;
    let named = -1;
    for (let at = 0; at < width; at += 1) if (count(at, isName) * 2 > lines.length) { named = at; break; }
    let first = named + 1;
    if (named < 0 && width > 1 && lines.every((line, at) => Number(line[0]) === Number(lines[0][0]) + at)) first = 1;
    const isHeader = (line) => line.slice(first).some((one) => one) && line.slice(first).every((one) => !one || (/\p{L}/u.test(one) && G.read(content, one) === null));
    const kept = lines.filter((line, at) => !(at === 0 && isHeader(line)));
    return { isNamed: named >= 0, lines: kept.map((line) => ({ name: named < 0 ? "" : line[named] || "", values: line.slice(first) })) };
  };

  /* Beside which row each line comes: one after the other from the current row, or by name */
  const match = (rows, start, table) => {
    const key = (name) => G.fold(name);
    const straight = table.lines.map((line, at) => ({ line, row: rows[start + at] || null }));
    straight.forEach((one) => { one.agrees = !table.isNamed || (one.row !== null && key(one.row.name) === key(one.line.name)); });
    /* Two of one name, in the class or in the paste, are nobody's for sure: they are told and left out */
    const times = (names) => names.reduce((all, name) => all.set(name, (all.get(name) || 0) + 1), new Map());
    const [pasted, there] = [times(table.lines.map((line) => key(line.name))), times(rows.map((row) => key(row.name)))];
    const isTwice = (name) => there.has(name) && (pasted.get(name) > 1 || there.get(name) > 1);
    const named = table.lines.map((line) => {
      const name = key(line.name);
      return { line, row: isTwice(name) ? null : rows.find((row) => key(row.name) === name) || null, agrees: true };
    });
    const without = (test) => [...new Set(table.lines.filter((line) => test(key(line.name))).map((line) => line.name))];
    return { straight, named, twice: without(isTwice), unknown: without((name) => !there.has(name)) };
  };

  class Pasting {
    constructor(sheet, enter) {
      Object.assign(this, { sheet, enter, words: sheet.told.words, dialog: document.getElementById("gb-paste") });
      this.ask = this.dialog.querySelector("[data-gb-paste-ask]");
      this.result = this.dialog.querySelector("[data-gb-paste-show]");
      this.field = document.getElementById("gb-paste-text");
      this.field.addEventListener("input", () => { if (this.field.value.trim()) this.look(this.field.value, this.start); });
    }

    open(start) {
      this.start = start;
      this.field.value = "";
      this.ask.hidden = false;
      this.result.replaceChildren();
      this.title(start, 0);
      this.dialog.showModal();
      this.field.focus();
    }

    title(start, count) {
      const label = this.sheet.columns[start.at].label;
      document.getElementById("gb-paste-title").textContent = G.fill(this.words.paste_title, { count: count || "", column: label }).replace(/\s+/g, " ");
    }

    look(text, start) {
      const { sheet, words } = this;
      const content = sheet.columns[start.at].content;
      const table = readTable(text, content);
      const found = match(sheet.rows, start.row, table);
      const columns = sheet.columns.map((_one, at) => at).filter((at) => at >= start.at && sheet.isOpenColumn(at));
      const wrong = found.straight.filter((one) => !one.agrees).length;
      const isOver = !table.isNamed && start.row + table.lines.length > sheet.rows.length;
      const useNames = wrong > 0;
      const pairs = found.straight;
      const notes = [];
      if (isOver) notes.push(["bad", G.fill(words.paste_over, { count: table.lines.length, rows: sheet.rows.length - start.row })]);
      else if (wrong) notes.push(["bad", G.fill(words.paste_shifted, { count: wrong })]);
      else notes.push(table.isNamed ? ["ok", words.paste_named] : ["info", words.paste_plain]);
      if (wrong && found.twice.length) notes.push(["warn", G.fill(words.paste_twice, { names: found.twice.slice(0, 5).join(", ") })]);
      if (wrong && found.unknown.length) notes.push(["warn", G.fill(words.paste_unknown, { names: found.unknown.slice(0, 5).join(", ") })]);
      const jobs = this.jobs(useNames ? found.named : pairs, columns);
      if (jobs.bad) notes.push(["warn", G.fill(words.paste_bad, { count: jobs.bad })]);
      if (jobs.shut) notes.push(["warn", G.fill(words.paste_kept, { count: jobs.shut })]);
      this.title(start, jobs.cells.length);
      this.ask.hidden = true;
      const go = make("button", "btn btn-primary", (useNames ? words.paste_match : words.paste_go).replace("%s", jobs.cells.length));
      go.type = "button";
      go.disabled = isOver || !jobs.cells.length;
      go.addEventListener("click", () => { this.dialog.close(); jobs.cells.forEach(([cell, typed]) => this.enter(cell, typed)); });
      const back = make("button", "btn btn-plain", words.cancel);
      back.type = "button";
      back.addEventListener("click", () => this.dialog.close());
      this.result.replaceChildren(...notes.map(([tone, said]) => make("p", `notice notice-${tone}`, icon({ ok: "circle-check", info: "info", warn: "triangle-alert", bad: "circle-alert" }[tone]), make("span", "", said))), this.table(pairs, table.isNamed, content), make("div", "dialog-foot", back, go));
      if (!this.dialog.open) this.dialog.showModal();
      (go.disabled ? back : go).focus();
    }

    /* Which cells would be written; empty ones of the paste leave what stands there */
    jobs(pairs, columns) {
      const cells = [];
      let bad = 0, shut = 0;
      pairs.forEach(({ line, row }) => line.values.slice(0, columns.length).forEach((typed, at) => {
        if (!typed || !row) return;
        const cell = row.cells[columns[at]];
        if (!this.sheet.isOpen(cell)) shut += 1;
        else if (G.read(cell.column.content, typed) === null) bad += 1;
        else cells.push([cell, typed]);
      }));
      return { cells, bad, shut };
    }

    table(pairs, isNamed, content) {
      const { words } = this;
      const head = make("tr", "", ...(isNamed ? [make("th", "", words.pasted_name)] : []), make("th", "", words.row_name), make("th", "num", words.mark));
      const body = pairs.map(({ line, row, agrees }) => {
        const marks = line.values.map((one, at) => make("span", one && G.read(content, one) === null ? "gb-bad" : "", `${at ? " · " : ""}${one && G.read(content, one) !== null ? G.write(content, G.read(content, one)) : one}`));
        return make("tr", agrees ? "" : "gb-differs", ...(isNamed ? [make("td", "", line.name)] : []), make("td", "", agrees ? "" : icon("triangle-alert"), row ? ` ${row.name}` : " –"), make("td", "num", ...marks));
      });
      const drawn = make("table", "table", make("thead", "", head), make("tbody", "", ...body));
      const wrap = make("div", "table-wrap", drawn);
      wrap.tabIndex = 0;
      return wrap;
    }
  }

  Object.assign(G, { Pasting, readTable, match });
})();
