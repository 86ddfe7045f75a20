// Keeps a phone awake during uploads: by the Screen Wake Lock API, or where that
// is missing, as in most browsers over plain HTTP, by playing a blank, silent
// film. In Safari that works only if the film has a sound track and not the
// attribute loop.
let film = null, lock = null, wanted = false;

async function acquire() {
  try {
    lock = await navigator.wakeLock.request("screen");
    lock.addEventListener("release", () => { lock = null; });
  } catch (err) { // the page is hidden, or the battery is low
    lock = null;
  }
}

function makeFilm(source) {
  const video = document.createElement("video");
  video.className = "wake-lock";
  video.muted = true;
  video.setAttribute("playsinline", "");
  video.setAttribute("aria-hidden", "true");
  video.tabIndex = -1;
  video.src = source;
  video.addEventListener("timeupdate", () => {
    if (video.currentTime > video.duration / 2) {
      video.currentTime = 0;
    }
  });
  document.body.append(video);
  return video;
}

function play(source) {
  film = film || makeFilm(source);
  const begun = film.play();
  if (begun) {
    begun.catch(() => {}); // it needs a tap, or the browser cannot play it
  }
}

// stayAwake starts or stops keeping the phone awake. Source is the address of the
// film.
export function stayAwake(want, source) {
  if (want === wanted) {
    return;
  }
  wanted = want;
  if (want && navigator.wakeLock) {
    acquire();
  } else if (want) {
    play(source);
  } else if (lock) {
    lock.release();
  } else if (film) {
    film.pause();
  }
}

// A hidden page loses its lock.
document.addEventListener("visibilitychange", () => {
  if (wanted && !document.hidden && navigator.wakeLock && !lock) {
    acquire();
  }
});
