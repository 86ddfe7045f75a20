// Files to add come from a button, a drop from the desktop, or a paste. The rest
// is loaded when it is first needed: most visitors who may add files only look.
import { busyWhile } from "./busy.js";
import { pastedName } from "./names.js";

// Everything that queue.js, change.js and clash.js import, except for what the
// page has loaded already.
const queueFiles = ["queue.js", "queue-row.js", "schedule.js", "upload.js", "upload-store.js", "wake-lock.js"];
const changeFiles = ["change.js", "clash.js", "dialog.js", "toast.js"];

const form = document.querySelector(".add"), field = form.querySelector("input"), drop = document.querySelector(".drop");
const mayChange = document.querySelector("dialog.clash") !== null && Boolean(window.HTMLDialogElement);
let loading = null, loaded = false;

// load returns the functions that add and change files.
export function load() {
  loading = loading || loadAll();
  return loading;
}

async function loadAll() {
  await Promise.all(queueFiles.concat(mayChange ? changeFiles : []).map(fetched));
  const { add } = await import("./queue.js");
  const { change, create } = mayChange ? await import("./change.js") : {};
  const { clashes } = mayChange ? await import("./clash.js") : {};
  loaded = true;
  return { add, change, create, clashes };
}

// fetched gets a file into the browser's cache, and keeps trying: in Firefox, a
// module that once failed to load cannot be imported again until the page is
// reloaded.
async function fetched(name) {
  for (;;) {
    try {
      const answer = await fetch(new URL(name, import.meta.url), { credentials: "same-origin" });
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

async function take(files) {
  const { add, clashes } = await load();
  return add(files, clashes ? clashes() : null);
}

// Choosing files is enough to send them.
function watchField(input) {
  input.addEventListener("change", () => {
    const files = Array.from(input.files).map((file) => ({ file, path: file.webkitRelativePath || file.name }));
    input.value = ""; // the same ones may be chosen again
    take(files);
  });
}

function watchForm() {
  form.classList.remove("plain");
  field.required = false;
  watchField(field);
  const folders = form.querySelector(".folders");
  if ("webkitdirectory" in field) {
    watchField(folders.querySelector("input"));
    folders.hidden = false;
  }
  ["pointerenter", "focusin"].forEach((kind) => form.addEventListener(kind, load, { once: true }));
}

// Dropped folders are walked.
async function entriesOf(folder) {
  const reader = folder.createReader(), all = [];
  for (;;) { // a hundred entries at a time
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) {
      return all;
    }
    all.push(...some);
  }
}

async function walk(entry, above, files) {
  try {
    if (entry.isFile) {
      const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
      files.push({ file, path: above + entry.name });
      return;
    }
    for (const inside of await entriesOf(entry)) {
      await walk(inside, above + entry.name + "/", files);
    }
  } catch (err) { // unreadable: left out
  }
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
  event.dataTransfer.dropEffect = "copy";
  drop.hidden = false;
  clearTimeout(hides); // dragover keeps coming while one hovers
  hides = setTimeout(() => { drop.hidden = true; }, 400);
}

async function takeDropped(event) {
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
  const files = [];
  for (const entry of entries) {
    await walk(entry, "", files);
  }
  take(entries.length ? files : plain);
}

function takePasted(event) {
  const files = event.clipboardData ? Array.from(event.clipboardData.files) : [];
  if (!files.length || event.target.closest && event.target.closest("input:not([type=file]), textarea")) {
    return;
  }
  event.preventDefault();
  const now = new Date();
  take(files.map((file, i) => ({ file, path: pastedName(file, drop.dataset.pasted, now, i) })));
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

if (window.TextEncoder) { // else the plain form is there
  busyWhile(() => loading && !loaded); // from then on, the queue has a check of its own
  watchForm();
  document.addEventListener("dragover", hover);
  document.addEventListener("drop", takeDropped);
  document.addEventListener("paste", takePasted);
  loadIfUnfinished();
}
