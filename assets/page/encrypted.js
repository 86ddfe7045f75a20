// What only the pages of an encrypted share need.
import { isBusy } from "./busy.js";
import { reactions, say } from "./stream.js";

const wording = document.querySelector(".live").dataset, { unencrypted } = reactions;

// The page goes on without encryption once the share has had time to start anew, which
// takes up to 3 s. What would be lost is left to the visitor.
reactions.unencrypted = () => {
  unencrypted();
  say(wording.stopped);
  setInterval(() => isBusy() ? say(wording.changed, wording.refresh, withoutTLS) : withoutTLS(), 5000);
};

function withoutTLS() {
  location.protocol = "http";
}

// Browsers that trust an encrypted share say in its words that the computer is gone.
if (navigator.serviceWorker) {
  navigator.serviceWorker.register("/.windowsill/away.js", { scope: "/" }).catch(() => {});
}
