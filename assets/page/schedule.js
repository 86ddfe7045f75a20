// Which uploads are whose turn, and how far all of them are.

const mostAtOnce = 3;

// States of an upload in which it is not over yet, and in which it takes one of
// the places of those that run.
export const unfinished = ["waiting", "moving", "trouble", "out", "paused"];
export const running = ["moving", "trouble", "out"];

// inState returns those of the uploads that are in one of the states.
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

// progressOf adds up bytes; files that failed count for nothing.
export function progressOf(uploads) {
  const counting = inState(uploads, unfinished.concat("done"));
  const sum = (of) => counting.reduce((total, upload) => total + of(upload), 0);
  return { sent: sum((upload) => upload.sent), size: sum((upload) => upload.file.size) };
}

// identityOf is the same for two uploads of the same file.
export function identityOf(upload) {
  return [upload.file.size, upload.file.lastModified, upload.path].join(" ");
}

// Speed is how fast bytes go, measured once a second and smoothed.
export class Speed {
  // sent is how many bytes have gone out so far; null if that is not known.
  constructor(sent) {
    this.rest(sent);
  }

  // rest is for a second in which nothing was on its way.
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
