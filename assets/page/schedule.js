// The order in which uploads run, and how far they are.

const mostAtOnce = 3;

// The states of an upload that is not over yet, and of one that takes up a place
// among those that run.
export const unfinished = ["waiting", "moving", "trouble", "out", "paused"];
export const running = ["moving", "trouble", "out"];

// inState returns the uploads that are in one of the states.
export function inState(uploads, states) {
  return uploads.filter((upload) => states.includes(upload.state));
}

// nextOf returns the upload to start now, or undefined.
export function nextOf(uploads) {
  if (inState(uploads, running).length >= mostAtOnce) {
    return undefined;
  }
  return uploads.find((upload) => upload.state === "waiting");
}

// progressOf adds up bytes, without files that failed.
export function progressOf(uploads) {
  const counting = inState(uploads, unfinished.concat("done"));
  const sum = (of) => counting.reduce((total, upload) => total + of(upload), 0);
  return { sent: sum((upload) => upload.sent), size: sum((upload) => upload.file.size) };
}

// identityOf is equal for two uploads of the same file.
export function identityOf(upload) {
  return [upload.file.size, upload.file.lastModified, upload.path].join(" ");
}

const span = 12; // seconds over which a speed is the mean

// Speed is measured once a second: the mean over the last twelve, or since the last
// stall.
export class Speed {
  // sent is the number of bytes sent so far; null if unknown.
  constructor(sent) {
    this.rest(sent);
  }

  // rest takes the place of measure while nothing is being sent.
  rest(sent) {
    this.counts = sent === null ? [] : [sent]; // at each second, the latest last
    this.still = 0; // seconds without progress
  }

  get bytesPerSecond() {
    const last = this.counts.length - 1;
    return last > 0 ? (this.counts[last] - this.counts[0]) / last : 0;
  }

  measure(sent) {
    const before = this.counts[this.counts.length - 1], resumes = sent > before && stallOf(this.still) !== "";
    this.still = before === undefined || sent > before ? 0 : this.still + 1;
    if (sent < before || resumes) { // the server has less than was thought, or answers again
      this.counts = [];
    }
    this.counts.push(sent);
    this.counts.splice(0, this.counts.length - 1 - span);
  }
}

// stallOf tells what to say after so many seconds without progress: nothing (""),
// that one waits ("stalled"), or why perhaps ("stuck").
export function stallOf(seconds) {
  return seconds >= 10 ? "stuck" : seconds >= 3 ? "stalled" : "";
}
