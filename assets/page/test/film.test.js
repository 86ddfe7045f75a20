import assert from "node:assert/strict";
import { test } from "node:test";
import { currentAt } from "../film.js";

test("the chapter that is on is the last one that has begun", () => {
  const starts = [0, 10, 65.5];
  assert.deepEqual([-1, 0, 9.9, 9.96, 10, 65.4, 65.5, 1000].map((at) => currentAt(starts, at)), [-1, 0, 0, 1, 1, 1, 2, 2]);
});

test("chapters need not be in order, and there may be none", () => {
  assert.equal(currentAt([30, 0, 10], 15), 2);
  assert.equal(currentAt([5], 1), -1);
  assert.equal(currentAt([], 1), -1);
});
