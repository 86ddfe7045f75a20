// Finds the share again when the address that a page came from is gone, as
// after a change of the network: the page learns the others beforehand, and
// goes to the first one that answers. The syntax here is of 2017.
(function () {
  "use strict";

  const patience = 4; // seconds that an answer may take
  const renewal = 120; // seconds after which the addresses are asked for anew

  let known = null; // what the server told: mark, ticket and addresses
  let asked = 0, seeking = false;

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
    if (!known || !known.at || seeking || busy || document.hidden) {
      return;
    }
    seeking = true;
    for (const at of known.at) {
      if (await answers(at)) {
        location.replace(at + "/.windowsill/move?ticket=" + encodeURIComponent(known.ticket) +
          "&to=" + encodeURIComponent(location.pathname + location.search));
        return;
      }
    }
    seeking = false;
  }

  window.addEventListener("windowsill-lost", seek);
  document.addEventListener("visibilitychange", learn);
  setInterval(learn, 1000 * renewal);
  learn();
})();
