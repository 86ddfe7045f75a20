// Zooming and panning. A view is by how much the picture is larger than when it
// fits, and the offset x, y in pixels of its middle from the middle of the stage.

const closest = 8;
const whole = { by: 1, x: 0, y: 0 };

// dragged moves a view by so many pixels.
export function dragged(view, x, y) {
  return { by: view.by, x: view.x + x, y: view.y + y };
}

// magnified sets the factor of a view and keeps the point of the picture under
// at where it is; at is relative to the middle of the stage.
export function magnified(view, by, at) {
  const factor = Math.min(closest, Math.max(1, by));
  const move = (from, to) => to - (to - from) * factor / view.by;
  return { by: factor, x: move(view.x, at.x), y: move(view.y, at.y) };
}

// bounded moves a view so that no edge of the picture is further inside the stage
// than it must. Picture and stage are sizes in pixels.
export function bounded(view, picture, stage) {
  const fit = Math.min(stage.width / (picture.width || 1), stage.height / (picture.height || 1), 1);
  const bound = (at, length, room) => {
    const most = Math.max(0, (length * fit * view.by - room) / 2);
    return Math.min(most, Math.max(-most, at));
  };
  return { by: view.by, x: bound(view.x, picture.width, stage.width), y: bound(view.y, picture.height, stage.height) };
}

// Zoom applies a view to picture(), an image that fits into the stage.
export class Zoom {
  constructor(stage, picture) {
    this.stage = stage;
    this.picture = picture;
    this.view = whole;
    window.addEventListener("resize", () => this.show(this.view));
  }

  get isClose() { return this.view.by > 1; }

  show(view) {
    const img = this.picture();
    if (!img) {
      this.view = whole;
      return; // a film
    }
    const box = this.stage.getBoundingClientRect();
    const { by, x, y } = this.view = bounded(view, { width: img.naturalWidth, height: img.naturalHeight }, box);
    img.style.transform = by === 1 ? "" : "translate(" + x + "px," + y + "px) scale(" + by + ")";
    this.stage.classList.toggle("zoomed", by > 1);
  }

  reset() {
    this.show(whole);
  }

  // drag moves an earlier view.
  drag(from, x, y) {
    this.show(dragged(from, x, y));
  }

  // magnify sets the factor, keeping what is under a point of the window where it
  // is; the middle of the stage if there is no point. It starts from an earlier
  // view if there is one.
  magnify(by, point, from) {
    const box = this.stage.getBoundingClientRect();
    const at = point ? { x: point.x - box.left - box.width / 2, y: point.y - box.top - box.height / 2 } : { x: 0, y: 0 };
    this.show(magnified(from || this.view, by, at));
  }
}
