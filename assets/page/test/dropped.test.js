import assert from "node:assert/strict";
import { test } from "node:test";

import { filesOf, isLitter, withoutLitter } from "../dropped.js";

test("what systems put into folders for themselves", () => {
  for (const name of [".DS_Store", "._IMG_1.jpg", "Thumbs.db", "thumbs.db", "desktop.ini", "Desktop.ini"]) {
    assert.ok(isLitter(name), name);
  }
  for (const name of [".gitignore", "DS_Store", "_a.txt", "Thumbs.db.txt", "my desktop.ini"]) {
    assert.ok(!isLitter(name), name);
  }
});

test("a file that was chosen by itself is meant", () => {
  const files = ["desktop.ini", "folder/desktop.ini", "folder/a.txt"].map((path) => ({ file: {}, path }));
  assert.deepEqual(withoutLitter(files).map(({ path }) => path), ["desktop.ini", "folder/a.txt"]);
});

// entry makes what browsers give for a dropped file, or for a folder, whose
// entries come in parts.
function entry(name, inside) {
  if (!inside) {
    return { name, isFile: true, file: (done) => done({ name }) };
  }
  const parts = [...inside.map((one) => [one]), []];
  return { name, isFile: false, createReader: () => ({ readEntries: (done) => done(parts.shift()) }) };
}

test("folders that were dropped", async () => {
  const broken = { name: "broken", isFile: true, file: (done, fail) => fail(new Error("unreadable")) };
  const dropped = [
    entry("a.txt"),
    entry("trip", [entry("b.jpg"), entry(".DS_Store"), entry("empty", []), entry("litter", [entry("Thumbs.db")]), broken]),
  ];
  const files = await filesOf(dropped);
  assert.deepEqual(files.map(({ file, path }) => [path, file !== null]), [
    ["a.txt", true], ["trip/b.jpg", true], ["trip/empty", false], ["trip/litter", false],
  ]);
});
