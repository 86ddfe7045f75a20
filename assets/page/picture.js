// The picture viewer: swipes, keys and buttons turn to the next picture, which
// is preloaded; a pinch or a double tap zooms. Each picture has a page of its
// own, and the viewer takes the slide from there. A page without one, such as a
// film's, is opened instead.
import { Gestures } from "./gestures.js";
import { isPlain, leave } from "./opened.js";
import { adopt, arrival, load, slideOf } from "./slides.js";
import { look } from "./stream.js";
import { Zoom } from "./zoom.js";

const stage = document.querySelector(".stage");
const still = window.matchMedia("(prefers-reduced-motion: reduce)");
const rightToLeft = document.documentElement.dir === "rtl";
const left = rightToLeft ? "next" : "prev", right = rightToLeft ? "prev" : "next"; // the direction in which they lie

let here = null; // the page that is shown, as slideOf returns it
let beside = { prev: null, next: null }; // promises of pages; null until they are asked for
let turning = false;
let zoom = null;

function link(side) {
  return document.querySelector("[rel=" + side + "]");
}

// place puts a slide on one side of the stage, or in its middle if side is null,
// shifted by so many pixels.
function place(slide, side, pixels) {
  const percent = side ? (side === left ? -100 : 100) : 0;
  slide.style.transform = "translateX(calc(" + percent + "% + " + pixels + "px))";
}

// prepare loads the page on one side.
function prepare(side) {
  const to = link(side);
  if (!beside[side] && to.href) {
    const promise = load(to.href).then((page) => {
      if (page.slide && beside[side] === promise) {
        place(page.slide, side, 0);
        stage.append(page.slide);
      }
      return page;
    });
    promise.catch(() => { // the link still leads there
      if (beside[side] === promise) {
        beside[side] = null;
      }
    });
    beside[side] = promise;
  }
  return beside[side];
}

// prepareAll loads the picture in sight first, then the next, then the previous.
async function prepareAll() {
  const now = here;
  await arrival(now.slide);
  for (const side of ["next", "prev"]) {
    try {
      const page = now === here && await prepare(side);
      if (page && page.slide && now === here) {
        await arrival(page.slide);
      }
    } catch (err) { // it is tried again when it is wanted
    }
  }
}

// slideTo animates the changes that act makes, and returns when they are done.
function slideTo(act) {
  return new Promise((resolve) => {
    if (still.matches) {
      resolve();
      return;
    }
    stage.classList.add("moving");
    stage.getBoundingClientRect(); // starts the transition from where the slides are
    act();
    setTimeout(() => {
      stage.classList.remove("moving");
      resolve();
    }, 240); // the transition in the style takes 220
  });
}

async function turn(side) {
  const to = link(side);
  if (turning) {
    return;
  }
  if (!to.href) {
    settle();
    return;
  }
  turning = true;
  zoom.reset();
  try {
    const page = await prepare(side);
    if (!page.slide) {
      location.replace(page.url);
      return;
    }
    await show(page, side);
  } catch (err) {
    if (!(err instanceof TypeError)) {
      location.replace(to.href); // which shows the error
      return;
    }
    settle(); // unreachable; look tells the visitor
    look();
  }
  turning = false;
}

async function show(page, side) {
  const before = here, back = side === "next" ? "prev" : "next";
  await slideTo(() => {
    place(before.slide, back, 0);
    place(page.slide, null, 0);
  });
  stage.querySelectorAll(".slide").forEach((slide) => {
    if (slide !== before.slide && slide !== page.slide) {
      slide.remove();
    }
  });
  here = page;
  beside = { prev: null, next: null };
  beside[back] = Promise.resolve(before);
  place(before.slide, back, 0);
  place(here.slide, null, 0);
  adopt(here);
  prepareAll();
}

// shift moves the picture and its neighbours with the finger.
function shift(x) {
  place(here.slide, null, x);
  ["prev", "next"].forEach((side) => {
    if (beside[side]) {
      beside[side].then((page) => {
        if (page.slide && !turning) {
          place(page.slide, side, x);
        }
      }, () => {});
    }
  });
}

function settle() {
  slideTo(() => shift(0)).then(() => {
    if (!turning) {
      shift(0);
    }
  });
}

const keys = {
  ArrowLeft: () => turn(left),
  ArrowRight: () => turn(right),
  "+": () => zoom.magnify(zoom.view.by * 1.5),
  "=": () => zoom.magnify(zoom.view.by * 1.5),
  "-": () => zoom.magnify(zoom.view.by / 1.5),
  "0": () => zoom.reset(),
};

function start() {
  here = slideOf(document, location.href);
  stage.append(here.slide);
  zoom = new Zoom(stage, () => here.slide.querySelector("img:not(.soon)"));
  new Gestures(stage, zoom, {
    shift, settle, close: leave,
    isTurning: () => turning,
    push: (to) => turn(to === "right" ? left : right),
  });
  ["prev", "next"].forEach((side) => link(side).addEventListener("click", (event) => {
    if (isPlain(event)) {
      event.preventDefault();
      turn(side);
    }
  }));
  document.addEventListener("keydown", (event) => {
    if (keys[event.key] && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  prepareAll();
}

if (window.PointerEvent) {
  start();
}
