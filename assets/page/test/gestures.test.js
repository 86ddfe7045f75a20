import assert from "node:assert/strict";
import { test } from "node:test";
import { isDoubleTap, meaningOf, middleOf } from "../gestures.js";

test("what a finger means", () => {
  const width = 400;
  for (const [what, x, y, duration, want] of [
    ["a tap", 3, -4, 80, "tap"],
    ["a long press", 0, 0, 2000, "tap"],
    ["a slow push over a quarter of the screen", 101, 0, 1000, "right"],
    ["a slow push not so far", 99, 0, 1000, ""],
    ["a quick flick", -40, 5, 60, "left"],
    ["a quick twitch", 20, 0, 10, ""],
    ["down", 10, 150, 300, "close"],
    ["down, but not far", 10, 100, 300, ""],
    ["aslant", 100, 150, 300, ""],
    ["up", 0, -200, 300, ""],
  ]) {
    assert.equal(meaningOf(x, y, duration, width), want, what);
  }
});

test("two taps go together if they are near and soon", () => {
  const first = { x: 100, y: 100, time: 1000 };
  assert.ok(isDoubleTap(first, { x: 110, y: 90, time: 1200 }));
  assert.ok(!isDoubleTap(first, { x: 110, y: 90, time: 1400 }));
  assert.ok(!isDoubleTap(first, { x: 150, y: 100, time: 1200 }));
  assert.ok(!isDoubleTap(null, first));
});

test("two fingers have a middle and a distance, which is never nothing", () => {
  assert.deepEqual(middleOf([{ x: 0, y: 0 }, { x: 30, y: 40 }]), { x: 15, y: 20, apart: 50 });
  assert.equal(middleOf([{ x: 5, y: 5 }, { x: 5, y: 5 }]).apart, 1);
});
