// What only the pages of an encrypted share need.
import { isBusy } from "./busy.js";
import { say } from "./stream.js";

const wording = document.querySelector(".live").dataset;

function withoutTLS() {
  location.protocol = "http";
}

// leave goes on without encryption, once the share has had time to start anew: it
// takes up to 3 s. What would be lost is left to the visitor.
export function leave() {
  setInterval(() => isBusy() ? say(wording.changed, wording.refresh, withoutTLS) : withoutTLS(), 5000);
}

// Browsers that trust an encrypted share say in its words that the computer is gone.
if (navigator.serviceWorker) {
  navigator.serviceWorker.register("/.windowsill/away.js", { scope: "/" }).catch(() => {});
}
