// Finds the share again when the address that a page came from is gone, as
// after a change of the network: the page learns the others beforehand, and
// goes to the first one that answers. The syntax here is of 2017.
(function () {
  "use strict";

  const patience = 4; // seconds that an answer may take
  const renewal = 120; // seconds after which the addresses are asked for anew
  const memory = 60; // seconds that an address counts as lost, at least as long as live.js waits to ask again

  let known = null; // what the server told: mark, ticket and addresses
  let asked = 0, seeking = false;
  let lost = 0; // when the address was found not to answer

  // What plays goes on from what the browser has of it.
  function plays() {
    const film = document.querySelector(".play");
    return film && !film.paused && film.readyState > 2;
  }

  async function learn() {
    if (document.hidden || Date.now() - asked < 1000 * renewal) {
      return;
    }
    asked = Date.now();
    try {
      const answer = await fetch("/.windowsill/elsewhere", { credentials: "same-origin", cache: "no-store" });
      if (answer.ok) {
        known = await answer.json();
      }
    } catch (err) {
      asked = 0; // the next time
    }
  }

  // answers tells whether this very share is at an address.
  function answers(at) {
    return new Promise(function (tell) {
      const picture = new Image();
      const late = setTimeout(function () { tell(false); }, 1000 * patience);
      function done(found) {
        clearTimeout(late);
        tell(found);
      }
      picture.addEventListener("load", function () { done(true); });
      picture.addEventListener("error", function () { done(false); });
      picture.src = at + "/.windowsill/here/" + known.mark + "?" + Date.now();
    });
  }

  async function seek() {
    const busy = window.windowsill && windowsill.busy && windowsill.busy();
    if (!known || !known.at || seeking || busy || plays() || document.hidden) {
      return;
    }
    seeking = true;
    const all = known.at.map(function (at) { return { at: at, found: answers(at) }; }); // at once
    for (const one of all) {
      const at = one.at;
      if (await one.found) {
        // What a page has to keep goes behind a #, which browsers send to nobody
        // and keep when they are sent on.
        const carry = window.windowsill && windowsill.carry;
        location.replace(at + "/.windowsill/move?ticket=" + encodeURIComponent(known.ticket) +
          "&to=" + encodeURIComponent(location.pathname + location.search) + (carry ? "#" + carry() : location.hash));
        return;
      }
    }
    seeking = false;
  }

  window.addEventListener("windowsill-lost", function () {
    lost = Date.now();
    seek();
  });
  document.addEventListener("waiting", function () { // what plays has come to the end of what it has
    if (Date.now() - lost < 1000 * memory) {
      seek();
    }
  }, true);
  document.addEventListener("visibilitychange", learn);
  setInterval(learn, 1000 * renewal);
  learn();
})();
