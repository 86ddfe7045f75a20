// More entries come while one scrolls. A page that has grown long leaves it at
// the link to the next one, to bound its memory. No task may hold up a finger that
// scrolls, so pages are parsed and added in small parts.
import { shown } from "./stream.js";

const main = document.querySelector("main");
const longest = 20000; // entries
let loading = false, grown = 0;

async function loadMore(link) {
  const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) {
    throw new Error("status " + answer.status);
  }
  const page = await parse(await answer.text());
  const list = shown.list, more = page.querySelector("main ul.list, main .gallery");
  const next = page.querySelector("main a[rel=next]"), status = page.querySelector("main .pages [role=status]");
  if (!more || !status || more.className !== list.className) {
    throw new Error("not the rest of this folder");
  }
  grown += more.querySelectorAll("li").length;
  await append(list, more);
  const nav = link.parentElement;
  nav.querySelector("[role=status]").textContent = status.textContent;
  if (next) {
    link.setAttribute("href", next.getAttribute("href")); // the parsed page has no address
  } else {
    nav.querySelectorAll("[rel=next], [rel=last]").forEach((a) => a.remove());
  }
  return grown < longest && next;
}

// parse parses a page.
async function parse(text) {
  const page = document.implementation.createHTMLDocument("");
  for (let at = 0, end = 0; at < text.length; at = end) {
    end = text.indexOf("\n", at + 8000) + 1 || text.length; // after some thirty rows
    page.write(text.slice(at, end)); // eslint-disable-line no-restricted-syntax -- DOMParser takes a text only at once; this document runs nothing either
    await pause();
  }
  page.close();
  return page;
}

function pause() {
  return new Promise((resolve) => setTimeout(resolve));
}

// append adds rows or sections.
async function append(list, more) {
  if (list.matches(".gallery")) {
    fill(list.lastElementChild, more);
  }
  const parts = Array.from(more.children), atOnce = list.matches(".gallery") ? 1 : 50;
  while (parts.length) {
    list.append(...parts.splice(0, atOnce));
    await pause();
  }
}

// fill goes on with the last section of a wall, so that no row has a hole within a
// day. It leaves sections as long as the server makes them.
function fill(last, more) {
  const same = Array.from(more.children).filter((section) => section.dataset.key === last.dataset.key);
  const squares = [].concat(...same.map((section) => Array.from(section.querySelectorAll("li"))));
  same.forEach((section) => section.querySelectorAll("h2").forEach((h2) => h2.remove()));
  const room = last.querySelector("ul");
  room.append(...squares.splice(0, 30 - room.children.length));
  same.forEach((section) => section.querySelector("ul").append(...squares.splice(0, 30)));
  same.filter((section) => !section.querySelector("li")).forEach((section) => section.remove());
}

function watchEnd() {
  const link = main.querySelector("a[rel=next]");
  if (!link) {
    return;
  }
  const watch = new IntersectionObserver(async (entries) => {
    if (loading || !entries.some((entry) => entry.isIntersecting)) {
      return;
    }
    loading = true;
    watch.unobserve(link);
    try {
      if (await loadMore(link)) {
        watch.observe(link); // fires at once if it still is in view
      }
    } catch (err) { // the link still leads there
    }
    loading = false;
  }, { rootMargin: "0px 0px 8000px 0px" });
  watch.observe(link);
}

watchEnd();
shown.keepWhile(() => loading || grown > 0); // a fresh copy has the first entries only
shown.onMerged((anew) => {
  if (anew) {
    watchEnd();
  }
});
