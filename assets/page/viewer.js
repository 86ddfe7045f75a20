// The viewer of pictures and films: swipes, keys and buttons turn to the next one,
// which is preloaded; a pinch or a double tap zooms into a picture; a tap hides
// all else. Each picture has a page of its own, and the viewer takes the slide
// from there.
import { carry } from "./failover.js";
import { filmKeys, prepareFilm } from "./film.js";
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
let wanted = ""; // the side to turn to next, asked for while turning
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
        prepareFilm(page.slide, setBare);
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

// late rejects when a page has taken so long that a navigation had better say why.
function late() {
  return new Promise((resolve, reject) => setTimeout(reject, 5000, new Error("late")));
}

async function turn(side) {
  const to = link(side);
  if (turning) {
    wanted = side;
    return;
  }
  if (!to.href) {
    settle();
    return;
  }
  turning = true;
  wanted = "";
  zoom.reset();
  try {
    const page = await Promise.race([prepare(side), late()]);
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
    turning = false;
    settle(); // unreachable; look tells the visitor
    look();
    return;
  }
  turning = false;
  if (wanted) {
    turn(wanted);
  }
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
  pause(before.slide);
  here = page;
  document.body.className = "look " + page.as;
  beside = { prev: null, next: null };
  beside[back] = Promise.resolve(before);
  place(before.slide, back, 0);
  place(here.slide, null, 0);
  adopt(here);
  prepareAll();
}

// shift moves the picture and its neighbours with the finger.
function shift(x) {
  if (turning) {
    return;
  }
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

function film() {
  return here.slide.querySelector("video");
}

function pause(slide) {
  slide.querySelectorAll("video").forEach((video) => video.pause());
}

// setBare hides what lies over a picture or a film, or shows it again.
function setBare(bare) {
  document.body.classList.toggle("bare", bare);
}

// goOn plays a film from where it was at another address of the share.
function goOn() {
  const since = /^#t=(\d+)$/.exec(location.hash);
  if (since && film()) {
    film().currentTime = Number(since[1]);
    history.replaceState(null, "", location.pathname + location.search);
  }
}

function press(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("video")) { // which has keys of its own
    return;
  }
  const act = (film() && !event.target.closest("a") && filmKeys[event.key]) || keys[event.key];
  if (act) {
    event.preventDefault();
    act(film());
  }
}

const keys = {
  ArrowLeft: () => turn(left),
  ArrowRight: () => turn(right),
  PageUp: () => turn("prev"),
  PageDown: () => turn("next"),
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
    toggle: () => setBare(!document.body.classList.contains("bare")),
    push: (to) => turn(to === "right" ? left : right),
  });
  ["prev", "next"].forEach((side) => link(side).addEventListener("click", (event) => {
    if (isPlain(event)) {
      event.preventDefault();
      turn(side);
    }
  }));
  document.addEventListener("keydown", press);
  carry(() => film() ? "t=" + Math.floor(film().currentTime) : location.hash.slice(1));
  prepareFilm(here.slide, setBare);
  goOn();
  prepareAll();
}

if (window.PointerEvent) {
  start();
}
