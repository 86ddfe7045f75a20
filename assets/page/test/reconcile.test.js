import assert from "node:assert/strict";
import { test } from "node:test";
import { matchRows, sameRows } from "../reconcile.js";

const row = (key, html = key) => ({ key, html });
const pairs = (shown, fresh) => matchRows(shown, fresh).map(({ index, same }) => index + (same ? " same" : ""));

test("each fresh row finds the one that it replaces", () => {
  const shown = [row("a"), row("b"), row("c")];
  for (const [what, fresh, want] of [
    ["nothing has changed", shown, ["0 same", "1 same", "2 same"]],
    ["one came", [row("a"), row("new"), row("b"), row("c")], ["0 same", "-1", "1 same", "2 same"]],
    ["one went", [row("a"), row("c")], ["0 same", "2 same"]],
    ["one became larger", [row("a"), row("b", "b, 5 kB"), row("c")], ["0 same", "1", "2 same"]],
    ["another order", [row("c"), row("a"), row("b")], ["2 same", "0 same", "1 same"]],
    ["all went", [], []],
  ]) {
    assert.deepEqual(pairs(shown, fresh), want, what);
  }
  assert.deepEqual(pairs([], shown), ["-1", "-1", "-1"]);
});

test("lists are the same only to the letter and in the same order", () => {
  const shown = [row("a"), row("b")];
  assert.ok(sameRows(shown, [row("a"), row("b")]));
  assert.ok(!sameRows(shown, [row("b"), row("a")]));
  assert.ok(!sameRows(shown, [row("a")]));
  assert.ok(!sameRows(shown, [row("a"), row("b", "other")]));
  assert.ok(!sameRows([{ key: "a", html: undefined }], [row("a")]), "a row that came later");
});
