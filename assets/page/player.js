// Playing films and music: what to say where a browser cannot, keys, and one
// piece of music after the other, whose name a phone shows while it is locked.
// The syntax here is of 2017, since a browser that cannot read a script does
// not do what is there without one either.
(function () {
  "use strict";

  const play = document.querySelector(".play");
  if (!play) {
    return;
  }
  const failing = document.querySelector(".failing"), tracks = Array.from(document.querySelectorAll(".tracks a"));
  const deck = document.querySelector(".tracks"), cover = document.querySelector(".cover img");
  const first = tracks.findIndex(current); // the one that the page is of
  const number = parseInt(document.querySelector(".at").textContent.replace(/\D+.*/, ""), 10);
  let at = first;

  function current(link) {
    return link.hasAttribute("aria-current");
  }

  // A film without pictures is one whose pictures the browser does not know.
  function tell() {
    failing.hidden = !play.error && !(play.tagName === "VIDEO" && play.readyState > 0 && !play.videoWidth);
  }
  ["error", "loadedmetadata"].forEach(function (what) { play.addEventListener(what, tell); });
  tell();

  // What a locked phone shows.
  function announce() {
    if (!navigator.mediaSession || !window.MediaMetadata) {
      return;
    }
    const about = { title: document.querySelector("h1 span").textContent };
    if (play.dataset.album) {
      about.album = play.dataset.album;
    }
    const shown = play.poster || cover && cover.naturalWidth && cover.src;
    if (shown) {
      about.artwork = [{ src: shown, sizes: "640x640" }];
    }
    navigator.mediaSession.metadata = new MediaMetadata(about);
  }

  // rename makes the page that of another piece.
  function rename(link) {
    const name = link.querySelector("bdi"), h1 = document.querySelector("h1"), save = document.querySelector(".title .save");
    const extension = name.querySelector("span"), parts = [document.createElement("span")];
    parts[0].textContent = name.firstChild.textContent;
    if (extension) {
      parts.push(extension.cloneNode(true));
    }
    const bdi = h1.querySelector("bdi"), says = deck.dataset.download.replace("{{.Name}}", name.textContent);
    bdi.textContent = "";
    bdi.append(...parts);
    document.title = document.title.replace(h1.title, name.textContent);
    h1.title = name.textContent;
    document.querySelector(".at").textContent = deck.dataset.at.replace("{{.At}}", number - first + at).replace("{{.Total}}", deck.dataset.total);
    save.href = link.dataset.file + "?download";
    save.title = says;
    save.setAttribute("aria-label", says);
    play.setAttribute("aria-label", name.textContent);
  }

  function go(to) {
    const link = tracks[to];
    if (!link) {
      return;
    }
    tracks[at].removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    at = to;
    rename(link);
    if (cover) {
      cover.hidden = false;
      cover.src = link.dataset.file + "?thumb=640";
    }
    play.src = link.dataset.file;
    play.play().catch(function () {}); // the person starts it then
    announce();
    history.replaceState(null, "", link.href);
  }

  tracks.forEach(function (link, i) {
    link.addEventListener("click", function (event) {
      if (!event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
        event.preventDefault();
        event.stopPropagation();
        go(i);
      }
    });
  });
  play.addEventListener("ended", function () { go(at + 1); });
  play.addEventListener("play", announce);
  if (cover) {
    cover.addEventListener("error", function () { cover.hidden = true; });
    cover.addEventListener("load", announce);
    cover.hidden = cover.complete && !cover.naturalWidth;
  }

  // Where it goes on at another address of the share (elsewhere.js).
  const since = /^#t=(\d+)$/.exec(location.hash);
  if (since) {
    play.currentTime = Number(since[1]);
    history.replaceState(null, "", location.pathname + location.search);
  }
  window.windowsill = Object.assign(window.windowsill || {}, { carry: function () { return "t=" + Math.floor(play.currentTime); } });

  function by(seconds) {
    play.currentTime = Math.max(0, Math.min(play.duration || 0, play.currentTime + seconds));
  }

  function toggle() {
    if (play.paused) {
      play.play().catch(function () {});
    } else {
      play.pause();
    }
  }

  if (navigator.mediaSession && tracks.length > 1) {
    const offers = { previoustrack: function () { go(at - 1); }, nexttrack: function () { go(at + 1); } };
    Object.keys(offers).forEach(function (name) {
      try {
        navigator.mediaSession.setActionHandler(name, offers[name]);
      } catch (err) { // it knows no such button
      }
    });
  }

  document.addEventListener("keydown", function (event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.target.closest("a, button, .play")) {
      return; // what has the focus has keys of its own
    }
    switch (event.key) {
    case " ":
    case "k":
      toggle();
      break;
    case "ArrowLeft":
      by(-5);
      break;
    case "ArrowRight":
      by(5);
      break;
    case "f":
      if (play.tagName !== "VIDEO" || !play.requestFullscreen) {
        return;
      }
      play.requestFullscreen().catch(function () {});
      break;
    default:
      return;
    }
    event.preventDefault();
  });
})();
