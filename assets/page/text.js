// Copies texts, and keeps what is being typed. Without encryption there is no
// Clipboard API, so the text is selected and copied as a person would.
import { carry } from "./failover.js";

const list = document.querySelector("[data-live=texts]");
const draft = document.querySelector("textarea"); // null where the device may not send

// The times are in this device's time zone.
function localize() {
  list.querySelectorAll("time").forEach((time) => {
    const clock = new Date(time.dateTime).toLocaleTimeString(document.documentElement.lang + "-u-nu-latn", { timeStyle: "short" });
    if (time.textContent !== clock) {
      time.textContent = clock;
    }
  });
}

async function copy(from) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(from.textContent);
      return true;
    } catch (err) { // the browser has been told not to
    }
  }
  const selection = getSelection(), range = document.createRange();
  range.selectNodeContents(from);
  selection.removeAllRanges();
  selection.addRange(range);
  return document.execCommand("copy"); // if that fails, the text stays selected
}

document.querySelector("main").addEventListener("click", async (event) => {
  const button = event.target.closest(".copy");
  if (button && await copy(button.parentElement.querySelector(".said"))) {
    getSelection().removeAllRanges();
    const verb = button.dataset.verb = button.dataset.verb || button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = verb; }, 1500);
  }
});

// The draft is taken along to another address of the share.
const mark = "#text=";
if (draft) {
  if (location.hash.startsWith(mark)) {
    draft.value = decodeURIComponent(location.hash.slice(mark.length));
    history.replaceState(null, "", location.pathname + location.search);
  }
  carry(() => mark.slice(1) + encodeURIComponent(draft.value));
}

localize();
new MutationObserver(localize).observe(list, { childList: true });
document.documentElement.classList.add("scripted"); // which shows the buttons
