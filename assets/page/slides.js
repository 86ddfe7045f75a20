// The pages of pictures as slides on one stage.

// The parts of a page that change with the picture.
const parts = [".up", "h1", ".at", "header .save", "[rel=prev]", "[rel=next]"];

// slideOf takes a page apart: its slide, which is null if it is not the page of a
// picture or a film, the parts around it, and the class that says which it is.
export function slideOf(page, url) {
  const kept = {};
  parts.forEach((part) => { kept[part] = page.querySelector(part).cloneNode(true); });
  page.querySelectorAll(".slide noscript").forEach((one) => one.remove()); // a parsed page has their content as elements
  const slide = page.querySelector(".slide");
  return { url, title: page.title, as: page.body.classList.contains("watched") ? "watched" : "seen", parts: kept, slide: slide ? document.adoptNode(slide) : null };
}

export async function load(url) {
  const answer = await fetch(url, { headers: { Accept: "text/html" } });
  if (!answer.ok) {
    throw new Error("status " + answer.status);
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page.querySelector(".look")) {
    throw new Error("not a file");
  }
  return slideOf(page, url);
}

// adopt gives the page the address, title and parts of another picture's.
export function adopt(sheet) {
  parts.forEach((part) => adoptPart(document.querySelector(part), sheet.parts[part].cloneNode(true), part));
  document.title = sheet.title;
  history.replaceState(null, "", sheet.url);
}

function adoptPart(old, fresh, part) {
  const focused = old === document.activeElement;
  if (part === "h1" || part === ".at") {
    old.textContent = "";
    old.append(...fresh.childNodes);
  }
  ["href", "hidden", "title", "aria-label"].forEach((name) => {
    if (fresh.hasAttribute(name)) {
      old.setAttribute(name, fresh.getAttribute(name));
    } else {
      old.removeAttribute(name);
    }
  });
  if (focused && old.hidden) { // the last picture has only a link back
    const other = document.querySelector(part === "[rel=prev]" ? "[rel=next]" : "[rel=prev]");
    other.hidden = false;
    other.focus();
  }
}

// arrival resolves when a slide's picture is loaded or has failed. Meanwhile a
// thumbnail takes its place, and in the end too if the browser cannot draw it.
export async function arrival(slide) {
  const img = slide.querySelector("img:not(.soon)");
  if (!img) {
    return; // a film has its own picture
  }
  if (!img.complete) {
    showPreview(slide);
    showConverting(slide, isConverted(img.currentSrc));
  }
  const drawn = await settled(img) && await isDrawn(img);
  const shown = (drawn && !await isUniform(img)) || await showSpare(slide, img, drawn);
  img.hidden = !shown;
  slide.querySelector(".failing").hidden = shown;
  arrived(slide, img);
}

// settled resolves to whether a picture could be loaded.
function settled(img) {
  return img.complete ? Promise.resolve(img.naturalWidth > 0) : loading(img);
}

function loading(img) {
  return new Promise((resolve) => {
    img.addEventListener("load", () => resolve(true), { once: true });
    img.addEventListener("error", () => resolve(false), { once: true });
  });
}

// isDrawn resolves to whether a loaded picture can be seen: WebKit draws nothing of
// one that is cut, and may find that only when it has drawn a frame.
async function isDrawn(img) {
  try {
    await img.decode();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await img.decode();
    return true;
  } catch (err) {
    return err.name !== "EncodingError";
  }
}

// isUniform resolves to whether all of a picture has one colour, as far as that can be
// told. That is what Chromium and Firefox draw, without an error, of one that is cut
// before its first rows.
async function isUniform(img) {
  const side = 64, canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  try {
    // Chromium refuses what is cut, and draws it.
    const small = await window.createImageBitmap(img, { resizeWidth: side, resizeHeight: side }).catch(() => img), drawing = canvas.getContext("2d");
    drawing.drawImage(small, 0, 0, side, side);
    const pixels = new Uint32Array(drawing.getImageData(0, 0, side, side).data.buffer);
    return pixels.every((pixel) => pixel === pixels[0]);
  } catch (err) { // the browser is old, or it is a drawing
    return false;
  }
}

// showSpare shows what the server could make of a picture that the browser refuses, or
// has drawn in one colour, and resolves to whether there is anything.
async function showSpare(slide, img, drawn) {
  const refused = img.currentSrc;
  for (const spare of (slide.dataset.spare || "").split(" ")) {
    if (spare && !refused.endsWith(spare)) {
      // Another element: Firefox may report an error of the refused one late.
      const other = new Image(), loaded = loading(other), whole = isConverted(spare);
      showConverting(slide, whole && !drawn);
      img.hidden = !drawn; // rather than its name
      other.src = spare;
      if (await loaded) {
        if (drawn && await isUniform(other)) {
          return true; // it has one colour
        }
        slide.querySelectorAll("source").forEach((source) => source.remove());
        img.src = spare;
        await settled(img);
        slide.querySelector(".spare").hidden = whole;
        return true;
      }
    }
  }
  return false;
}

// isConverted tells whether an address is that of a picture that the server makes.
function isConverted(address) {
  return address.includes("?as=");
}

function showPreview(slide) {
  if (slide.dataset.soon && !slide.querySelector(".soon")) {
    const preview = document.createElement("img");
    preview.className = "soon";
    preview.alt = "";
    preview.src = slide.dataset.soon;
    slide.prepend(preview);
  }
}

// showConverting says that the server is making a picture that the browser can show.
function showConverting(slide, shown) {
  const note = slide.querySelector(".converting");
  if (note) {
    note.hidden = !shown;
  }
}

function arrived(slide, img) {
  const preview = slide.querySelector(".soon"), note = slide.querySelector(".small"), converted = slide.querySelector(".converted");
  if (preview) {
    preview.remove();
  }
  showConverting(slide, false);
  if (converted) {
    converted.hidden = img.hidden || img.currentSrc.includes("?thumb="); // it could not be made
  }
  if (note) { // which says that this is a thumbnail
    note.hidden = img.hidden || !img.currentSrc.includes("?thumb=");
  }
}
