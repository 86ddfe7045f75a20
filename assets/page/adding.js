// Where files to add come from: a button, a drop from the desktop, or a paste.
// What is behind that is loaded when it is first needed, for most who may add
// something only look.
import { busyWhile } from "./busy.js";
import { pastedName } from "./names.js";

// What queue.js, change.js and clash.js are made of, but for what the page has
// already.
const queueFiles = ["queue.js", "queue-row.js", "schedule.js", "upload.js", "upload-store.js", "wake-lock.js"];
const changeFiles = ["change.js", "clash.js", "dialog.js", "toast.js"];

const form = document.querySelector(".add"), field = form.querySelector("input"), drop = document.querySelector(".drop");
const mayChange = document.querySelector("dialog.clash") !== null && Boolean(window.HTMLDialogElement);
let loading = null, loaded = false;

// load returns what the page needs to add and change files.
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

// fetched gets a file into the browser's cache, and tries until it is there:
// Firefox remembers a module that could not be imported for as long as the page
// is open.
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

// The button opens the chooser at once, and choosing is all there is to do.
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

// What is dropped may hold folders, which are gone through.
async function entriesOf(folder) {
  const reader = folder.createReader(), all = [];
  for (;;) { // it gives a hundred at a time
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
  } catch (err) { // what cannot be read cannot be added
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
  clearTimeout(hides); // this comes several times a second while one hovers
  hides = setTimeout(() => { drop.hidden = true; }, 400);
}

async function takeDropped(event) {
  if (!carriesFiles(event)) {
    return;
  }
  event.preventDefault();
  clearTimeout(hides);
  drop.hidden = true;
  // Both are gone when the event is over.
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

// goOn loads what tells how many files were left when the page was closed.
function goOn() {
  try {
    if (Object.keys(localStorage).some((key) => key.startsWith("windowsill-upload "))) {
      load();
    }
  } catch (err) { // the browser keeps nothing
  }
}

if (window.TextEncoder) { // else the plain form is there
  busyWhile(() => loading && !loaded); // until the queue knows better
  watchForm();
  document.addEventListener("dragover", hover);
  document.addEventListener("drop", takeDropped);
  document.addEventListener("paste", takePasted);
  goOn();
}
