// Moving, renaming and deleting what a search has found and somebody has ticked.
// After that the search is made again.
import { change } from "./change.js";
import { addressOf, focusAt, isLost, refocus } from "./focus.js";
import { shown } from "./stream.js";

const main = document.querySelector("main");

document.addEventListener("windowsill-change", async ({ detail }) => {
  if (await change(detail.rows, detail.title)) {
    detail.done();
  }
});

document.addEventListener("windowsill-changed", async () => {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main.results");
  const row = document.activeElement.closest("main li");
  if (answer.ok && fresh) {
    main.textContent = "";
    main.append(...fresh.children);
    shown.begin();
    refocus();
    if (row && isLost()) {
      focusAt(addressOf(row));
    }
  }
});
