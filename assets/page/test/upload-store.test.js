import assert from "node:assert/strict";
import { Blob } from "node:buffer";
import { beforeEach, test } from "node:test";
import { sampleOf, uploadStore } from "../upload-store.js";

// storage is what a browser has: its keys are its own properties.
function storage() {
  const methods = {
    getItem(key) { return Object.hasOwn(this, key) ? this[key] : null; },
    setItem(key, value) { this[key] = value; },
    removeItem(key) { delete this[key]; },
  };
  return Object.create(methods);
}

const upload = (name, state, dir = "in") => ({ dir, path: name, sample: name, file: { size: 5 }, url: "/upload/" + name, state });

beforeEach(() => { globalThis.localStorage = storage(); });

test("an upload is known by folder, size and content", () => {
  uploadStore.keep(upload("a", "moving"));
  const { url, done } = uploadStore.recall(upload("a", "waiting"));
  assert.deepEqual({ url, done }, { url: "/upload/a", done: false });
  assert.equal(uploadStore.recall(upload("b", "waiting")), null);
  assert.equal(uploadStore.recall(upload("a", "waiting", "elsewhere")), null);
  assert.equal(uploadStore.recall(Object.assign(upload("a"), { file: { size: 6 } })), null);
});

test("what is done is known, but nothing to go on with", () => {
  uploadStore.keep(upload("a", "done"));
  uploadStore.keep(upload("b", "paused"));
  uploadStore.keep(upload("c", "moving", "elsewhere"));
  assert.equal(uploadStore.recall(upload("a")).done, true);
  assert.equal(uploadStore.unfinished("in"), 1);
});

test("a day later nothing is known any more, nor is there", (t) => {
  uploadStore.keep(upload("a", "moving"));
  const now = Date.now();
  t.mock.method(Date, "now", () => now + 864e5);
  assert.equal(uploadStore.unfinished("in"), 0);
  assert.deepEqual(Object.keys(localStorage), []);
});

test("a folder is forgotten alone", () => {
  uploadStore.keep(upload("a", "moving"));
  uploadStore.keep(upload("b", "moving", "elsewhere"));
  localStorage.setItem("another page's", "x");
  uploadStore.clear("in");
  assert.equal(Object.keys(localStorage).length, 2);
  uploadStore.forget(upload("b", "gone", "elsewhere"));
  assert.deepEqual(Object.keys(localStorage), ["another page's"]);
});

test("a browser that keeps nothing does no harm", () => {
  globalThis.localStorage = new Proxy({}, {
    get() { throw new Error("denied"); },
    ownKeys() { throw new Error("denied"); },
  });
  uploadStore.keep(upload("a", "moving"));
  uploadStore.forget(upload("a", "moving"));
  uploadStore.clear("in");
  assert.equal(uploadStore.recall(upload("a")), null);
  assert.equal(uploadStore.unfinished("in"), 0);
});

test("a copy under another name and with another date is the same file", async () => {
  const content = new Uint8Array(100_000).map((_, i) => i % 251);
  const first = await sampleOf(new Blob([content]));
  assert.equal(await sampleOf(new Blob([content])), first);
  for (const at of [0, 50_000, 99_999]) {
    const other = content.slice();
    other[at]++;
    assert.notEqual(await sampleOf(new Blob([other])), first, "byte " + at);
  }
  assert.equal(await sampleOf({ size: 5 }), "");
});

test("of two equal files, one that is done does not stand for the other", () => {
  uploadStore.keep(upload("a", "done"));
  assert.equal(uploadStore.recall(Object.assign(upload("a"), { path: "copy of a" })), null);
  uploadStore.keep(upload("a", "paused"));
  assert.equal(uploadStore.recall(Object.assign(upload("a"), { path: "a again" })).url, "/upload/a");
});
