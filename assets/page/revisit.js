// Going back from the folder, the browser may show the door as it was: kept, and
// out of date. It asks anew.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) {
    location.reload();
  }
});
