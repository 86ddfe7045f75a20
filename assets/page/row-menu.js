// The buttons for visitors who may change things: one in each row of a list, and
// one that makes a folder. What they do is in change.js.
import { load } from "./adding.js";
import { fill } from "./format.js";

const main = document.querySelector("main"), newFolder = document.querySelector(".new-folder");
const template = document.querySelector("template.act").content.firstElementChild;

// addButtons gives a button to each row that has none yet.
function addButtons() {
  main.querySelectorAll("ul.list > li").forEach((row) => {
    if (row.querySelector(".act") || !row.querySelector("a.open")) {
      return;
    }
    const button = template.cloneNode(true), name = row.querySelector("bdi").textContent;
    button.setAttribute("aria-label", fill(button.getAttribute("aria-label"), "Name", name));
    row.append(button);
  });
}

function start() {
  main.addEventListener("pointerdown", (event) => {
    if (event.target.closest(".act")) {
      load();
    }
  });
  main.addEventListener("click", async (event) => {
    const button = event.target.closest(".act");
    if (button) {
      (await load()).change([button.closest("li")]);
    }
  });
  document.addEventListener("windowsill-change", async ({ detail }) => {
    if (await (await load()).change(detail.rows, detail.title)) {
      detail.done();
    }
  });
  newFolder.hidden = false;
  newFolder.addEventListener("click", async () => {
    document.querySelector(".add").open = false;
    (await load()).create();
  });
  document.body.classList.add("changing");
  addButtons();
  new MutationObserver(addButtons).observe(main, { childList: true, subtree: true });
}

if (window.HTMLDialogElement) {
  start();
}
