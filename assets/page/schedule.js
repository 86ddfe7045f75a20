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

// Speed is measured once a second and smoothed.
export class Speed {
  // sent is the number of bytes sent so far; null if unknown.
  constructor(sent) {
    this.rest(sent);
  }

  // rest takes the place of measure while nothing is being sent.
  rest(sent) {
    this.bytesPerSecond = 0;
    this.before = sent;
  }

  measure(sent) {
    const moved = this.before === null ? 0 : Math.max(0, sent - this.before);
    this.before = sent;
    this.bytesPerSecond = this.bytesPerSecond ? 0.7 * this.bytesPerSecond + 0.3 * moved : moved;
  }
}
