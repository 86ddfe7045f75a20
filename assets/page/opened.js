// What scripts add to the page of any file: Escape and the arrow lead back to
// the place in the folder that one came from.
const close = document.querySelector(".up");

// cameFromList tells whether the previous page in the history is a list.
function cameFromList() {
  if (history.length < 2 || !document.referrer) {
    return false;
  }
  const from = new URL(document.referrer);
  return from.origin === location.origin && from.pathname.endsWith("/");
}

export function leave() {
  if (close.hidden) {
    return; // this file is all there is
  }
  if (cameFromList()) {
    history.back();
  } else {
    location.assign(close.href);
  }
}

// isPlain tells whether a click or key has no modifier; others belong to the
// browser.
export function isPlain(event) {
  return !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && !(event.button > 0);
}

// remember tells the list which file to focus.
function remember() {
  try {
    sessionStorage.setItem("windowsill-left", location.pathname);
  } catch (err) { // the browser keeps nothing
  }
}

close.addEventListener("click", (event) => {
  if (event.detail === 0) { // by a key
    remember();
  }
  if (isPlain(event) && cameFromList()) {
    event.preventDefault();
    leave();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && isPlain(event) && !event.defaultPrevented && !document.fullscreenElement) {
    remember();
    leave();
  }
});

// After going from one picture, film or page to the next, Back still leads to the
// folder.
document.addEventListener("click", (event) => {
  const link = event.target.closest ? event.target.closest(".turns a, .tracks a, .leaves a") : null;
  if (link && link.href && isPlain(event) && !event.defaultPrevented) {
    event.preventDefault();
    location.replace(link.href);
  }
});
