// How far a film has been watched, so that it goes on from there another time.
// The browser keeps it for some films.
const store = "windowsill-films", most = 100;
const least = 30; // seconds; a shorter part is as soon watched again

function read() {
  try {
    const all = JSON.parse(localStorage.getItem(store));
    return Array.isArray(all) ? all : [];
  } catch (err) { // the browser keeps nothing
    return [];
  }
}

// remember keeps where a film is, unless it has hardly begun or is as good as over.
export function remember(film, seconds, duration) {
  const others = read().filter((one) => one[0] !== film);
  const within = seconds >= least && seconds < duration - Math.max(least, duration / 20);
  try {
    localStorage.setItem(store, JSON.stringify((within ? [[film, Math.floor(seconds)]] : []).concat(others).slice(0, most)));
  } catch (err) { // it is full, or keeps nothing
  }
}

// positionOf returns where a film was, in seconds; 0 if that is not known.
export function positionOf(film) {
  const found = read().find((one) => one[0] === film);
  return found ? found[1] : 0;
}

// keepPosition has a film go on from where it was, and remembers where it is.
export function keepPosition(video) {
  const film = location.pathname.replace(/[^/]*$/, "") + video.getAttribute("poster"); // which names its version
  const keep = () => {
    if (video.duration && video.currentTime) {
      remember(film, video.currentTime, video.duration);
    }
  };
  const resume = () => {
    if (!video.currentTime) {
      video.currentTime = positionOf(film);
    }
  };
  let kept = 0;
  video.addEventListener("timeupdate", () => {
    if (Math.abs(video.currentTime - kept) > 5 && !video.paused) { // a browser that is killed tells nobody
      kept = video.currentTime;
      keep();
    }
  });
  video.addEventListener("pause", keep);
  window.addEventListener("pagehide", keep);
  if (video.readyState) {
    resume();
  } else {
    video.addEventListener("loadedmetadata", resume, { once: true });
  }
}
