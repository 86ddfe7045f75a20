// Backoff gives the pauses between tries, in seconds: each is longer than the
// last, up to a limit.
export class Backoff {
  constructor(first, factor, longest) {
    this.first = first;
    this.factor = factor;
    this.longest = longest;
    this.reset();
  }

  next() {
    const pause = this.pause;
    this.pause = Math.min(pause * this.factor, this.longest);
    return pause;
  }

  // reset is called when a try has worked.
  reset() {
    this.pause = this.first;
  }
}
