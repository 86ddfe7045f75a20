// The scripts as a whole, which browsers would complain about only when they
// load them.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const page = new URL("../", import.meta.url);
const sources = new Map(readdirSync(page).filter((name) => name.endsWith(".js"))
  .map((name) => [name, readFileSync(new URL(name, page), "utf8")]));

// importsOf returns what a module imports before it runs, as {names, from}.
function importsOf(name) {
  const found = sources.get(name).matchAll(/^import (?:\{ (.*) \} from )?"\.\/(.*)";$/gm);
  return Array.from(found, ([, names, from]) => ({ names: names ? names.split(", ") : [], from }));
}

function exportsOf(name) {
  return Array.from(sources.get(name).matchAll(/^export (?:async )?(?:function|class|const|let) (\w+)/gm), ([, exported]) => exported);
}

// neededBy returns modules with all that they import.
function neededBy(...modules) {
  const all = new Set(modules);
  all.forEach((name) => importsOf(name).forEach(({ from }) => all.add(from)));
  return all;
}

test("each import is exported, and each export imported", () => {
  const wanted = new Set();
  for (const name of sources.keys()) {
    for (const { names, from } of importsOf(name)) {
      assert.ok(sources.has(from), name + " imports " + from);
      for (const imported of names) {
        assert.ok(exportsOf(from).includes(imported), name + " imports " + imported + " from " + from);
      }
    }
    for (const [, names, from] of sources.get(name).matchAll(/\{ (.*) \} = .*await import\("\.\/(.*)"\)/g)) {
      names.split(", ").forEach((imported) => {
        assert.ok(exportsOf(from).includes(imported), name + " imports " + imported + " from " + from);
        wanted.add(from + " " + imported);
      });
    }
    importsOf(name).forEach(({ names, from }) => names.forEach((imported) => wanted.add(from + " " + imported)));
  }
  const here = new URL(".", import.meta.url);
  const tests = readdirSync(here).map((name) => readFileSync(new URL(name, here), "utf8")).join();
  for (const name of sources.keys()) {
    for (const exported of exportsOf(name)) {
      assert.ok(wanted.has(name + " " + exported) || tests.includes('from "../' + name + '"') && tests.includes(exported), name + " exports " + exported + " to nobody");
    }
  }
});

test("imports go one way", () => {
  const visit = (name, above) => importsOf(name).forEach(({ from }) => {
    assert.ok(!above.includes(from), [...above, from].join(" → "));
    visit(from, [...above, from]);
  });
  sources.forEach((_, name) => visit(name, [name]));
});

test("adding.js fetches all that it will import", () => {
  const list = (name) => sources.get("adding.js").match(new RegExp("const " + name + " = (\\[.*\\]);"))[1];
  const there = neededBy("stream.js", "folder.js", "adding.js", "row-menu.js");
  const missing = (...modules) => Array.from(neededBy(...modules)).filter((name) => !there.has(name)).sort();
  const queueFiles = missing("queue.js", "dropped.js", "names.js");
  assert.deepEqual(JSON.parse(list("queueFiles")).sort(), queueFiles);
  assert.deepEqual(JSON.parse(list("changeFiles")).sort(), missing("change.js", "clash.js").filter((name) => !queueFiles.includes(name)));
});
