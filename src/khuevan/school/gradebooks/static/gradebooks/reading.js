/* What is typed into a cell, as its value, and back: 75 is 7,5. The server reads it again; tests hold both to the same cases. */
"use strict";
(() => {
  const G = (window.Gradebook = window.Gradebook || {});
  const CLEARED = -1, DUE = -2, EXEMPT = -3;
  const WORDS = { "": CLEARED, "-": CLEARED, b: DUE, bu: DUE, m: EXEMPT, mien: EXEMPT };
  const LETTERS = {
    VERDICT: { d: 1, dat: 1, 1: 1, cd: 0, c: 0, "chua dat": 0, 0: 0 },
    LEVEL: { t: 3, 3: 3, h: 2, 2: 2, c: 1, 1: 1 },
    TRAIT: { t: 3, 3: 3, d: 2, 2: 2, c: 1, 1: 1 },
  };
  const WRITTEN = { VERDICT: { 1: "Đ", 0: "CĐ" }, LEVEL: { 3: "T", 2: "H", 1: "C" }, TRAIT: { 3: "T", 2: "Đ", 1: "C" } };
  const SAID = { [CLEARED]: "", [DUE]: "bù", [EXEMPT]: "M" };
  const own = (table, key) => (Object.prototype.hasOwnProperty.call(table, key) ? table[key] : null);

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/đ/g, "d").replace(/\s+/g, " ").trim();

  const mark = (text) => {
    if (/^([0-9]|10)$/.test(text)) return Number(text) * 10;
    if (/^([0-9]{2}|100)$/.test(text)) return Number(text);
    const found = /^([0-9]|10)[.,]([0-9])$/.exec(text);
    const value = found ? Number(found[1]) * 10 + Number(found[2]) : 101;
    return value <= 100 ? value : null;
  };

  /* The value, or null where it is none */
  const read = (content, typed) => {
    const text = fold(typed);
    const word = own(WORDS, text);
    if (word !== null) return word;
    if (LETTERS[content]) return own(LETTERS[content], text);
    if (content === "TEST") return /^([0-9]|10)$/.test(text) ? Number(text) * 10 : null;
    return mark(text);
  };

  const write = (content, value) => {
    if (value === null || value === undefined) return "";
    if (value < 0) return SAID[value];
    if (WRITTEN[content]) return WRITTEN[content][value];
    return value % 10 ? `${Math.floor(value / 10)},${value % 10}` : String(value / 10);
  };

  /* Whether nothing could follow what was typed: two digits of a mark, one of a level. 10 waits, it may become 10,0 */
  const isWhole = (content, typed) => {
    if (content === "SCORE") return /^(0[0-9]|1[1-9]|[2-9][0-9])$|^[0-9][.,][0-9]$|^10[.,]0$/.test(typed);
    if (content === "VERDICT") return /^[01]$/.test(typed);
    return (content === "LEVEL" || content === "TRAIT") && /^[123]$/.test(typed);
  };

  Object.assign(G, { CLEARED, DUE, EXEMPT, fold, read, write, isWhole, isScore: (content) => content === "SCORE" || content === "TEST" });
})();
