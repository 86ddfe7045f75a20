// What every page of one file does where scripts run: it closes by Escape and
// by its arrow, and then one is in the folder at the place one came from. The
// syntax here is of 2017, since a browser that cannot read a script does not
// do what is there without one either.
(function () {
  "use strict";

  const close = document.querySelector(".up");

  // Whether the page before this one, in the browser's history, is a list.
  function cameFromList() {
    if (history.length < 2 || !document.referrer) {
      return false;
    }
    const from = new URL(document.referrer);
    return from.origin === location.origin && from.pathname.endsWith("/");
  }

  function leave() {
    if (cameFromList()) {
      history.back();
    } else {
      location.assign(close.href);
    }
  }

  function plain(event) {
    return !event.defaultPrevented && !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  }

  close.addEventListener("click", function (event) {
    if (plain(event) && cameFromList()) {
      event.preventDefault();
      leave();
    }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && plain(event) && !document.fullscreenElement) {
      try {
        sessionStorage.setItem("windowsill-left", location.pathname); // the list puts the focus there
      } catch (err) { // the browser keeps nothing
      }
      leave();
    }
  });
  document.addEventListener("windowsill:close", leave);

  // From one film or picture to the next, Back leads to the folder still.
  document.addEventListener("click", function (event) {
    const turn = event.target.closest ? event.target.closest(".turns a, .tracks a") : null;
    if (turn && turn.href && plain(event) && event.button === 0) {
      event.preventDefault();
      location.replace(turn.href);
    }
  });
})();
