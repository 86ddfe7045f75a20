// While somebody waits at the door: ask whether the owner has answered, and
// once that is so, go to the address wanted. Without script the page tries
// that address every few seconds. The syntax here is of 2017, since a browser
// that cannot read a script does not do what is there without one either.
(function () {
  "use strict";

  const shortest = 250, longest = 5000; // between two questions, in milliseconds
  const patience = 30000; // that an answer may take; the server holds it back for 25 s at most
  const state = document.querySelector(".state"), calm = state.textContent;
  let asking = null; // ends the questions; null while nobody looks at the page

  async function status(signal) {
    const end = new AbortController();
    const late = setTimeout(function () { end.abort(); }, patience);
    signal.addEventListener("abort", function () { end.abort(); });
    try {
      const answer = await fetch("/.windowsill/wait", { cache: "no-store", credentials: "same-origin", mode: "same-origin", signal: end.signal });
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

  // The server holds an answer back until there is something to say.
  async function wait(signal) {
    let pause = shortest;
    while (!signal.aborted) {
      try {
        if (await status(signal) !== "waiting") {
          const to = document.querySelector("input[name=to]").value; // begins with a slash
          location.replace(location.origin + to);
          return;
        }
        pause = shortest;
        say(calm);
      } catch (err) { // the network, or the server, is away for a while
        pause = Math.min(2 * pause, longest);
        if (!signal.aborted) {
          say(state.dataset.lost);
        }
      }
      await new Promise(function (done) { setTimeout(done, pause); });
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

  // anew asks again at once: the answer that is waited for may never come.
  function anew() {
    if (asking) {
      asking.abort();
      asking = null;
    }
    look();
  }

  document.addEventListener("visibilitychange", look);
  window.addEventListener("online", anew);
  window.addEventListener("offline", anew);
  look();
})();
