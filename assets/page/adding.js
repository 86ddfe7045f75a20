// Files to add come from a button, a drop from the desktop, or a paste. The rest
// is loaded when it is first needed: most visitors who may add files only look.
import { busyWhile } from "./busy.js";

// Everything that these import, except for what the page has loaded already.
const queueFiles = ["queue.js", "dropped.js", "duration.js", "focus.js", "names.js", "queue-row.js", "schedule.js", "upload.js", "upload-store.js", "wake-lock.js"];
const changeFiles = ["change.js", "clash.js", "dialog.js", "toast.js"];

const menu = document.querySelector(".add"), field = menu.querySelector("input"), drop = document.querySelector(".drop");
const mayChange = document.querySelector("dialog.clash") !== null && Boolean(window.HTMLDialogElement);
let loading = null, loaded = false;

// load returns the functions that add and change files.
export function load() {
  loading = loading || loadAll();
  return loading;
}

async function loadAll() {
  await Promise.all(queueFiles.concat(mayChange ? changeFiles : []).map(fetched).concat(style("queue.css")));
  const { add } = await import("./queue.js");
  const { filesOf, withoutLitter } = await import("./dropped.js");
  const { pastedName } = await import("./names.js");
  const { change, create } = mayChange ? await import("./change.js") : {};
  const { clashes } = mayChange ? await import("./clash.js") : {};
  loaded = true;
  return { add, filesOf, withoutLitter, pastedName, change, create, clashes };
}

// fetched gets a file into the browser's cache, and keeps trying: in Firefox, a
// module that once failed to load cannot be imported again until the page is
// reloaded.
async function fetched(name) {
  for (;;) {
    try {
      const answer = await fetch(new URL(name, import.meta.url));
      await answer.text();
      if (answer.ok) {
        return;
      }
      if (answer.status === 404) {
        location.reload(); // the page is from before an update
      }
    } catch (err) { // the network is away for a while
    }
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}

async function style(name) {
  await fetched(name);
  return new Promise((resolve) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL(name, import.meta.url).href;
    link.onload = link.onerror = resolve;
    document.head.append(link);
  });
}

// take adds files, as {file, path}, which collect finds by what was loaded.
async function take(collect) {
  const loadedParts = await load(), { add, clashes } = loadedParts;
  return add(await collect(loadedParts), clashes ? clashes() : null);
}

// Choosing files is enough to send them.
function watchField(input) {
  input.addEventListener("change", () => {
    const files = Array.from(input.files).map((file) => ({ file, path: file.webkitRelativePath || file.name }));
    input.value = ""; // the same ones may be chosen again
    menu.open = false;
    take(({ withoutLitter }) => withoutLitter(files));
  });
}

// What iOS hands over may be compressed; only there is that worth a word.
const isApple = /iP(hone|ad|od)/.test(navigator.userAgent) || navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1;

function watchMenu() {
  menu.classList.remove("plain");
  field.required = false;
  watchField(field);
  const folders = menu.querySelector(".folders");
  if ("webkitdirectory" in field && !isApple) {
    watchField(folders.querySelector("input"));
    folders.hidden = false;
  }
  menu.querySelector(".ios").hidden = !isApple;
  ["pointerenter", "focusin"].forEach((kind) => menu.addEventListener(kind, load, { once: true }));
}

function carriesFiles(event) {
  return event.dataTransfer && Array.from(event.dataTransfer.types).includes("Files");
}

let hides = 0;

function hover(event) {
  if (!carriesFiles(event)) {
    return;
  }
  event.preventDefault();
  load();
  event.dataTransfer.dropEffect = "copy";
  drop.hidden = !loaded;
  clearTimeout(hides); // dragover keeps coming while one hovers
  hides = setTimeout(() => { drop.hidden = true; }, 400);
}

function takeDropped(event) {
  if (!carriesFiles(event)) {
    return;
  }
  event.preventDefault();
  clearTimeout(hides);
  drop.hidden = true;
  // Both lists are emptied when the event is over.
  const plain = Array.from(event.dataTransfer.files).map((file) => ({ file, path: file.name }));
  const entries = Array.from(event.dataTransfer.items || []).map((item) =>
    item.webkitGetAsEntry && item.kind === "file" ? item.webkitGetAsEntry() : null).filter(Boolean);
  take(({ filesOf }) => entries.length ? filesOf(entries) : plain);
}

function takePasted(event) {
  const files = event.clipboardData ? Array.from(event.clipboardData.files) : [];
  if (!files.length || event.target.closest && event.target.closest("input:not([type=file]), textarea")) {
    return;
  }
  event.preventDefault();
  const now = new Date();
  take(({ pastedName }) => files.map((file, i) => ({ file, path: pastedName(file, drop.dataset.pasted, now, i) })));
}

// loadIfUnfinished loads the queue, which tells how many files were left when
// the page was closed.
function loadIfUnfinished() {
  try {
    if (Object.keys(localStorage).some((key) => key.startsWith("windowsill-upload "))) {
      load();
    }
  } catch (err) { // the browser keeps nothing
  }
}

busyWhile(() => loading && !loaded); // from then on, the queue has a check of its own
watchMenu();
document.addEventListener("dragover", hover);
document.addEventListener("drop", takeDropped);
document.addEventListener("paste", takePasted);
loadIfUnfinished();
