// What scripts add to the wall of pictures: the height of what is not laid out
// yet, and the names of pictures that have no thumbnail.
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

function miss(img) {
  if (img.matches && img.matches(".gallery img")) {
    img.closest("li").classList.add("missing");
  }
}

main.addEventListener("error", (event) => miss(event.target), true);
main.querySelectorAll(".gallery img").forEach((img) => {
  if (img.complete && !img.naturalWidth && img.currentSrc) {
    miss(img);
  }
});
measure();
shown.onMerged(measure);
new MutationObserver(measure).observe(main, { childList: true, subtree: true });
