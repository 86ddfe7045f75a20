// What scripts add to a folder's page: local dates, more entries while one
// scrolls, the size of the download, and menus that close by themselves.
import { DateFormat, fill, plural, size } from "./format.js";
import { shown } from "./stream.js";

const language = document.documentElement.lang;
const main = document.querySelector("main");

// Dates are done in batches: all at once would freeze a slow phone.
const dates = new DateFormat(language);
const seen = new WeakSet();
const waiting = [];

function localize(time) {
  if (time.closest("h2")) {
    time.textContent = dates.heading(time.dateTime, new Date());
    return;
  }
  const when = new Date(time.dateTime), clock = time.querySelector("span");
  if (isNaN(when) || !clock) {
    return;
  }
  const written = dates.format(when, new Date());
  if (!written.time) { // the language puts the time elsewhere
    time.textContent = written.full;
    return;
  }
  time.firstChild.data = written.name || written.date;
  time.classList.toggle("recent", written.name !== "");
  clock.textContent = written.time;
  time.title = written.full;
}

function localizeSome() {
  waiting.splice(0, 40).forEach(localize);
  if (waiting.length) {
    setTimeout(localizeSome);
  }
}

function localizeIn(part) {
  const idle = !waiting.length;
  part.querySelectorAll("time").forEach((time) => {
    if (!seen.has(time)) {
      seen.add(time);
      waiting.push(time);
    }
  });
  if (idle) {
    localizeSome();
  }
}

// The size of "Download everything".
let counting = false, recount = 0;

async function countAll() {
  const take = document.querySelector(".take");
  if (!take || counting) {
    return;
  }
  counting = true;
  try {
    const answer = await fetch("./?count");
    if (answer.ok) {
      showAmount(take, await answer.json());
    }
  } catch (err) { // the button works without
  }
  counting = false;
}

function showAmount(take, all) {
  if (!(all.files >= 0 && all.bytes >= 0)) {
    return; // not what was asked for
  }
  let amount = plural(take.dataset, all.files, language) + " · " + size(all.bytes, take.dataset.units, language);
  if (!all.complete) {
    amount = fill(take.dataset.more, "Amount", amount);
  }
  let small = take.querySelector("small");
  if (!small) {
    small = document.createElement("small");
    take.append(" ", small);
  }
  small.textContent = amount;
}

// More entries come while one scrolls. A page that has grown long leaves it at
// the link to the next one, to bound its memory.
const longest = 20000; // entries
let loading = false, grown = 0;

async function loadMore(link) {
  const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) {
    throw new Error("status " + answer.status);
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
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
    link.href = next.href;
  } else {
    nav.querySelectorAll("[rel=next], [rel=last]").forEach((a) => a.remove());
  }
  return grown < longest && next;
}

// append adds rows or sections, not all in one task: that would hold up a finger
// that scrolls.
async function append(list, more) {
  const last = list.lastElementChild, first = more.firstElementChild;
  if (list.matches(".gallery") && last.dataset.key === first.dataset.key) {
    const room = last.querySelector("ul"), squares = Array.from(first.querySelectorAll("li"));
    room.append(...squares.slice(0, 30 - room.children.length)); // as the server makes them
    first.querySelectorAll("h2").forEach((h2) => h2.remove());
    if (!first.querySelector("li")) {
      first.remove();
    }
  }
  const parts = Array.from(more.children), atOnce = list.matches(".gallery") ? 1 : 50;
  while (parts.length) {
    list.append(...parts.splice(0, atOnce));
    await new Promise((resolve) => setTimeout(resolve));
  }
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

// Menus close on Escape and on a click elsewhere, as menus do.
document.addEventListener("click", (event) => {
  document.querySelectorAll("header details[open]").forEach((menu) => {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  });
});
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && event.target.closest && event.target.closest("header details[open], .search");
  if (open && open.matches("details")) {
    open.open = false;
    open.querySelector("summary").focus();
  } else if (open) {
    event.target.blur();
  }
});

// In Safari a button takes no focus, and the field would close before the click.
document.addEventListener("mousedown", (event) => {
  if (event.target.closest && event.target.closest(".search button")) {
    event.preventDefault();
  }
});

// selecting is how select.js begins, which is loaded when it is first wanted: by
// the link Select, or by a finger that stays on an entry.
export const selecting = { begin: null, row: null };

function select(row) {
  const parts = document.querySelector("template.selecting");
  if (!parts) {
    return;
  }
  selecting.row = row;
  if (selecting.begin) {
    selecting.begin();
    return;
  }
  const script = document.createElement("script");
  script.type = "module";
  script.src = new URL("select.js", document.querySelector("link[rel=stylesheet]").href).href;
  document.head.append(script);
}

if (location.hash === "#select") {
  select(null);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest && event.target.closest("a.select");
  if (link && document.querySelector("template.selecting") && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    (link.closest("details") || {}).open = false;
    select(null);
  }
});

// A finger that stays selects an entry. It opens neither the browser's own menu
// then, nor the entry.
function watchHold() {
  let timer = 0, touches = false, held = false;
  const lift = (event) => {
    clearTimeout(timer);
    touches = false;
    if (held && event.type === "touchend") {
      event.preventDefault();
    }
  };
  main.addEventListener("touchstart", (event) => {
    const row = event.target.closest("li");
    clearTimeout(timer);
    held = false;
    touches = row && event.touches.length === 1 && row.closest("ul.list, .gallery") && document.querySelector("template.selecting");
    timer = touches ? setTimeout(() => {
      held = true;
      select(row);
    }, 450) : 0;
  }, { passive: true });
  main.addEventListener("touchmove", lift, { passive: true });
  main.addEventListener("touchcancel", lift);
  main.addEventListener("touchend", lift);
  main.addEventListener("contextmenu", (event) => {
    if (touches || held) {
      event.preventDefault();
    }
  });
}

// focusLeft focuses the file whose page was left by a key.
function focusLeft() {
  let left = null;
  try {
    left = sessionStorage.getItem("windowsill-left");
    sessionStorage.removeItem("windowsill-left");
  } catch (err) { // the browser keeps nothing
  }
  const link = left && Array.from(main.querySelectorAll("a.open")).find((a) => a.pathname === left);
  if (link) {
    link.focus();
  }
}

window.addEventListener("pageshow", focusLeft);
localizeIn(main);
new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach((node) => {
  if (node.nodeType === 1) {
    localizeIn(node);
  }
}))).observe(main, { childList: true, subtree: true });
watchEnd();
watchHold();
countAll();
shown.keepWhile(() => loading || grown > 0); // a fresh copy has the first entries only
shown.onMerged((anew) => {
  if (anew) {
    watchEnd();
  }
  clearTimeout(recount);
  recount = setTimeout(countAll, anew ? 0 : 2000); // many changes come together
});
