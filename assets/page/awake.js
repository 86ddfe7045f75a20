// Keeps a phone awake while files are on their way: by the browser's own means
// where there are such, which most browsers keep from plain http, else by a
// film in which nothing is seen or heard. Safari lets a phone sleep if a film
// has no sound track, or the attribute loop.
(function () {
  "use strict";

  let film = null, lock = null, wanted = false;

  async function hold() {
    try {
      lock = await navigator.wakeLock.request("screen");
      lock.addEventListener("release", function () { lock = null; });
    } catch (err) { // hidden, or the battery is low
      lock = null;
    }
  }

  function play(source) {
    if (!film) {
      film = document.createElement("video");
      film.className = "awake";
      film.muted = true;
      film.setAttribute("playsinline", "");
      film.setAttribute("aria-hidden", "true");
      film.tabIndex = -1;
      film.src = source;
      film.addEventListener("timeupdate", function () {
        if (film.currentTime > film.duration / 2) {
          film.currentTime = 0;
        }
      });
      document.body.append(film);
    }
    const begun = film.play();
    if (begun) {
      begun.catch(function () {}); // not without a tap, or not this kind of film
    }
  }

  function awake(want, source) {
    if (want === wanted) {
      return;
    }
    wanted = want;
    if (want) {
      if (navigator.wakeLock) {
        hold();
      } else {
        play(source);
      }
      return;
    }
    if (lock) {
      lock.release();
    }
    if (film) {
      film.pause();
    }
  }

  document.addEventListener("visibilitychange", function () {
    if (wanted && !document.hidden && navigator.wakeLock && !lock) {
      hold();
    }
  });

  window.windowsill = Object.assign(window.windowsill || {}, { awake: awake });
})();
