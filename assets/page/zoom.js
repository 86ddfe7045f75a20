// How close one is to a picture, and which part of it one sees. A view is how
// much the picture is larger than when it fits (by), and where its middle is,
// x and y pixels from the middle of the stage.

const closest = 8;
const whole = { by: 1, x: 0, y: 0 };

// dragged is a view, moved by so many pixels.
export function dragged(view, x, y) {
  return { by: view.by, x: view.x + x, y: view.y + y };
}

// magnified is a view that is larger by another factor, in which the point of
// the picture at a place stays there; the place is x and y from the middle of
// the stage.
export function magnified(view, by, at) {
  const factor = Math.min(closest, Math.max(1, by));
  const move = (from, to) => to - (to - from) * factor / view.by;
  return { by: factor, x: move(view.x, at.x), y: move(view.y, at.y) };
}

// bounded is a view from which no edge of the picture comes further in than it
// must. Picture and stage are sizes in pixels.
export function bounded(view, picture, stage) {
  const fit = Math.min(stage.width / (picture.width || 1), stage.height / (picture.height || 1), 1);
  const bound = (at, length, room) => {
    const most = Math.max(0, (length * fit * view.by - room) / 2);
    return Math.min(most, Math.max(-most, at));
  };
  return { by: view.by, x: bound(view.x, picture.width, stage.width), y: bound(view.y, picture.height, stage.height) };
}

// Zoom shows picture(), an image that lies in the middle of the stage and fits
// there.
export class Zoom {
  constructor(stage, picture) {
    this.stage = stage;
    this.picture = picture;
    this.view = whole;
    window.addEventListener("resize", () => this.show(this.view));
  }

  get isClose() { return this.view.by > 1; }

  show(view) {
    const img = this.picture(), box = this.stage.getBoundingClientRect();
    const { by, x, y } = this.view = bounded(view, { width: img.naturalWidth, height: img.naturalHeight }, box);
    img.style.transform = by === 1 ? "" : "translate(" + x + "px," + y + "px) scale(" + by + ")";
    this.stage.classList.toggle("zoomed", by > 1);
  }

  reset() {
    this.show(whole);
  }

  // drag moves an earlier view by so many pixels.
  drag(from, x, y) {
    this.show(dragged(from, x, y));
  }

  // magnify goes to another factor. What is under a point of the window, or
  // else in the middle of the stage, stays there. It goes on from an earlier
  // view, or else from this one.
  magnify(by, point, from) {
    const box = this.stage.getBoundingClientRect();
    const at = point ? { x: point.x - box.left - box.width / 2, y: point.y - box.top - box.height / 2 } : { x: 0, y: 0 };
    this.show(magnified(from || this.view, by, at));
  }
}
