import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { positionOf, remember } from "../position.js";

beforeEach(() => {
  const kept = new Map();
  globalThis.localStorage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
});

test("a film goes on from where it was", () => {
  remember("/a.mp4", 100.7, 5000);
  remember("/b.mp4", 200, 5000);
  remember("/a.mp4", 300, 5000);
  assert.deepEqual(["/a.mp4", "/b.mp4", "/c.mp4"].map(positionOf), [300, 200, 0]);
});

test("a film that has hardly begun or is over starts from the beginning", () => {
  for (const seconds of [0, 29, 4751, 4999, NaN]) {
    remember("/a.mp4", 100, 5000);
    remember("/a.mp4", seconds, 5000);
    assert.equal(positionOf("/a.mp4"), 0, String(seconds));
  }
  remember("/short.mp4", 40, 60);
  assert.equal(positionOf("/short.mp4"), 0);
});

test("the oldest of many films is forgotten", () => {
  for (let i = 0; i <= 100; i++) {
    remember("/" + i, 100, 5000);
  }
  assert.deepEqual(["/0", "/1", "/100"].map(positionOf), [0, 100, 100]);
});

test("nothing is remembered where the browser keeps nothing", () => {
  for (const broken of ["{", "1", null]) {
    globalThis.localStorage = { getItem: () => broken, setItem: () => { throw new Error("full"); } };
    remember("/a.mp4", 100, 5000);
    assert.equal(positionOf("/a.mp4"), 0);
  }
});
