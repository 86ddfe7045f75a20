// A film in the viewer: keys, what a locked phone shows, and a message if the
// browser cannot play it.
import { keepPosition } from "./position.js";

function play(video) {
  video.play().catch(() => {}); // not without a tap
}

function toggle(video) {
  if (video.paused) {
    play(video);
  } else {
    video.pause();
  }
}

function skip(video, seconds) {
  video.currentTime = Math.max(0, Math.min(video.duration || 0, video.currentTime + seconds));
}

export const filmKeys = {
  " ": toggle,
  k: toggle,
  ArrowLeft: (video) => skip(video, -5),
  ArrowRight: (video) => skip(video, 5),
  f: (video) => video.requestFullscreen && video.requestFullscreen().catch(() => {}),
};

function announce(video) {
  if (navigator.mediaSession && window.MediaMetadata) {
    navigator.mediaSession.metadata = new MediaMetadata({
      title: document.querySelector("h1 span").textContent,
      artwork: video.poster ? [{ src: video.poster, sizes: "640x640" }] : [],
    });
  }
}

// currentAt returns which of the chapters that begin at these seconds is on at a time;
// -1 before the first one.
export function currentAt(starts, seconds) {
  return starts.reduce((current, start, i) => start <= seconds + .05 && (current < 0 || start >= starts[current]) ? i : current, -1);
}

// leadToChapters has links go to their chapters, and marks the one that is on.
export function leadToChapters(video, links) { // or music
  const starts = links.map((link) => Number(link.dataset.at));
  links.forEach((link, i) => link.addEventListener("click", (event) => {
    event.preventDefault(); // it leads to the film alone
    video.currentTime = starts[i];
    play(video);
  }));
  const mark = () => {
    const current = currentAt(starts, video.currentTime);
    links.forEach((link, i) => i === current ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current"));
  };
  if (links.length) {
    ["timeupdate", "seeked", "loadedmetadata"].forEach((kind) => video.addEventListener(kind, mark));
  }
}

// prepareFilm watches the film of a slide, if it has one. While it plays, setBare
// hides what lies over it.
export function prepareFilm(slide, setBare) {
  const video = slide.querySelector("video"), failing = slide.querySelector(".failing");
  if (!video || video.dataset.watched) {
    return;
  }
  video.dataset.watched = "yes";
  // Where a browser does not know the codec of the pictures, they have a size of 0.
  const showFailure = () => {
    failing.hidden = !video.error && !(video.readyState > 0 && !video.videoWidth);
  };
  ["error", "loadedmetadata"].forEach((kind) => video.addEventListener(kind, showFailure));
  video.addEventListener("play", () => {
    announce(video);
    setBare(true);
  });
  ["pause", "ended", "error"].forEach((kind) => video.addEventListener(kind, () => setBare(false)));
  leadToChapters(video, [...slide.querySelectorAll("[data-at]")]);
  showFailure();
  keepPosition(video);
}
