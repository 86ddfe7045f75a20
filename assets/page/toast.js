// A message that goes away by itself.
import { busyWhile } from "./busy.js";
import { look, sentence } from "./stream.js";

const shownFor = 10000; // milliseconds, without those in which it is hovered or focused
const line = document.querySelector(".toast");
let left = 0, timer = 0, since = 0;

// tell shows a message, with a button if verb is given.
export function tell(text, verb, act) {
  line.textContent = "";
  line.append(sentence(text, verb, () => {
    hide();
    act();
  }));
  left = shownFor;
  run();
}

function hide() {
  clearTimeout(timer);
  line.textContent = "";
  look();
}

function run() {
  clearTimeout(timer);
  since = Date.now();
  timer = setTimeout(hide, left);
}

function wait() {
  clearTimeout(timer);
  left = Math.max(2000, left - (Date.now() - since));
}

line.addEventListener("pointerenter", wait);
line.addEventListener("pointerleave", run);
line.addEventListener("focusin", wait);
line.addEventListener("focusout", run);
busyWhile(() => line.textContent !== "");
