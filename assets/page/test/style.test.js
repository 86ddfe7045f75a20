import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const page = new URL("../", import.meta.url);

// rulesOf returns the rules of a style as {within, selectors}: in which at-rules
// they are, and for what.
function rulesOf(css) {
  const rules = [], within = [];
  for (const [, text, mark] of css.replace(/\/\*[^]*?\*\//g, "").matchAll(/([^{};]*)([{};])/g)) {
    const head = text.trim();
    if (mark === "{") {
      within.push(head);
      if (!head.startsWith("@")) {
        rules.push({ within: within.slice(0, -1).join(" "), selectors: head.split(/,\s*(?![^(]*\))/) });
      }
    } else if (mark === "}") {
      within.pop();
    }
  }
  return rules;
}

test("a rule is written once", () => {
  for (const name of readdirSync(page).filter((file) => file.endsWith(".css"))) {
    const seen = new Set();
    for (const { within, selectors } of rulesOf(readFileSync(new URL(name, page), "utf8"))) {
      const rule = within + " { " + selectors.slice().sort().join(", ");
      assert.ok(!seen.has(rule), name + " has two rules for " + rule);
      seen.add(rule);
    }
  }
});

// Safari up to 14.0 looks for such a picture beside the page, not beside the style.
test("no address stands in a value that is calculated", () => {
  for (const name of readdirSync(page).filter((file) => file.endsWith(".css"))) {
    for (const [value] of readFileSync(new URL(name, page), "utf8").matchAll(/:[^:;{}]*url\([^;{}]*/g)) {
      assert.doesNotMatch(value, /var\(/, name);
    }
  }
});

// Safari up to 10.0 has no grid, which would give an icon its size.
test("an icon has a size of its own", () => {
  for (const name of readdirSync(page).filter((file) => file.endsWith(".css"))) {
    for (const [rule] of readFileSync(new URL(name, page), "utf8").matchAll(/\{[^{}]*mask: url\([^{}]*\}/g)) {
      assert.match(rule, /content: "";\s+display: block;/, name);
    }
  }
});

// Safari up to 15.3 knows no dialogs, and shows what is in them. The style of the
// queue is too late: it is loaded when it is first needed.
test("a dialog that is not open is hidden from the start", () => {
  assert.match(readFileSync(new URL("adding.css", page), "utf8"), /^dialog:not\(\[open\]\) \{ display: none; \}/m);
});
