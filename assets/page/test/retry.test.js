import assert from "node:assert/strict";
import { test } from "node:test";
import { Backoff } from "../retry.js";

test("pauses grow up to the longest, and begin anew after a success", () => {
  const pause = new Backoff(1, 2, 15);
  assert.deepEqual(Array.from({ length: 6 }, () => pause.next()), [1, 2, 4, 8, 15, 15]);
  pause.reset();
  assert.equal(pause.next(), 1);
});
