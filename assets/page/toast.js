// A message that goes away by itself.
import { busyWhile } from "./busy.js";
import { look, sentence } from "./stream.js";

const shownFor = 10000; // milliseconds, without those in which it is hovered or focused
const line = document.querySelector(".toast");
let left = 0, timer = 0, since = 0;
let from = null, visited = false; // where Tab led to the button from, and whether it has

// tell shows a message, with a button if verb is given.
export function tell(text, verb, act) {
  line.textContent = "";
  line.append(sentence(text, verb, () => {
    hide();
    act();
  }));
  left = shownFor;
  visited = false;
  run();
}

function hide() {
  clearTimeout(timer);
  if (from && line.contains(document.activeElement)) {
    from.focus();
  }
  from = null;
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

// tab makes the button the next one in the order of Tab, wherever the focus is. From
// there Tab goes on where it had been.
function tab(event) {
  const button = line.querySelector("button");
  if (event.key !== "Tab" || !button || event.altKey || event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) {
    return;
  }
  if (document.activeElement === button && from && from.isConnected) {
    from.focus(); // and on to the next, unless Shift leads back
    if (event.shiftKey) {
      event.preventDefault();
    }
  } else if (!visited && !event.shiftKey && document.activeElement !== button) {
    visited = true;
    from = document.activeElement === document.body ? null : document.activeElement;
    event.preventDefault();
    button.focus();
  }
}

document.addEventListener("keydown", tab);
line.addEventListener("pointerenter", wait);
line.addEventListener("pointerleave", run);
line.addEventListener("focusin", wait);
line.addEventListener("focusout", run);
busyWhile(() => line.textContent !== "");
