// Finds the share again when the address of the page is gone, as after a change
// of networks: the page learns the other addresses beforehand, and moves to the
// first one that answers.
import { isBusy } from "./busy.js";

const timeout = 4; // seconds for an answer
const renewal = 120; // seconds after which the addresses are asked for again
const memory = 60; // seconds for which an address counts as lost; at least as long as stream.js waits to ask again

let known = null; // what the server said: mark, ticket and addresses
let askedAt = 0;
let seeking = false;
let lostAt = 0; // when the page's own address failed to answer
let state = () => location.hash.slice(1);

// carry sets the function that returns what the page takes along when it moves.
// That goes behind the # of the address, which browsers do not send, and keep
// through a redirect.
export function carry(what) {
  state = what;
}

// lost is for when the page's own address does not answer.
export function lost() {
  lostAt = Date.now();
  seek();
}

async function learn() {
  if (document.hidden || Date.now() - askedAt < 1000 * renewal) {
    return;
  }
  askedAt = Date.now();
  try {
    const answer = await fetch("/.windowsill/elsewhere", { cache: "no-store" });
    if (answer.ok) {
      known = await answer.json();
    }
  } catch (err) {
    askedAt = 0; // try again next time
  }
}

async function seek() {
  if (!known || !known.at || seeking || isBusy() || isPlaying() || document.hidden) {
    return;
  }
  seeking = true;
  const tries = known.at.map((address) => ({ address, found: isAt(address) })); // all at once
  for (const { address, found } of tries) {
    if (await found) {
      const to = encodeURIComponent(location.pathname + location.search), kept = state();
      location.replace(address + "/.windowsill/move?ticket=" + encodeURIComponent(known.ticket) + "&to=" + to + (kept && "#" + kept));
      return;
    }
  }
  seeking = false;
}

// isPlaying tells whether something plays and has enough data to go on.
function isPlaying() {
  return Array.from(document.querySelectorAll(".play")).some((player) =>
    !player.paused && player.readyState > HTMLMediaElement.HAVE_CURRENT_DATA);
}

// isAt tells whether this very share is at an address. It asks for a picture,
// which any page may load from anywhere.
function isAt(address) {
  return new Promise((resolve) => {
    const picture = new Image();
    setTimeout(resolve, 1000 * timeout, false);
    picture.addEventListener("load", () => resolve(true));
    picture.addEventListener("error", () => resolve(false));
    picture.src = address + "/.windowsill/here/" + known.mark + "?" + Date.now();
  });
}

// A player may run out of data only a while after the address was lost.
document.addEventListener("waiting", () => {
  if (Date.now() - lostAt < 1000 * memory) {
    seek();
  }
}, true);
document.addEventListener("visibilitychange", learn);
setInterval(learn, 1000 * renewal);
learn();
