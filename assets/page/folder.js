// What scripts add to a folder's page: local dates, the size of the download, and
// menus that close by themselves.
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
  if (!parts) { // nothing was found
    document.querySelectorAll(".searching .up").forEach((link) => { link.hash = "select"; });
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

// The server's boxes are for browsers without scripts.
const unticked = document.querySelector(".selection .cancel");
if (unticked) {
  location.replace(unticked.href + "#select");
} else if (location.hash === "#select" || (history.state && history.state.selecting)) {
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
watchHold();
countAll();
shown.onMerged((anew) => {
  clearTimeout(recount);
  recount = setTimeout(countAll, anew ? 0 : 2000); // many changes come together
});
