// While somebody waits at the door: ask whether the owner has answered, and
// once that is so, go to the address wanted. Without script the page tries
// that address every few seconds. The syntax here is of 2017, since a browser
// that cannot read a script does not do what is there without one either.
(function () {
  "use strict";

  const shortest = 250, longest = 5000; // between two questions, in milliseconds
  let asking = null; // ends the questions; null while nobody looks at the page

  async function status(signal) {
    const answer = await fetch("/.windowsill/wait", { cache: "no-store", credentials: "same-origin", mode: "same-origin", signal: signal });
    if (!answer.ok) {
      throw new Error("status " + answer.status);
    }
    return (await answer.json()).status;
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
      } catch (err) { // the network, or the server, is away for a while
        pause = Math.min(2 * pause, longest);
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

  document.addEventListener("visibilitychange", look);
  look();
})();
