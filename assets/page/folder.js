// What makes a folder's page better where scripts run: dates as the reader
// writes them, more entries while one scrolls, how much there is to download,
// and what is selected. Without it the page does all that by links and forms.
import { DateFormat, fill, plural, size } from "./format.js";
import { shown } from "./stream.js";

const language = document.documentElement.lang;
const main = document.querySelector("main");

// Dates. A slow phone would stand still over all of them at once, so those on
// the first screen come first.
const dates = new DateFormat(language);
const seen = new WeakSet();
const waiting = [];

function localize(time) {
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

function localizeAll() {
  const idle = !waiting.length;
  main.querySelectorAll("time").forEach((time) => {
    if (!seen.has(time)) {
      seen.add(time);
      waiting.push(time);
    }
  });
  if (idle) {
    localizeSome();
  }
}

// How much "Download everything" is.
let counting = false, recount = 0;

async function countAll() {
  const take = document.querySelector(".take");
  if (!take || counting) {
    return;
  }
  counting = true;
  try {
    const answer = await fetch("./?count", { credentials: "same-origin" });
    if (answer.ok) {
      showAmount(take, await answer.json());
    }
  } catch (err) { // it is no loss
  }
  counting = false;
}

function showAmount(take, all) {
  if (!(all.files >= 0 && all.bytes >= 0)) {
    return; // it counts something else
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

// More entries while one scrolls. A page that has grown long leads on to the
// next one instead, since all memory ends.
const longest = 10000; // entries
let loading = false, grown = false;

async function loadMore(link) {
  const answer = await fetch(link.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
  if (!answer.ok) {
    throw new Error("status " + answer.status);
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const list = main.querySelector("ul"), more = page.querySelector("main ul");
  const next = page.querySelector("main a[rel=next]"), status = page.querySelector("main .pages [role=status]");
  if (!more || !status) {
    throw new Error("not a folder");
  }
  list.append(...more.children);
  grown = true;
  const nav = link.parentElement;
  nav.querySelector("[role=status]").textContent = status.textContent;
  if (next) {
    link.href = next.href;
  } else {
    nav.querySelectorAll("[rel=next], [rel=last]").forEach((a) => a.remove());
  }
  return list.children.length < longest && next;
}

function watchEnd() {
  const link = main.querySelector("a[rel=next]");
  if (!link || !window.IntersectionObserver) {
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
        watch.observe(link); // which tells at once if there is room for more
      }
    } catch (err) { // the link still leads there
    }
    loading = false;
  }, { rootMargin: "0px 0px 2000px 0px" });
  watch.observe(link);
}

// The boxes of what to download.
function watchSelection() {
  const form = main.querySelector(".selection");
  if (!form) {
    return;
  }
  const status = form.querySelector(".bar [role=status]"), nothing = status.textContent;
  const send = form.querySelector(".bar button"), all = document.querySelector(".all");
  const boxes = (which) => Array.from(form.querySelectorAll("input[name=name]:enabled" + which));
  let last = null; // the box clicked last, from which Shift selects on
  function tell() {
    const count = boxes(":checked").length;
    status.textContent = count ? plural(status.dataset, count, language) : nothing;
    send.disabled = !count;
    all.setAttribute("aria-pressed", count > 0 && count === boxes("").length);
  }
  form.addEventListener("click", (event) => {
    if (event.target.name !== "name") {
      return;
    }
    if (event.shiftKey && last) {
      checkBetween(boxes(""), last, event.target);
    }
    last = event.target;
    tell();
  });
  all.hidden = false;
  all.addEventListener("click", () => {
    const checked = all.getAttribute("aria-pressed") !== "true";
    boxes("").forEach((box) => { box.checked = checked; });
    tell();
  });
  window.addEventListener("pageshow", tell); // a browser may have kept the boxes as they were
  new MutationObserver(tell).observe(form.querySelector("ul"), { childList: true });
  tell();
}

// checkBetween makes all boxes from one to another like the other.
function checkBetween(boxes, from, to) {
  const ends = [boxes.indexOf(from), boxes.indexOf(to)].sort((a, b) => a - b);
  boxes.slice(Math.max(ends[0], 0), ends[1] + 1).forEach((box) => { box.checked = to.checked; });
}

// The menu of orders closes as menus do.
function watchMenu() {
  const menu = document.querySelector(".orders");
  if (!menu) {
    return;
  }
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}

// focusLeft puts the focus on the file that was left by a key.
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
localizeAll();
new MutationObserver(localizeAll).observe(main, { childList: true, subtree: true });
watchEnd();
watchSelection();
watchMenu();
countAll();
shown.keepWhile(() => loading || grown); // a fresh page has only one part of the folder
shown.onMerged(() => {
  clearTimeout(recount);
  recount = setTimeout(countAll, 2000); // many changes come together
});
