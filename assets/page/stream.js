// Keeps an open page up to date: when a server-sent event says that something
// has changed, the page fetches its own address again. It also says when the
// owner stops sharing, or the computer cannot be reached.
import { isBusy } from "./busy.js";
import { lost } from "./failover.js";
import { Shown } from "./reconcile.js";
import { Backoff } from "./retry.js";

const endpoint = "/.windowsill/live";
const silence = 30; // seconds without an event after which the connection counts as dead
const timeout = 8; // seconds for an answer
const tolerated = 2; // connections in a row that may break after one event; if more do, something in between buffers events

const line = document.querySelector(".live"), wording = line.dataset;
export const shown = new Shown();

let source = null; // of events; null while there is none
let heard = 0; // when the last event came, in milliseconds
let broken = 0; // connections in a row that broke before their second event
let away = ""; // why the page may be out of date: "stopped", "lost" or ""
let timer = 0;
const pause = new Backoff(1, 1.7, 20);

export function say(text, verb, act) {
  if (line.textContent === text + (verb || "")) {
    return;
  }
  line.textContent = "";
  if (text) {
    line.append(sentence(text, verb, act));
  }
}

// sentence makes a paragraph, with a button if verb is given.
export function sentence(text, verb, act) {
  const p = document.createElement("p");
  p.textContent = text;
  if (verb) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tool";
    button.textContent = verb;
    button.addEventListener("click", act);
    p.append(button);
  }
  return p;
}

// reload reloads the page unless something would be lost.
function reload() {
  if (!isBusy()) {
    location.reload();
  }
}

function listen() {
  if (source || document.hidden) {
    return;
  }
  if (broken > tolerated) {
    again(10); // polls
    return;
  }
  let address = endpoint, events = 0;
  if (shown.isFolder) {
    address += "?in=" + location.pathname.replace(/[&+;]/g, encodeURIComponent) + "&asof=" + shown.asOf;
  }
  source = new EventSource(address);
  heard = Date.now();
  Object.keys(reactions).forEach((kind) => source.addEventListener(kind, () => {
    heard = Date.now();
    if (++events > 1) {
      broken = 0;
    }
    reactions[kind]();
  }));
  source.addEventListener("error", () => {
    broken++;
    hush();
    look();
  });
}

export const reactions = {
  beat() {},
  changed() { look(); },
  text() {
    if (shown.texts) {
      look();
    } else {
      say(wording.texted, wording.read, () => location.assign("/.windowsill/text"));
    }
  },
  enough() { // the device has too many open pages: this one has to poll
    hush();
    broken = tolerated + 1;
    again(10);
  },
  stopped() {
    away = "stopped";
    say(wording[away]);
    hush();
    pause.reset();
    again(2);
  },
  unencrypted() { hush(); }, // the rest is in encrypted.js
};

function hush() {
  if (source) {
    source.close();
    source = null;
  }
}

function again(seconds) {
  clearTimeout(timer);
  timer = setTimeout(look, 1000 * seconds);
}

let looking = false, lookAgain = false;

// look fetches what the page shows, and listens again if that works.
export async function look() {
  clearTimeout(timer);
  if (document.hidden) {
    return;
  }
  if (looking) {
    lookAgain = true;
    return;
  }
  looking = true;
  try {
    await update(await ask());
  } catch (err) {
    away = away || "lost";
    say(wording[away]);
    hush();
    lost();
    again(pause.next());
  }
  looking = false;
  if (lookAgain) {
    lookAgain = false;
    look();
  }
}

async function ask() {
  const abort = new AbortController(), late = setTimeout(() => abort.abort(), 1000 * timeout);
  try {
    return await fetch(shown.canChange ? shown.address : endpoint, {
      method: shown.canChange ? "GET" : "HEAD", headers: { Accept: "text/html" },
      cache: "no-cache", signal: abort.signal,
    });
  } finally {
    clearTimeout(late);
  }
}

async function update(answer) {
  if (answer.status === 401 || answer.status === 403) {
    again(10);
    reload(); // to the door
    return;
  }
  if (!answer.ok && answer.status !== 404 && answer.status !== 503) {
    throw new Error("status " + answer.status);
  }
  away = "";
  pause.reset();
  say("");
  if (shown.canChange) {
    const remains = await shown.merge(answer.ok ? await answer.text() : "");
    if (remains === "reload") {
      reload();
    } else if (remains === "offer") {
      say(wording.changed, wording.refresh, () => location.reload());
    }
  }
  listen();
}

// While the server is away, a link would lead to the browser's own error page,
// which does not recover by itself.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[href]");
  if (away && link && !event.defaultPrevented && link.origin === location.origin && !link.getAttribute("href").startsWith("#")) {
    event.preventDefault();
    await look();
    if (!away) {
      link.click();
    }
  }
});

// A hidden page does nothing; when it is shown again it catches up.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    hush();
    clearTimeout(timer);
  } else {
    look();
  }
});
// A picture or film that fails is a sign that the computer may be away.
document.addEventListener("error", (event) => {
  if (!away && source && Date.now() - heard > 5000 && event.target.matches("img, video, audio")) {
    look();
  }
}, true);
window.addEventListener("online", look);
window.addEventListener("offline", look);
window.addEventListener("pagehide", hush);
window.addEventListener("pageshow", (event) => {
  if (event.persisted) { // from the back/forward cache
    look();
  }
});
setInterval(() => {
  if (source && Date.now() - heard > 1000 * silence) {
    hush();
    look();
  }
}, 5000);

listen();

// What only an encrypted share needs. It is there before it is needed, when the share
// cannot be reached any more.
if (location.protocol === "https:") {
  const script = document.createElement("script");
  script.type = "module";
  script.src = document.querySelector("[src$='/stream.js']").src.replace("stream.js", "encrypted.js");
  document.head.append(script);
}
