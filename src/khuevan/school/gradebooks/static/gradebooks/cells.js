/* The sheet as rows and cells: what stands in each, and how it is drawn in each of its states. */
"use strict";
(() => {
  const G = (window.Gradebook = window.Gradebook || {});
  const ICONS = { saving: "refresh-cw", offline: "cloud-off", conflict: "git-compare-arrows", invalid: "circle-alert", refused: "ban" };
  const STATES = [...Object.keys(ICONS), "due", "exempt"];

  const icon = (name) => {
    const sprite = document.querySelector(".icon use").getAttribute("href").replace(/#.*/, "");
    const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    drawn.setAttribute("class", "icon");
    drawn.setAttribute("viewBox", "0 0 24 24");
    drawn.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${sprite}#${name}`);
    drawn.append(use);
    return drawn;
  };

  const make = (tag, css, ...inside) => {
    const made = document.createElement(tag);
    if (css) made.className = css;
    made.append(...inside.filter((one) => one !== null && one !== undefined && one !== ""));
    return made;
  };

  const aligned = (text) => {
    const [whole, rest] = text.split(",");
    return make("span", "mv", whole, make("span", "", rest === undefined ? "" : `,${rest}`));
  };

  class Sheet {
    constructor(told) {
      this.told = told;
      this.columns = told.columns;
      this.rows = [...document.querySelectorAll("[data-gb-sheet] tbody tr")].map((row, at) => ({
        at, row, student: row.dataset.s, held: "held" in row.dataset, name: row.querySelector(".name > span").textContent,
        averages: [...row.querySelectorAll("td.average")],
      }));
      this.rows.forEach((row) => {
        row.cells = [...row.row.querySelectorAll("td.mark-cell")].map((td, at) => ({
          td, row, column: this.columns[at], at,
          value: td.dataset.v === undefined ? null : Number(td.dataset.v),
          version: Number(td.dataset.n || 0),
        }));
      });
      this.heads = [...document.querySelectorAll("[data-gb-sheet] thead tr")].map((row) => [...row.querySelectorAll(".gb-col")]);
      this.foot = document.querySelector("[data-gb-sheet] tfoot");
    }

    cell(student, slot) {
      const at = this.columns.findIndex((one) => one.slot === slot);
      const row = this.rows.find((one) => one.student === student);
      return row && at >= 0 ? row.cells[at] : null;
    }

    isOpen(cell) { return this.told.mayEnter && !cell.column.locked && !cell.row.held; }

    isOpenColumn(at) { return this.told.mayEnter && !this.columns[at].locked; }

    /* What a cell holds, as far as the person sees it: what waits counts */
    text(cell, entry) { return entry ? entry.typed : G.write(cell.column.content, cell.value); }

    draw(cell, entry, state) {
      const { td, column } = cell;
      const input = td.querySelector("input");
      STATES.forEach((one) => td.classList.remove(`cell-${one}`));
      td.textContent = "";
      td.removeAttribute("title");
      const value = entry ? G.read(column.content, entry.typed) : cell.value;
      const text = value === null && entry ? entry.typed : G.write(column.content, value);
      if (value === G.DUE) td.classList.add("cell-due");
      if (value === G.EXEMPT) td.classList.add("cell-exempt");
      td.append(G.isScore(column.content) && value !== null && value >= 0 ? aligned(text) : text);
      if (state) {
        td.classList.add(`cell-${state}`);
        td.append(icon(ICONS[state]));
      }
      if (input) td.append(input);
    }

    marks(row, period, instead) {
      const found = { regular: [], midterm: null, final: null, cluster: null, needsCluster: false };
      row.cells.forEach((cell) => {
        if (cell.column.period !== period) return;
        const value = instead && instead.cell === cell ? instead.value : cell.value;
        if (cell.column.part === "regular") found.regular.push(value);
        else if (cell.column.part) found[cell.column.part] = value;
        if (cell.column.part === "cluster") found.needsCluster = true;
      });
      return found;
    }

    showAverages(row, results) {
      this.told.averages.forEach((at, place) => {
        const value = results[at];
        row.averages[place].textContent = value === null ? "–" : this.told.form === "COMMENT" ? G.write("VERDICT", value) : G.fixed(value);
      });
      this.showMeans();
    }

    /* The row of the class's averages, from what is saved */
    showMeans() {
      if (!this.foot) return;
      const present = this.rows.filter((row) => !row.held);
      [...this.foot.querySelectorAll(".mark-cell")].forEach((td, at) => {
        td.replaceChildren(aligned(G.mean(present.map((row) => row.cells[at].value).filter((one) => one !== null && one >= 0))));
      });
      [...this.foot.querySelectorAll(".average")].forEach((td, at) => {
        const shown = present.map((row) => row.averages[at].textContent).filter((one) => one !== "–");
        td.textContent = G.mean(shown.map((one) => Math.round(Number(one.replace(",", ".")) * 10)));
      });
    }

    filled(at) {
      const present = this.rows.filter((row) => !row.held);
      return { given: present.filter((row) => row.cells[at].value !== null && ![G.CLEARED, G.DUE].includes(row.cells[at].value)).length, all: present.length };
    }
  }

  Object.assign(G, { Sheet, icon, make });
})();
