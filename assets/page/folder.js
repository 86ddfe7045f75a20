// What scripts add to a folder's page: local dates, more entries while one
// scrolls, the size of the download, and the number of selected entries.
import { DateFormat, fill, plural, size } from "./format.js";
import { shown } from "./stream.js";

const language = document.documentElement.lang;
const main = document.querySelector("main");

// Dates are done in batches: all at once would freeze a slow phone.
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

// The size of "Download everything".
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
        watch.observe(link); // fires at once if it still is in view
      }
    } catch (err) { // the link still leads there
    }
    loading = false;
  }, { rootMargin: "0px 0px 2000px 0px" });
  watch.observe(link);
}

// The boxes that select what to download.
function watchSelection() {
  const form = main.querySelector(".selection");
  if (!form) {
    return;
  }
  const status = form.querySelector(".bar [role=status]"), nothing = status.textContent;
  const send = form.querySelector(".bar button"), all = document.querySelector(".all");
  const boxes = (which) => Array.from(form.querySelectorAll("input[name=name]:enabled" + which));
  let last = null; // the box clicked last, where a range for Shift begins
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
  window.addEventListener("pageshow", tell); // the browser may have restored the boxes
  new MutationObserver(tell).observe(form.querySelector("ul"), { childList: true });
  tell();
}

// checkBetween gives all boxes of a range the state of its end.
function checkBetween(boxes, from, to) {
  const ends = [boxes.indexOf(from), boxes.indexOf(to)].sort((a, b) => a - b);
  boxes.slice(Math.max(ends[0], 0), ends[1] + 1).forEach((box) => { box.checked = to.checked; });
}

// The menu of orders closes on Escape and on a click elsewhere, as menus do.
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
localizeAll();
new MutationObserver(localizeAll).observe(main, { childList: true, subtree: true });
watchEnd();
watchSelection();
watchMenu();
countAll();
shown.keepWhile(() => loading || grown); // a fresh copy has the first entries only
shown.onMerged(() => {
  clearTimeout(recount);
  recount = setTimeout(countAll, 2000); // many changes come together
});
