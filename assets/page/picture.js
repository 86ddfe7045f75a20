// Looking through pictures: by swiping, by keys and by buttons, with the next
// one at hand, and closer with two fingers or two taps. Each picture is a page
// of its own, from which this takes what it shows; one that holds something
// else, as a film, is gone to. The syntax here is of 2017, since a browser that
// cannot read a script does not do what is there without one either.
(function () {
  "use strict";

  const stage = document.querySelector(".stage");
  if (!stage || !window.PointerEvent || !window.fetch || !window.DOMParser) {
    return;
  }
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const leftwards = document.documentElement.dir === "rtl" ? "next" : "prev"; // what is to the left
  const parts = [".up", "h1", ".at", ".title .save", "[rel=prev]", "[rel=next]"]; // of the page around a picture

  // sheet is what one page holds.
  function sheetOf(page, url) {
    const kept = {};
    parts.forEach(function (part) { kept[part] = page.querySelector(part).cloneNode(true); });
    const slide = page.querySelector(".slide");
    return { url: url, title: page.title, parts: kept, slide: slide ? document.adoptNode(slide) : null };
  }

  let here = sheetOf(document, location.href);
  stage.append(here.slide);
  let beside = { prev: null, next: null }; // promises of sheets; null where there is none, or none yet
  let turning = false;

  function link(side) {
    return document.querySelector("[rel=" + side + "]");
  }

  function place(slide, side, shift) {
    const sides = side === leftwards ? -1 : 1;
    slide.style.transform = "translateX(" + (side ? "calc(" + sides * 100 + "% + " + shift + "px)" : shift + "px") + ")";
  }

  // Pictures arrive: a small one first, where the large one takes its time.
  function arrive(slide) {
    const img = slide.querySelector("img"), soon = slide.dataset.soon, picture = slide.querySelector("picture");
    function arrived() {
      const first = slide.querySelector(".soon");
      if (first) {
        first.remove();
      }
      const note = slide.querySelector("figcaption");
      if (note) {
        note.hidden = img.hidden || !(picture && img.currentSrc.includes("?thumb="));
      }
      return img;
    }
    if (img.complete && img.naturalWidth) {
      return Promise.resolve(arrived());
    }
    if (soon && !slide.querySelector(".soon")) {
      const first = document.createElement("img");
      first.className = "soon";
      first.alt = "";
      first.src = soon;
      slide.prepend(first);
    }
    return new Promise(function (done) {
      function failed() {
        slide.querySelector(".failing").hidden = false;
        img.hidden = true;
        done(arrived());
      }
      if (img.complete) {
        failed();
        return;
      }
      img.addEventListener("load", function () { done(arrived()); }, { once: true });
      img.addEventListener("error", failed, { once: true });
    });
  }

  async function load(url) {
    const answer = await fetch(url, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (!answer.ok) {
      throw new Error("status " + answer.status);
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.querySelector(".look")) {
      throw new Error("not a file");
    }
    return sheetOf(page, url);
  }

  // ask gets what is on one side ready.
  function ask(side) {
    const to = link(side);
    if (!beside[side] && to.href) {
      const promise = load(to.href).then(function (sheet) {
        if (sheet.slide && beside[side] === promise) {
          place(sheet.slide, side, 0);
          stage.append(sheet.slide);
        }
        return sheet;
      });
      promise.catch(function () { // the link still leads there
        if (beside[side] === promise) {
          beside[side] = null;
        }
      });
      beside[side] = promise;
    }
    return beside[side];
  }

  // What one looks at comes first, then the next, then the one before.
  async function prepare() {
    const now = here;
    await arrive(now.slide);
    for (const side of ["next", "prev"]) {
      try {
        const sheet = now === here && await ask(side);
        if (sheet && sheet.slide && now === here) {
          await arrive(sheet.slide);
        }
      } catch (err) { // it is asked for again when it is wanted
      }
    }
  }

  function adopt(sheet) {
    parts.forEach(function (part) {
      const old = document.querySelector(part), fresh = sheet.parts[part].cloneNode(true);
      const focused = old === document.activeElement;
      if (part === "h1" || part === ".at") {
        old.replaceChildren ? old.replaceChildren(...fresh.childNodes) : (old.innerHTML = fresh.innerHTML);
      }
      ["href", "hidden", "title", "aria-label"].forEach(function (name) {
        if (fresh.hasAttribute(name)) {
          old.setAttribute(name, fresh.getAttribute(name));
        } else {
          old.removeAttribute(name);
        }
      });
      if (focused && old.hidden) {
        const other = link(part === "[rel=prev]" ? "next" : "prev");
        other.hidden = false;
        other.focus();
      }
    });
    document.title = sheet.title;
    history.replaceState(null, "", sheet.url);
  }

  function slideTo(slides) {
    return new Promise(function (done) {
      if (still.matches) {
        done();
        return;
      }
      stage.classList.add("moving");
      stage.getBoundingClientRect(); // so that it begins where things are
      slides();
      setTimeout(function () {
        stage.classList.remove("moving");
        done();
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
    zoom.rest();
    try {
      const sheet = await ask(side);
      if (!sheet.slide) {
        location.replace(sheet.url);
        return;
      }
      const from = here, back = side === "next" ? "prev" : "next";
      await slideTo(function () {
        place(from.slide, back, 0);
        place(sheet.slide, null, 0);
      });
      stage.querySelectorAll(".slide").forEach(function (slide) {
        if (slide !== from.slide && slide !== sheet.slide) {
          slide.remove();
        }
      });
      here = sheet;
      beside = { prev: null, next: null };
      beside[back] = Promise.resolve(from);
      place(from.slide, back, 0);
      place(here.slide, null, 0);
      adopt(here);
      prepare();
    } catch (err) {
      if (!(err instanceof TypeError)) {
        location.replace(to.href); // which says what is wrong
        return;
      }
      settle(); // out of reach, and live.js says so
      document.dispatchEvent(new CustomEvent("windowsill:idle"));
    }
    turning = false;
  }

  // shift moves what one looks at, and what is beside it, with the finger.
  function shift(x) {
    stage.querySelectorAll(".slide").forEach(function (slide) {
      if (slide === here.slide) {
        place(slide, null, x);
      }
    });
    ["prev", "next"].forEach(function (side) {
      if (beside[side]) {
        beside[side].then(function (sheet) {
          if (sheet.slide && !turning) {
            place(sheet.slide, side, x);
          }
        }, function () {});
      }
    });
  }

  function settle() {
    slideTo(function () { shift(0); }).then(function () {
      if (!turning) {
        shift(0);
      }
    });
  }

  const zoom = window.windowsill.closer(stage, function () { return here.slide.querySelector("img:not(.soon)"); });

  // Fingers, and the mouse.
  const fingers = new Map();
  let begun = null, tapped = null; // where a finger came down; the tap before

  function between() {
    const two = Array.from(fingers.values());
    return { x: (two[0].x + two[1].x) / 2, y: (two[0].y + two[1].y) / 2, apart: Math.hypot(two[0].x - two[1].x, two[0].y - two[1].y) || 1 };
  }

  function begin(event) {
    const at = { x: event.clientX, y: event.clientY };
    fingers.set(event.pointerId, at);
    begun = { x: at.x, y: at.y, time: event.timeStamp, zoom: zoom.view(), two: fingers.size === 2 ? between() : null, pinched: fingers.size > 1 };
  }

  stage.addEventListener("pointerdown", function (event) {
    if (event.button === 0 && !turning) {
      begin(event);
      if (stage.setPointerCapture && event.isTrusted) {
        stage.setPointerCapture(event.pointerId);
      }
    }
  });

  stage.addEventListener("pointermove", function (event) {
    if (!fingers.has(event.pointerId)) {
      return;
    }
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (fingers.size === 2) {
      const now = between(), was = begun.two;
      const moved = { by: begun.zoom.by, x: begun.zoom.x + now.x - was.x, y: begun.zoom.y + now.y - was.y };
      zoom.magnify(begun.zoom.by * now.apart / was.apart, now, moved);
    } else if (zoom.view().by > 1) {
      zoom.drag(begun.zoom, event.clientX - begun.x, event.clientY - begun.y);
    } else if (!begun.pinched) {
      shift(event.clientX - begun.x);
    }
  });

  function end(event) {
    if (!fingers.delete(event.pointerId)) {
      return;
    }
    if (fingers.size) { // the finger that stays moves the picture on
      const left = fingers.values().next().value;
      begun = { x: left.x, y: left.y, time: event.timeStamp, zoom: zoom.view(), two: null, pinched: true };
      return;
    }
    const x = event.clientX - begun.x, y = event.clientY - begun.y, fast = Math.abs(x) / (event.timeStamp - begun.time + 1) > 0.4;
    if (event.type === "pointercancel" || begun.pinched) {
      settle();
    } else if (Math.hypot(x, y) < 10) {
      shift(0);
      tap(event);
    } else if (zoom.view().by > 1) {
      return;
    } else if (y > 110 && y > 2 * Math.abs(x)) {
      document.dispatchEvent(new CustomEvent("windowsill:close"));
    } else if (Math.abs(x) > stage.clientWidth / 4 || fast && Math.abs(x) > 24) {
      turn((x > 0) === (leftwards === "prev") ? "prev" : "next");
    } else {
      settle();
    }
  }

  function tap(event) {
    const again = tapped && event.timeStamp - tapped.time < 350 && Math.hypot(event.clientX - tapped.x, event.clientY - tapped.y) < 40;
    tapped = again ? null : { time: event.timeStamp, x: event.clientX, y: event.clientY };
    if (again && zoom.view().by > 1) {
      zoom.rest();
    } else if (again) {
      zoom.magnify(2.5, { x: event.clientX, y: event.clientY });
    }
  }

  stage.addEventListener("pointerup", end);
  stage.addEventListener("pointercancel", end);
  stage.addEventListener("dragstart", function (event) { event.preventDefault(); });
  stage.addEventListener("wheel", function (event) {
    if (event.ctrlKey) { // two fingers on a touchpad
      event.preventDefault();
      zoom.magnify(zoom.view().by * Math.exp(-event.deltaY / 100), { x: event.clientX, y: event.clientY });
    }
  }, { passive: false });

  ["prev", "next"].forEach(function (side) {
    link(side).addEventListener("click", function (event) {
      if (!event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
        event.preventDefault();
        event.stopPropagation();
        turn(side);
      }
    });
  });

  document.addEventListener("keydown", function (event) {
    if (event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    switch (event.key) {
    case "ArrowLeft":
      turn(leftwards);
      break;
    case "ArrowRight":
      turn(leftwards === "prev" ? "next" : "prev");
      break;
    case "+":
    case "=":
      zoom.magnify(zoom.view().by * 1.5);
      break;
    case "-":
      zoom.magnify(zoom.view().by / 1.5);
      break;
    case "0":
      zoom.rest();
      break;
    default:
      return;
    }
    event.preventDefault();
  });

  prepare();
})();
