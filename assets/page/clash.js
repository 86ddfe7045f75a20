// Asks what to do with a new file if there already is one of that name.
import { ask } from "./dialog.js";
import { fill } from "./format.js";

const dialog = document.querySelector(".clash");

async function isThere(path) {
  const address = location.pathname + path.split("/").map(encodeURIComponent).join("/");
  const answer = await fetch(address, { method: "HEAD", cache: "no-store" }).catch(() => ({}));
  return answer.ok;
}

// clashes returns a function that asks about one upload at a time and returns
// "both", "replace" or "skip". An answer may be for all uploads that follow.
export function clashes() {
  let always = "", asking = Promise.resolve();
  const folders = new Map(); // whether they were there before; in a new one nothing clashes

  async function mayClash(path) {
    const top = path.split("/")[0];
    if (top !== path && !folders.has(top)) {
      folders.set(top, await isThere(top));
    }
    return folders.get(top) !== false && isThere(path);
  }

  async function decide(upload) {
    if (always) {
      return always;
    }
    if (!await mayClash(upload.path)) {
      return "both";
    }
    dialog.querySelector("h2").textContent = fill(dialog.dataset.title, "Name", upload.path);
    const wish = await ask(dialog) || "skip";
    always = dialog.querySelector("input").checked ? wish : "";
    return wish;
  }

  return (upload) => {
    asking = asking.then(() => decide(upload));
    return asking;
  };
}
