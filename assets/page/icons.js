// Shows the buttons' words if the icons cannot be had: empty buttons would be of
// no use.
const style = document.querySelector("link[rel=stylesheet]"), icons = new Image();
icons.addEventListener("error", () => document.documentElement.classList.add("wordy"));
icons.src = new URL("icons.svg", style.href).href;
