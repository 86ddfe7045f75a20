// Shows the README of a folder below its list, once the list is there. Without
// script, its name is a link to its page.
import { shown } from "./stream.js";

// parts returns what the page of a README says: its text, and who wrote it.
async function parts(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
  const article = page.querySelector("main > .prose");
  return article ? [...page.querySelectorAll("main > [role=note]"), article] : [];
}

async function show() {
  const section = document.querySelector(".readme");
  if (!section) {
    return;
  }
  const heading = section.querySelector("h2");
  try {
    const fresh = await parts(heading.querySelector("a").href);
    while (heading.nextSibling) {
      heading.nextSibling.remove();
    }
    section.append(...fresh);
  } catch (err) { // the link still leads there
    return;
  }
  const target = location.hash.startsWith("#text-") && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && !section.dataset.shown) {
    target.scrollIntoView();
  }
  section.dataset.shown = "";
}

show();
shown.onMerged(show);
