// Gestures on a picture, by touch and by mouse.

const doubleTap = 350; // milliseconds within which a second tap belongs to the first

// meaningOf interprets the movement of one finger by x and y pixels in so many
// milliseconds: "tap", "close", a push to the "left" or "right", or "".
export function meaningOf(x, y, duration, width) {
  if (Math.hypot(x, y) < 10) {
    return "tap";
  }
  if (y > 110 && y > 2 * Math.abs(x)) {
    return "close";
  }
  const fast = Math.abs(x) / (duration + 1) > 0.4 && Math.abs(x) > 24;
  if (Math.abs(x) > width / 4 || fast) {
    return x > 0 ? "right" : "left";
  }
  return "";
}

// middleOf returns the middle of two points, and how far apart they are.
export function middleOf([a, b]) {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, apart: Math.hypot(a.x - b.x, a.y - b.y) || 1 };
}

// isDoubleTap tells whether two taps are one gesture.
export function isDoubleTap(before, tap) {
  return before !== null && tap.time - before.time < doubleTap && Math.hypot(tap.x - before.x, tap.y - before.y) < 40;
}

// isOnControls tells whether a finger is on the buttons of a film's player.
function isOnControls(event) {
  const video = event.target.closest("video"), box = video && video.getBoundingClientRect();
  return Boolean(box) && event.clientY > box.bottom - 80;
}

// Gestures turns what fingers do into calls to zoom and to pages: isTurning();
// shift(x) while the picture follows a finger; then settle() to put it back,
// push(side), close(), or toggle() after a single tap.
export class Gestures {
  constructor(stage, zoom, pages) {
    this.stage = stage;
    this.zoom = zoom;
    this.pages = pages;
    this.fingers = new Map(); // points, by the pointer's ID
    this.begun = null; // where things were when the number of fingers last changed
    this.tapped = null; // the last tap
    this.single = 0; // the timer that tells that it was the only one
    stage.addEventListener("pointerdown", (event) => this.down(event));
    stage.addEventListener("pointermove", (event) => this.move(event));
    stage.addEventListener("pointerup", (event) => this.up(event));
    stage.addEventListener("pointercancel", (event) => this.up(event));
    stage.addEventListener("dragstart", (event) => event.preventDefault());
    stage.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
  }

  // begin notes the state that the coming movement is relative to.
  begin(at, time, pinched) {
    const pinch = this.fingers.size === 2 ? middleOf(Array.from(this.fingers.values())) : null;
    this.begun = { x: at.x, y: at.y, time, view: this.zoom.view, pinch, pinched };
  }

  down(event) {
    if (event.button !== 0 || isOnControls(event)) {
      return;
    }
    const at = { x: event.clientX, y: event.clientY };
    this.fingers.set(event.pointerId, at);
    this.begin(at, event.timeStamp, this.fingers.size > 1);
    clearTimeout(this.single);
  }

  // capture keeps a finger that has left the stage; not one that stays, whose tap
  // a film has to see.
  capture(event, x, y) {
    if (Math.hypot(x, y) > 10 && this.stage.setPointerCapture && event.isTrusted && !this.stage.hasPointerCapture(event.pointerId)) {
      this.stage.setPointerCapture(event.pointerId);
    }
  }

  move(event) {
    if (!this.fingers.has(event.pointerId)) {
      return;
    }
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const { x, y, view, pinch, pinched } = this.begun;
    this.capture(event, event.clientX - x, event.clientY - y);
    if (this.pages.isTurning()) {
      return; // a swipe may begin before the one before it has ended
    }
    if (this.fingers.size === 2) {
      const now = middleOf(Array.from(this.fingers.values()));
      const moved = { by: view.by, x: view.x + now.x - pinch.x, y: view.y + now.y - pinch.y };
      this.zoom.magnify(view.by * now.apart / pinch.apart, now, moved);
    } else if (this.zoom.isClose) {
      this.zoom.drag(view, event.clientX - x, event.clientY - y);
    } else if (!pinched) {
      this.pages.shift(event.clientX - x);
    }
  }

  up(event) {
    if (!this.fingers.delete(event.pointerId)) {
      return;
    }
    if (this.fingers.size) { // one finger of two was lifted
      this.begin(this.fingers.values().next().value, event.timeStamp, true);
      return;
    }
    if (event.type === "pointercancel" || this.begun.pinched) {
      this.pages.settle();
      return;
    }
    const x = event.clientX - this.begun.x, y = event.clientY - this.begun.y;
    const meaning = meaningOf(x, y, event.timeStamp - this.begun.time, this.stage.clientWidth);
    if (meaning === "tap") {
      this.pages.shift(0);
      if (!event.target.closest("video, details")) { // which knows what to do
        this.tap({ x: event.clientX, y: event.clientY, time: event.timeStamp });
      }
    } else if (!this.zoom.isClose) { // while zoomed in, the finger panned
      this.finish(meaning);
    }
  }

  finish(meaning) {
    if (meaning === "close") {
      this.pages.close();
    } else if (meaning) {
      this.pages.push(meaning);
    } else {
      this.pages.settle();
    }
  }

  tap(tap) {
    const twice = isDoubleTap(this.tapped, tap);
    this.tapped = twice ? null : tap;
    if (twice && this.zoom.isClose) {
      this.zoom.reset();
    } else if (twice) {
      this.zoom.magnify(2.5, tap);
    } else {
      this.single = setTimeout(() => this.pages.toggle(), doubleTap);
    }
  }

  wheel(event) {
    if (event.ctrlKey) { // a pinch on a touchpad
      event.preventDefault();
      this.zoom.magnify(this.zoom.view.by * Math.exp(-event.deltaY / 100), { x: event.clientX, y: event.clientY });
    }
  }
}
