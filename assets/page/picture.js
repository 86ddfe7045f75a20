// Looking through pictures: by swiping, by keys and by buttons, with the next
// one at hand, and closer with two fingers or two taps. Each picture is a page
// of its own, from which this takes what it shows; a page that holds something
// else, such as a film, is gone to.
import { Gestures } from "./gestures.js";
import { isPlain, leave } from "./opened.js";
import { adopt, arrival, load, slideOf } from "./slides.js";
import { look } from "./stream.js";
import { Zoom } from "./zoom.js";

const stage = document.querySelector(".stage");
const still = window.matchMedia("(prefers-reduced-motion: reduce)");
const rightToLeft = document.documentElement.dir === "rtl";
const left = rightToLeft ? "next" : "prev", right = rightToLeft ? "prev" : "next"; // what is there

let here = null; // the page that is shown, as slideOf returns it
let beside = { prev: null, next: null }; // promises of pages; null where there is none, or none yet
let turning = false;
let zoom = null;

function link(side) {
  return document.querySelector("[rel=" + side + "]");
}

// place puts a slide on one side of the stage, or in its middle, and moves it
// from there by so many pixels.
function place(slide, side, pixels) {
  const percent = side ? (side === left ? -100 : 100) : 0;
  slide.style.transform = "translateX(calc(" + percent + "% + " + pixels + "px))";
}

// prepare gets what is on one side ready.
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

// prepareAll gets what one looks at first, then the next, then the one before.
async function prepareAll() {
  const now = here;
  await arrival(now.slide);
  for (const side of ["next", "prev"]) {
    try {
      const page = now === here && await prepare(side);
      if (page && page.slide && now === here) {
        await arrival(page.slide);
      }
    } catch (err) { // it is asked for again when it is wanted
    }
  }
}

// slideTo moves slides as act does, and returns when they have arrived.
function slideTo(act) {
  return new Promise((resolve) => {
    if (still.matches) {
      resolve();
      return;
    }
    stage.classList.add("moving");
    stage.getBoundingClientRect(); // so that it begins where things are
    act();
    setTimeout(() => {
      stage.classList.remove("moving");
      resolve();
    }, 240); // as long as the style takes
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
      location.replace(to.href); // which says what is wrong
      return;
    }
    settle(); // out of reach, which look finds out and says
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

// shift moves what one looks at, and what is beside it, with the finger.
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
