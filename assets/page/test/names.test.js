import assert from "node:assert/strict";
import { test } from "node:test";
import { baseName, nameAt, pastedName, stemLength } from "../names.js";

test("the name is the last part of a path", () => {
  assert.equal(baseName("a/b/c.txt"), "c.txt");
  assert.equal(baseName("c.txt"), "c.txt");
});

test("addresses tell names", () => {
  for (const [address, want] of [
    ["/a/two%20words.txt", "two words.txt"], ["/a/folder/", "folder"], ["/100%25", "100%"], ["/%F0%9F%8F%96", "🏖"],
    ["/not-utf8-%FF", ""], ["/broken%", ""], ["", ""],
  ]) {
    assert.equal(nameAt(address), want, address);
  }
});

test("the stem of a name is what one changes when renaming it", () => {
  for (const [name, want] of [["beach.jpg", "beach"], ["archive.tar.gz", "archive.tar"], ["README", "README"], [".profile", ".profile"], ["", ""]]) {
    assert.equal(name.slice(0, stemLength(name)), want, name);
  }
});

process.env.TZ = "Europe/Berlin"; // where it is not the time of UTC

test("what is pasted without a name is called by when it was pasted", () => {
  const when = new Date(2026, 6, 1, 9, 5, 7);
  const name = (file, index) => pastedName(file, "Pasted", when, index);
  assert.equal(name({ name: "image.png", type: "image/png" }, 0), "Pasted 2026-07-01 09.05.07.png");
  assert.equal(name({ name: "image.png", type: "image/png" }, 1), "Pasted 2026-07-01 09.05.07 2.png");
  assert.equal(name({ name: "", type: "image/svg+xml" }, 0), "Pasted 2026-07-01 09.05.07.svg");
  assert.equal(name({ name: "beach.png", type: "image/png" }, 0), "beach.png");
  assert.equal(name({ name: "image.backup.png", type: "image/png" }, 0), "image.backup.png");
});
