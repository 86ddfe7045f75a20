// Backoff gives the pauses between tries, in seconds: each is longer than the
// one before, up to a longest one.
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

  // reset is for when a try has worked.
  reset() {
    this.pause = this.first;
  }
}
