// While a visitor waits: asks whether the owner has answered, and then goes to
// the address that the visitor wanted. Without script the page tries that
// address every few seconds.
import { Backoff } from "./retry.js";

const timeout = 30; // seconds for an answer; the server holds it back for 25 s at most
const state = document.querySelector(".state"), calm = state.textContent;
let asking = null; // stops asking; null while the page is hidden

async function ask(signal) {
  const abort = new AbortController();
  const late = setTimeout(() => abort.abort(), 1000 * timeout);
  signal.addEventListener("abort", () => abort.abort());
  try {
    const answer = await fetch("/.windowsill/wait", { cache: "no-store", mode: "same-origin", signal: abort.signal });
    if (!answer.ok) {
      throw new Error("status " + answer.status);
    }
    return (await answer.json()).status;
  } finally {
    clearTimeout(late);
  }
}

function say(text) {
  if (state.textContent !== text) {
    state.textContent = text;
  }
}

// wait asks until the owner has answered (long polling).
async function wait(signal) {
  const pause = new Backoff(0.25, 2, 5);
  while (!signal.aborted) {
    try {
      const status = await ask(signal);
      if (status === "unencrypted") {
        say(state.dataset.lost);
        setTimeout(() => location.protocol = "http", 5000); // the share starts anew, which may take 3 s
        return;
      }
      if (status !== "waiting") {
        const to = document.querySelector("input[name=to]").value; // begins with a slash
        location.replace(location.origin + to);
        return;
      }
      pause.reset();
      say(calm);
    } catch (err) { // the network or the server is down
      if (!signal.aborted) {
        say(state.dataset.lost);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 1000 * pause.next()));
  }
}

function look() {
  if (document.hidden && asking) {
    asking.abort();
    asking = null;
  } else if (!document.hidden && !asking) {
    asking = new AbortController();
    wait(asking.signal);
  }
}

// again asks anew: after a change of the network, the answer may never come.
function again() {
  if (asking) {
    asking.abort();
    asking = null;
  }
  look();
}

document.addEventListener("visibilitychange", look);
window.addEventListener("online", again);
window.addEventListener("offline", again);
look();
