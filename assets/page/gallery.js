// What scripts add to the wall of pictures: the height of what is not laid out
// yet.
import { shown } from "./stream.js";

const main = document.querySelector("main");

function measure() {
  main.querySelectorAll(".gallery section").forEach((section) => {
    const squares = section.lastElementChild.childElementCount;
    if (section.dataset.n !== String(squares)) {
      section.dataset.n = squares;
      section.style.setProperty("--n", squares);
    }
  });
}

measure();
shown.onMerged(measure);
new MutationObserver(measure).observe(main, { childList: true, subtree: true });
