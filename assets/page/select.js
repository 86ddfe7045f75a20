// Selecting what to download, move or delete. This script lays boxes over the entries.
// What is ticked is remembered while one sorts, searches, changes the view or goes on
// to another part of the folder, and forgotten when one leaves Select.
import { fill, plural } from "./format.js";
import { selecting } from "./folder.js";
import { shown } from "./stream.js";

const language = document.documentElement.lang, main = document.querySelector("main");
const found = main.matches(".results"); // by a search, which loads all of it
const place = "windowsill-selected " + location.pathname;

let memory = place; // where it is remembered what is ticked

let form = null; // while one selects
let everything = false; // also what is not loaded, except for what is not ticked
let ticked = new Set(), cleared = new Set(); // names, of which everything has the second
let pushed = false; // Back leaves Select, and not the page
let last = null; // the box that was clicked last, where a range for Shift begins
let observer = null;

function boxes() {
  return Array.from(main.querySelectorAll("input[name=name]:enabled"));
}

// nameOf is the exact name of an entry, of a search result its path in the folder,
// or null if it is not UTF-8.
function nameOf(link) {
  const depth = location.pathname.split("/").length - 1;
  try {
    return decodeURIComponent(link.pathname.replace(/\/$/, "").split("/").slice(depth).join("/"));
  } catch (err) {
    return null;
  }
}

function addBox(row) {
  const link = row.querySelector("a.open"), name = link && nameOf(link);
  if (!link || row.querySelector("input[name=name]")) {
    return;
  }
  const box = document.createElement("input");
  box.type = "checkbox";
  box.name = "name";
  box.setAttribute("form", form.id);
  box.value = name;
  box.disabled = name === null;
  box.checked = isTicked(name);
  box.setAttribute("aria-label", fill(form.dataset.box, "Name", row.querySelector("bdi").textContent));
  link.tabIndex = -1;
  row.prepend(box);
}

function isTicked(name) {
  return everything ? !cleared.has(name) : ticked.has(name);
}

// addBoxes gives boxes to rows that have none, not to all in one task.
async function addBoxes() {
  const rows = shown.list ? Array.from(shown.list.querySelectorAll("li")).filter((row) => !row.querySelector("input")) : [];
  while (rows.length && form) {
    rows.splice(0, 200).forEach(addBox);
    await new Promise((resolve) => setTimeout(resolve));
  }
  if (form) {
    tell();
  }
}

function note(box) {
  (everything ? cleared : ticked)[box.checked === everything ? "delete" : "add"](box.value);
}

function tell() {
  const status = form.querySelector("[role=status]"), all = form.querySelector(".all");
  const count = everything ? total() - cleared.size : ticked.size;
  status.dataset.nothing = status.dataset.nothing || status.textContent;
  status.textContent = count > 0 ? plural(status.dataset, count, language) : status.dataset.nothing;
  form.querySelector("button[name=as]").disabled = count <= 0;
  if (form.querySelector(".act")) {
    form.querySelector(".act").disabled = count <= 0 || rowsTicked().length !== count; // some are not shown
  }
  all.setAttribute("aria-pressed", found ? ticked.size > 0 && boxes().every((box) => box.checked) : everything && !cleared.size);
  form.querySelector("[name=all]").disabled = !everything;
  try {
    sessionStorage.setItem(memory, JSON.stringify({ everything, names: Array.from(everything ? cleared : ticked) }));
  } catch (err) { // the browser keeps nothing
  }
}

function total() {
  const all = Number(form.dataset.total || 0);
  return Math.max(all, boxes().length);
}

// recall returns whether something was remembered, which is selected then. Of
// everything there is, results cannot be taken out one by one, so there it starts
// a selection of their own.
function recall() {
  try {
    let kept = JSON.parse(sessionStorage.getItem(place));
    if (kept && kept.everything && found) {
      memory = place + location.search;
      kept = JSON.parse(sessionStorage.getItem(memory)) || { names: [] };
    }
    if (kept) {
      everything = Boolean(kept.everything);
      ticked = new Set(everything ? [] : kept.names);
      cleared = new Set(everything ? kept.names : []);
    }
    return kept !== null;
  } catch (err) { // the browser keeps nothing
    return true;
  }
}

function click(event) {
  const box = event.target;
  if (box.name !== "name") {
    return;
  }
  if (event.shiftKey && last) {
    const all = boxes(), ends = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
    all.slice(Math.max(ends[0], 0), ends[1] + 1).forEach((one) => {
      one.checked = box.checked;
      note(one);
    });
  }
  note(box);
  last = box;
  tell();
}

function rowsTicked() {
  return boxes().filter((box) => box.checked).map((box) => box.closest("li"));
}

// changeTicked offers to move or delete what is ticked. The buttons in the rows do
// that for one, by row-menu.js.
function changeTicked() {
  document.dispatchEvent(new CustomEvent("windowsill-change", { detail: {
    rows: rowsTicked(), title: form.querySelector("[role=status]").textContent, done: leave,
  } }));
}

function tickAll() {
  const all = form.querySelector(".all").getAttribute("aria-pressed") !== "true";
  if (!found) { // what else is selected stays so
    everything = all;
    ticked.clear();
    cleared.clear();
  }
  boxes().forEach((box) => {
    box.checked = all;
    note(box);
  });
  tell();
}

// submit sends what is not loaded as well: of everything, what is not ticked.
function submit() {
  form.querySelectorAll("[name=except], [name=name]").forEach((old) => old.remove());
  const loaded = new Set(boxes().map((box) => box.value));
  const extra = everything ? Array.from(cleared) : Array.from(ticked).filter((name) => !loaded.has(name));
  extra.forEach((name) => {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = everything ? "except" : "name";
    field.value = name;
    form.append(field);
  });
  boxes().forEach((box) => { box.disabled = everything; });
  setTimeout(() => main.querySelectorAll("input[name=name]").forEach((box) => { box.disabled = false; }));
}

function start() {
  main.addEventListener("click", click);
  form.addEventListener("submit", submit);
  const all = form.querySelector(".all");
  all.hidden = false;
  all.addEventListener("click", tickAll);
}

// search lets one go on selecting in what is found.
function search(event) {
  if (form && event.target.matches(".search")) {
    event.target.action = "#select";
  }
}

// begin adds boxes to the page, the one of a row ticked. Back leaves them again, or
// where one went on selecting here, comes to the page before, on which one selects.
async function begin() {
  const row = selecting.row;
  if (!form) {
    const returns = Boolean(history.state && history.state.selecting); // Back, or by loading the page again
    const goesOn = location.hash === "#select" || returns, address = location.pathname + location.search;
    if (!goesOn) {
      forget();
    } else if (!recall() && returns) { // one left Select on the page from which one comes back
      history.replaceState(null, "", address);
      return;
    }
    const parts = document.querySelector("template.selecting");
    await style(parts.dataset.sheet);
    form = parts.content.firstElementChild.cloneNode(true);
    document.querySelector("footer").after(form);
    history.replaceState(goesOn ? { selecting: true } : null, "", address);
    pushed = !goesOn;
    if (pushed) {
      history.pushState({ selecting: true }, "");
    }
    document.body.classList.add("selecting");
    form.querySelector(".cancel").addEventListener("click", (event) => {
      event.preventDefault();
      leave();
    });
    if (form.querySelector(".act")) {
      form.querySelector(".act").addEventListener("click", changeTicked);
    }
    observer = new MutationObserver(addBoxes);
    observer.observe(main, { childList: true, subtree: true });
    start();
    addBoxes();
    form.querySelector(".all").focus({ preventScroll: true });
  }
  if (row) {
    addBox(row);
    const box = row.querySelector("input");
    box.checked = true;
    box.focus({ preventScroll: true });
    note(box);
    tell();
    if (navigator.vibrate) {
      navigator.vibrate(10);
    }
  }
}

// stay lets one go on selecting on the page to which another order, view or part leads, and
// in the folder in which one has searched.
function stay(event) {
  const link = event.target.closest(".orders a, .view a, .pages a, .searching .up");
  if (form && link && link.search !== location.search) {
    link.hash = "select";
  }
}

function leave() {
  if (pushed) {
    history.back();
    return;
  }
  history.replaceState(null, "", location.pathname + location.search);
  end();
}

function end() {
  const focused = document.activeElement, row = focused.matches("li > input") && focused.closest("li");
  const back = row ? row.querySelector("a.open") : form.contains(focused) && document.querySelector(".menu summary, a.select");
  observer.disconnect();
  main.removeEventListener("click", click);
  main.querySelectorAll("li > input[name=name]").forEach((box) => box.remove());
  main.querySelectorAll("a.open[tabindex]").forEach((link) => link.removeAttribute("tabindex"));
  form.remove();
  form = null;
  forget();
  document.body.classList.remove("selecting");
  document.querySelector(".search").removeAttribute("action");
  if (back) {
    back.focus({ preventScroll: true });
  }
}

function forget() {
  everything = false;
  ticked = new Set();
  cleared = new Set();
  try {
    sessionStorage.removeItem(place);
    sessionStorage.removeItem(memory);
  } catch (err) { // the browser keeps nothing
  }
}

function style(address) {
  return new Promise((resolve) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = address;
    link.onload = link.onerror = resolve;
    document.head.append(link);
  });
}

window.addEventListener("popstate", () => {
  if (form) {
    end();
  }
});
// Back from another page, as the browser has kept this one.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted || !form) {
    return;
  }
  if (recall()) {
    boxes().forEach((box) => { box.checked = isTicked(box.value); });
    tell();
  } else {
    history.replaceState(null, "", location.pathname + location.search);
    end();
  }
});
selecting.begin = begin;
document.addEventListener("click", stay);
document.addEventListener("submit", search);
begin();
