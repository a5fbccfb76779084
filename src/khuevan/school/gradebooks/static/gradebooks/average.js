/* What an average would become. Only the server's is official: tests hold this to the same cases as its rules. */
"use strict";
(() => {
  const G = (window.Gradebook = window.Gradebook || {});
  const MIDTERM = 2, FINAL = 3;
  const rounded = (total, divisor) => Math.floor((2 * total + divisor) / (2 * divisor));
  const given = (values) => values.filter((one) => one !== null && one !== undefined && one >= 0);
  const has = (value) => value !== null && value !== undefined && value >= 0;

  /* marks: {regular: [tenths or null], midterm, final, cluster, needsCluster}; null while one is missing */
  const termAverage = (marks, required) => {
    const regular = given(marks.regular);
    if (regular.length < required || !has(marks.midterm) || !has(marks.final)) return null;
    if (marks.needsCluster && !has(marks.cluster)) return null;
    const counted = [...regular, ...given([marks.cluster])];
    const sum = counted.reduce((a, b) => a + b, 0);
    const divisor = counted.length + MIDTERM + FINAL;
    return { tenths: rounded(sum + MIDTERM * marks.midterm + FINAL * marks.final, divisor), counted, divisor };
  };

  /* 1, 0, or null while a comment is missing */
  const termVerdict = (marks, required) => {
    const regular = given(marks.regular);
    if (regular.length < required || !has(marks.midterm) || !has(marks.final)) return null;
    return [...regular, marks.midterm, marks.final].every((one) => one === 1) ? 1 : 0;
  };

  const shown = (tenths) => (tenths % 10 ? `${Math.floor(tenths / 10)},${tenths % 10}` : String(tenths / 10));
  const fixed = (tenths) => `${Math.floor(tenths / 10)},${tenths % 10}`;
  const formula = (marks, found) =>
    `(${[...found.counted.map(shown), `2 × ${shown(marks.midterm)}`, `3 × ${shown(marks.final)}`].join(" + ")}) ÷ ${found.divisor} =`;
  const mean = (values) => (values.length ? fixed(rounded(values.reduce((a, b) => a + b, 0), values.length)) : "–");

  Object.assign(G, { termAverage, termVerdict, formula, fixed, mean, rounded });
})();
