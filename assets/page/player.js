// The player of music: keys, a playlist, what a locked phone shows,
// and a message if the browser cannot play the file.
import { carry } from "./failover.js";
import { leadToChapters } from "./film.js";
import { fill } from "./format.js";
import { isPlain } from "./opened.js";

const player = document.querySelector(".play");
const failing = document.querySelector(".failing"), cover = document.querySelector(".cover img:last-child"); // over the folder's, if there is one
const chapters = document.querySelector(".chapters");
const playlist = document.querySelector(".tracks"), tracks = Array.from(document.querySelectorAll(".tracks a"));
const first = tracks.findIndex((link) => link.hasAttribute("aria-current")); // the one whose page it is
const number = parseInt(document.querySelector(".at").textContent.replace(/\D+.*/, ""), 10);
let at = first;

function showFailure() {
  failing.hidden = !player.error;
  if (player.error && /CUBEB|AudioError/.test(player.error.message)) { // Firefox, where there is no sound card
    failing.textContent = failing.dataset.silent;
  }
}

function play() {
  player.play().catch(() => {}); // not without a tap
}

function toggle() {
  if (player.paused) {
    play();
  } else {
    player.pause();
  }
}

function skip(seconds) {
  player.currentTime = Math.max(0, Math.min(player.duration || 0, player.currentTime + seconds));
}

// announce sets what a locked phone shows.
function announce() {
  if (!navigator.mediaSession || !window.MediaMetadata) {
    return;
  }
  const about = { title: document.querySelector("h1 span").textContent };
  if (player.dataset.album) {
    about.album = player.dataset.album;
  }
  const shown = Array.from(document.querySelectorAll(".cover img"), (img) => img.naturalWidth && img.src).filter(Boolean).pop();
  if (shown) {
    about.artwork = [{ src: shown, sizes: "640x640" }];
  }
  navigator.mediaSession.metadata = new MediaMetadata(about);
}

// go plays another track, and makes the page that track's.
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
  player.src = link.dataset.file;
  if (chapters) {
    chapters.hidden = to !== first; // it has others, if any
  }
  play();
  announce();
  history.replaceState(null, "", link.href);
}

function rename(link) {
  const name = link.querySelector("bdi"), extension = name.querySelector("span");
  const h1 = document.querySelector("h1"), bdi = h1.querySelector("bdi"), stem = document.createElement("span");
  stem.textContent = name.firstChild.textContent;
  bdi.textContent = "";
  bdi.append(stem);
  if (extension) {
    bdi.append(extension.cloneNode(true));
  }
  document.title = document.title.replace(h1.title, () => name.textContent);
  h1.title = name.textContent;
  document.querySelector(".at").textContent = fill(fill(playlist.dataset.at, "At", number - first + at), "Total", playlist.dataset.total);
  const save = document.querySelector("header .save"), label = fill(playlist.dataset.download, "Name", name.textContent);
  save.href = link.dataset.file + "?download";
  save.title = label;
  save.setAttribute("aria-label", label);
  player.setAttribute("aria-label", name.textContent);
}

function offer(name, act) {
  try {
    navigator.mediaSession.setActionHandler(name, act);
  } catch (err) { // the browser has no such button
  }
}

const keys = {
  " ": toggle,
  k: toggle,
  ArrowLeft: () => skip(-5),
  ArrowRight: () => skip(5),
};

document.addEventListener("keydown", (event) => {
  if (keys[event.key] && isPlain(event) && !event.target.closest("a, button, .play")) { // which have keys of their own
    event.preventDefault();
    keys[event.key]();
  }
});
tracks.forEach((link, i) => link.addEventListener("click", (event) => {
  if (isPlain(event)) {
    event.preventDefault();
    go(i);
  }
}));
player.addEventListener("ended", () => go(at + 1));
player.addEventListener("play", announce);
["error", "loadedmetadata"].forEach((kind) => player.addEventListener(kind, showFailure));
showFailure();
leadToChapters(player, [...document.querySelectorAll(".chapters a")]);
if (cover) {
  cover.addEventListener("error", () => { cover.hidden = true; });
  cover.addEventListener("load", announce);
  cover.hidden = cover.complete && !cover.naturalWidth;
}
if (navigator.mediaSession && tracks.length > 1) {
  offer("previoustrack", () => go(at - 1));
  offer("nexttrack", () => go(at + 1));
}

// If the page moves to another address of the share, the player continues.
carry(() => "t=" + Math.floor(player.currentTime));
const since = /^#t=(\d+)$/.exec(location.hash);
if (since) {
  player.currentTime = Number(since[1]);
  history.replaceState(null, "", location.pathname + location.search);
}
