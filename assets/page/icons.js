// Shows the buttons' words if the icons cannot be had: empty buttons would be of
// no use.
const style = document.querySelector("link[rel=stylesheet]"), icons = new Image();
icons.addEventListener("error", () => document.documentElement.classList.add("wordy"));
icons.src = new URL("icons.svg", style.href).href;

// Shows the sign of what has no thumbnail: the server sends one pixel then.
function mark(img) {
  if (img.matches(".open img")) {
    img.closest("li").classList.toggle("missing", img.naturalWidth < 2);
  }
}

document.addEventListener("load", (event) => mark(event.target), true);
document.querySelectorAll(".open img").forEach((img) => img.complete && mark(img));
