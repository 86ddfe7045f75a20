// The queue of uploads: a row for each, and a total. All its texts are in the
// page.
import { busyWhile } from "./busy.js";
import { isLost } from "./focus.js";
import { plural } from "./format.js";
import { Row, progressParts, say, sizeOf } from "./queue-row.js";
import { Speed, identityOf, inState, nextOf, progressOf, running, stallOf, unfinished } from "./schedule.js";
import { look } from "./stream.js";
import { sampleOf, uploadStore } from "./upload-store.js";
import { EmptyFolder, Upload } from "./upload.js";
import { stayAwake } from "./wake-lock.js";

const language = document.documentElement.lang;
const section = document.querySelector(".queue"), wording = section.dataset, dir = wording.dir;
const list = section.querySelector("ul"), title = section.querySelector("h2");
const total = section.querySelector(".sum progress"), pace = section.querySelector(".sum p");
const said = section.querySelector(".said"), clear = section.querySelector(".clear");
const notice = document.querySelector(".unfinished"), again = document.querySelector(".add summary");
const speed = new Speed(null);
let rows = [];
let announced = ""; // what screen readers were told last
let choosing = 0; // calls of add that have not returned

function uploads() {
  return rows.map((row) => row.upload);
}

function count(...states) {
  return inState(uploads(), states).length;
}

function words(which, number) {
  return plural(section.querySelector("." + which).dataset, number, language);
}

// add takes files, each {file, path}. Clash is called for each, to tell "both",
// "replace" or "skip" if the name is taken; null is "both" for all.
export async function add(files, clash) {
  notice.hidden = true;
  choosing++; // finished uploads are remembered until all are done
  const known = new Set(inState(uploads(), unfinished.concat("failed")).map(identityOf));
  let drawn = 0; // when the queue was last drawn
  for (const { file, path } of files) {
    const upload = file ? new Upload(file, path, dir, changed) : new EmptyFolder(path, dir, changed, wording.empty);
    if (known.has(identityOf(upload))) {
      continue;
    }
    known.add(identityOf(upload));
    await enqueue(upload, clash);
    if (Date.now() - drawn > 100) { // for each of thousands of files it would take too long
      show();
      await new Promise((resolve) => setTimeout(resolve));
      drawn = Date.now();
    }
  }
  choosing--;
  show();
}

// show draws the queue, and focuses it if the menu that had the focus has closed.
function show() {
  update();
  if (isLost()) {
    title.focus({ preventScroll: true });
  }
}

// enqueue appends an upload, which may resume one from before a reload.
async function enqueue(upload, clash) {
  upload.sample = await sampleOf(upload.file);
  const kept = uploadStore.recall(upload), taken = kept && rows.some((row) => row.upload.url === kept.url);
  const recalled = taken && kept.url ? null : kept;
  const wish = clash && !recalled ? await clash(upload) : "both";
  if (wish === "skip") {
    return;
  }
  upload.overwrite = wish === "replace";
  if (recalled && recalled.done) {
    upload.state = "done";
    upload.sent = upload.file.size;
  } else if (recalled) {
    upload.url = recalled.url;
  }
  const row = new Row(upload, remove);
  rows.push(row);
  list.append(row.item);
  row.draw();
  uploadStore.keep(upload);
}

// remove takes a row away and focuses the next one.
function remove(row) {
  const index = rows.indexOf(row), near = rows[index + 1] || rows[index - 1];
  uploadStore.forget(row.upload);
  rows.splice(index, 1);
  row.item.remove();
  if (!near || !near.focus()) {
    title.focus();
  }
  update();
}

// changed is called by uploads whenever their state or progress changes.
function changed(upload) {
  const row = rows.find((one) => one.upload === upload);
  if (!row) {
    return;
  }
  const before = row.item.className;
  row.draw();
  if (before === upload.state && row.url === upload.url) {
    drawTotal();
    return;
  }
  row.url = upload.url;
  if (upload.state === "trouble") {
    look(); // the rest of the page learns of it at once
  }
  if (unfinished.includes(upload.state) || upload.state === "done") {
    uploadStore.keep(upload);
  }
  update();
}

// start starts as many uploads as may run. Starting one calls changed and so
// comes back here: hence each round looks again for the next one.
function start() {
  let upload = nextOf(uploads());
  while (upload) {
    upload.start();
    upload = nextOf(uploads());
  }
}

// update follows a change of any upload's state.
function update() {
  start();
  const open = count(...unfinished) > 0, moving = count(...running) > 0;
  section.hidden = !rows.length;
  clear.hidden = open;
  stayAwake(moving, wording.film);
  window.onbeforeunload = moving ? askToStay : null;
  if (!open && !choosing && !count("failed")) {
    uploadStore.clear(dir);
  }
  drawTotal();
  announce();
  if (!open && !choosing) {
    look();
  }
}

function askToStay(event) {
  event.preventDefault();
  return "";
}

function drawTotal() {
  const progress = progressOf(uploads()), open = count(...unfinished) > 0;
  total.max = progress.size || 1;
  total.value = open ? progress.sent : total.max;
  total.hidden = !open;
  title.textContent = summary();
  const stalled = open && count("moving") ? stallOf(speed.still) : "";
  const moving = progressParts(progress, stalled ? 0 : speed.bytesPerSecond).concat(wording[stalled]);
  say(pace, open ? moving : progress.size ? [sizeOf(progress.size)] : []);
}

function summary() {
  const open = count(...unfinished), failed = count("failed"), done = count("done");
  if (open) {
    return words("adding", open);
  }
  return [done || !failed ? words("added", done) : "", failed ? words("failures", failed) : ""].filter(Boolean).join(" · ");
}

// announce tells screen readers of the queue, but not of each file.
function announce() {
  const out = count("out") > 0, trouble = count("trouble") > 0;
  const state = [count(...unfinished) > 0, count("failed"), out || trouble].join();
  if (rows.length && state !== announced) {
    announced = state;
    said.textContent = [summary(), out ? wording.out : trouble ? wording.trouble : ""].filter(Boolean).join(" · ");
  }
}

function measure() {
  const { sent } = progressOf(uploads());
  rows.filter((row) => row.upload.state !== "moving").forEach((row) => row.speed.rest(row.upload.sent));
  if (!count("moving")) {
    speed.rest(sent);
    return;
  }
  speed.measure(sent);
  rows.filter((row) => row.upload.state === "moving").forEach((row) => {
    row.speed.measure(row.upload.sent);
    row.draw();
  });
  drawTotal();
}

// showUnfinished tells how many files were left when the page was closed.
function showUnfinished() {
  const left = uploadStore.unfinished(dir), p = notice.querySelector("p");
  if (!left) {
    return;
  }
  notice.hidden = false;
  p.textContent = plural(p.dataset, left, language);
  notice.querySelector("button").addEventListener("click", () => {
    uploadStore.clear(dir);
    notice.hidden = true;
    again.focus();
  });
}

clear.addEventListener("click", () => {
  rows.forEach((row) => {
    uploadStore.forget(row.upload);
    row.item.remove();
  });
  rows = [];
  update();
  again.focus();
});
busyWhile(() => choosing > 0 || rows.length > 0); // the summary stays until it is dismissed
setInterval(measure, 1000);
showUnfinished();
