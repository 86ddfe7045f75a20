// One upload in the queue, as a row with a bar and buttons.
import { duration } from "./duration.js";
import { fill, size } from "./format.js";
import { baseName, nameAt } from "./names.js";
import { Speed, running, stallOf, unfinished } from "./schedule.js";

const language = document.documentElement.lang;
const section = document.querySelector(".queue"), wording = section.dataset;
const template = section.querySelector("template").content;

// The states in which each button is shown.
const buttons = { pause: ["waiting"].concat(running), resume: ["paused", "failed"], cancel: unfinished.concat("failed") };

// sizeOf writes a number of bytes.
export function sizeOf(bytes) {
  return size(bytes, wording.units, language);
}

// progressParts returns "3 MB of 5 MB", "1 MB/s", "2 s left"; what follows the sizes
// only if the speed is not 0.
export function progressParts({ sent, size: all }, bytesPerSecond) {
  const parts = [fill(fill(wording.amount, "Sent", sizeOf(sent)), "Size", sizeOf(all))];
  if (bytesPerSecond > 0) {
    parts.push(fill(wording.speed, "Size", sizeOf(bytesPerSecond)), leftText(all - sent, bytesPerSecond));
  }
  return parts;
}

function leftText(bytes, bytesPerSecond) {
  const time = duration(bytes / bytesPerSecond, language);
  return time && fill(wording.left, "Time", time);
}

// say writes a line of parts with dots between. It wraps between parts, and a dot
// vanishes there: the style draws them.
export function say(line, parts) {
  const spans = parts.filter(Boolean).map((part) => {
    const span = document.createElement("span");
    span.textContent = part;
    return span;
  });
  const all = spans.flatMap((span, i) => i ? [" ", span] : [span]);
  if (line.textContent !== all.map((node) => node.textContent || node).join("")) {
    line.textContent = "";
    line.append(...all);
  }
}

export class Row {
  // leave is called with the row after its upload was cancelled.
  constructor(upload, leave) {
    this.upload = upload;
    this.leave = leave;
    this.speed = new Speed(0);
    this.item = template.firstElementChild.cloneNode(true);
    this.item.querySelector("bdi").textContent = upload.path;
    this.text = this.item.querySelector("p");
    this.bar = this.item.querySelector("progress");
    this.bar.setAttribute("aria-label", upload.path);
    this.item.querySelectorAll("button").forEach((button) => {
      button.title = fill(button.getAttribute("aria-label"), "Name", upload.path);
      button.setAttribute("aria-label", button.title);
    });
    this.item.addEventListener("click", (event) => this.press(event.target.closest("button")));
  }

  press(button) {
    if (!button) {
      return;
    }
    if (button.name === "cancel") {
      this.upload.cancel();
      this.leave(this);
      return;
    }
    if (button.name === "pause") {
      this.upload.pause();
    } else {
      this.upload.set("waiting");
    }
    this.focus();
  }

  // focus focuses the first visible button, and tells whether there is one.
  focus() {
    const button = this.item.querySelector("button:not([hidden])");
    if (button) {
      button.focus();
    }
    return button !== null;
  }

  draw() {
    const { state, sent, file } = this.upload, focused = this.item.contains(document.activeElement);
    this.item.className = state;
    this.bar.max = file.size || 1;
    this.bar.value = state === "done" ? this.bar.max : sent;
    this.bar.hidden = !unfinished.includes(state);
    this.tell();
    Object.keys(buttons).forEach((name) => {
      this.item.querySelector("[name=" + name + "]").hidden = !buttons[name].includes(state);
    });
    if (focused && document.activeElement.hidden && !this.focus()) {
      section.querySelector("h2").focus({ preventScroll: true });
    }
  }

  tell() {
    if (this.upload.state === "out") {
      this.showWayIn();
      return;
    }
    say(this.text, this.parts());
  }

  parts() {
    const { state, sent, file, path, at, why } = this.upload, { bytesPerSecond } = this.speed;
    const progress = progressParts({ sent, size: file.size }, 0);
    switch (state) {
    case "moving":
      if (sent >= file.size) {
        return [wording.settling];
      }
      return progress.concat(wording[stallOf(this.speed.still)] || leftText(file.size - sent, bytesPerSecond));
    case "failed":
      return [why || wording.unreadable];
    case "done": {
      const name = nameAt(at);
      return [name && name !== baseName(path).normalize("NFC") ? fill(wording.renamed, "Name", name) : wording.done];
    }
    case "waiting":
      return [wording.waiting, sizeOf(file.size)];
    default:
      return [wording[state], sent ? progress[0] : sizeOf(file.size)];
    }
  }

  // showWayIn links to the page where the visitor can ask to come in. It opens in
  // another tab, since this page has the files.
  showWayIn() {
    let link = this.item.querySelector("a");
    if (!link) {
      link = template.querySelector("a").cloneNode(true);
      this.text.textContent = "";
      this.text.append(link);
    }
    link.href = location.href;
  }
}
