// Small windows that ask something, and the line that says what was done.
(function () {
  "use strict";

  const line = document.querySelector(".toast"), own = window.windowsill = window.windowsill || {};
  const shown = 10000; // milliseconds, not counting those in which one is at it
  if (!line || !window.HTMLDialogElement) {
    return;
  }

  // ask opens a window and returns the name of the button that was pressed;
  // "" if it was closed otherwise. check may keep it open.
  own.ask = function (dialog, check) {
    return new Promise(function (done) {
      let answer = "";
      function close(event) {
        const button = event.target.closest("button");
        if (event.target === dialog && pressed === dialog || button && button.classList.contains("away")) {
          dialog.close(); // beside it, or on what leads away
        } else if (button && button.name && !check) {
          answer = button.name;
          dialog.close();
        } else if (check) {
          check(event);
        }
      }
      let pressed = null;
      function note(event) { pressed = event.target; }
      function submit(event) {
        event.preventDefault();
        check(event);
      }
      dialog.addEventListener("pointerdown", note);
      dialog.addEventListener("click", close);
      dialog.addEventListener("submit", submit);
      dialog.addEventListener("close", function () {
        dialog.removeEventListener("pointerdown", note);
        dialog.removeEventListener("click", close);
        dialog.removeEventListener("submit", submit);
        done(answer);
      }, { once: true });
      dialog.showModal();
    });
  };

  let left = 0, timer = 0, since = 0;

  function hide() {
    clearTimeout(timer);
    line.textContent = "";
    own.holding = false;
    document.dispatchEvent(new CustomEvent("windowsill:idle"));
  }

  function run() {
    clearTimeout(timer);
    since = Date.now();
    timer = setTimeout(hide, left);
  }

  function wait() {
    clearTimeout(timer);
    left = Math.max(2000, left - (Date.now() - since));
  }

  // tell says something for ten seconds, perhaps with something to press.
  own.tell = function (text, verb, act) {
    line.textContent = "";
    const p = document.createElement("p");
    p.textContent = text;
    if (verb) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "tool";
      button.textContent = verb;
      button.addEventListener("click", function () {
        hide();
        act();
      });
      p.append(button);
    }
    line.append(p);
    own.holding = true; // the page is not loaded anew meanwhile
    left = shown;
    run();
  };

  line.addEventListener("pointerenter", wait);
  line.addEventListener("pointerleave", run);
  line.addEventListener("focusin", wait);
  line.addEventListener("focusout", run);
})();
