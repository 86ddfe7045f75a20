import assert from "node:assert/strict";
import { test } from "node:test";
import { bounded, dragged, magnified } from "../zoom.js";

const whole = { by: 1, x: 0, y: 0 };

test("what is under the finger stays there", () => {
  const at = { x: 30, y: -20 };
  let view = magnified(whole, 2, at);
  assert.deepEqual(view, { by: 2, x: -30, y: 20 });
  view = magnified(view, 4, at);
  assert.deepEqual(view, { by: 4, x: -90, y: 60 });
  assert.deepEqual(magnified(view, 1, at), { by: 1, x: 0, y: 0 });
});

test("one comes no closer than eight times, and not farther than the whole", () => {
  assert.equal(magnified(whole, 100, { x: 0, y: 0 }).by, 8);
  assert.equal(magnified(whole, 0.1, { x: 0, y: 0 }).by, 1);
});

test("a picture is dragged by as much as the finger", () => {
  assert.deepEqual(dragged({ by: 2, x: 1, y: 1 }, 10, -5), { by: 2, x: 11, y: -4 });
});

test("no edge of the picture leaves the stage before it must", () => {
  const stage = { width: 400, height: 800 }, wide = { width: 4000, height: 2000 };
  for (const [what, view, picture, want] of [
    ["it fits", { by: 1, x: 50, y: 50 }, wide, { by: 1, x: 0, y: 0 }],
    ["twice as wide as the stage", { by: 2, x: 999, y: 50 }, wide, { by: 2, x: 200, y: 0 }],
    ["the other way", { by: 2, x: -999, y: 0 }, wide, { by: 2, x: -200, y: 0 }],
    ["within its bounds", { by: 2, x: 150, y: 0 }, wide, { by: 2, x: 150, y: 0 }],
    ["higher as well", { by: 8, x: 0, y: 999 }, wide, { by: 8, x: 0, y: 400 }],
    ["a small picture is not shown larger than it is", { by: 2, x: 99, y: 99 }, { width: 100, height: 100 }, { by: 2, x: 0, y: 0 }],
    ["it has not arrived", { by: 2, x: 5, y: 5 }, { width: 0, height: 0 }, { by: 2, x: 0, y: 0 }],
  ]) {
    const got = bounded(view, picture, stage);
    assert.deepEqual({ by: got.by, x: got.x + 0, y: got.y + 0 }, want, what); // -0 is 0
  }
});
