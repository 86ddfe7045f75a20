// Brings an open page up to date from a fresh copy of itself. Rows that have not
// changed stay the same elements, so that nothing jumps, and selection and focus
// are kept.

// matchRows pairs the rows of a fresh list with those shown; both are arrays of
// {key, html}. For each fresh row it returns the index of the shown row with its
// key, or -1, and whether their HTML is the same.
export function matchRows(shown, fresh) {
  const indexes = new Map(shown.map((row, i) => [row.key, i]));
  return fresh.map((row) => {
    const index = indexes.has(row.key) ? indexes.get(row.key) : -1;
    return { index, same: index >= 0 && shown[index].html === row.html };
  });
}

// sameRows tells whether two lists have the same HTML.
export function sameRows(shown, fresh) {
  return shown.length === fresh.length && shown.every((row, i) => row.html === fresh[i].html);
}

// keyOf identifies a row. A folder may have taken the place of a file of the
// same name.
function keyOf(row) {
  const box = row.querySelector("input[name=name]"), link = row.querySelector(".open");
  return row.classList.contains("folder") + (link && link.getAttribute("href") || (box ? box.value : ""));
}

function listOf(page) {
  return page.querySelector("main ul.list, main .gallery");
}

// rowsIn returns the rows of a list, or the squares of a gallery.
function rowsIn(list) {
  return list ? Array.from(list.querySelectorAll("li")) : [];
}

// Shown is what the page shows: a folder, texts, or something that does not
// change.
export class Shown {
  constructor() {
    this.asOf = document.querySelector(".live").dataset.asof; // of the folder; undefined on other pages
    this.texts = document.querySelector("[data-live=texts]"); // null on other pages
    this.written = new WeakMap(); // the HTML of each row as the server sent it
    this.holds = [];
    this.mergedCalls = [];
    this.begin();
  }

  begin() {
    this.list = listOf(document); // null if the folder is empty
    rowsIn(this.list).forEach((row) => this.written.set(row, row.outerHTML));
  }

  get isFolder() { return this.asOf !== undefined; }
  get canChange() { return this.isFolder || this.texts !== null; }

  // keepWhile adds a check that tells whether the rows must stay as they are.
  keepWhile(check) {
    this.holds.push(check);
  }

  // address is that of a fresh copy. Its look is the one that the page has: that
  // never changes under the hand.
  get address() {
    const own = location.href.replace(/#.*/, "");
    return this.list ? own + (own.includes("?") ? "&" : "?") + "once&view=" + (this.list.matches(".gallery") ? "gallery" : "list") : own;
  }

  // onMerged adds a function to call after rows were replaced; it is told whether
  // the list is another one.
  onMerged(call) {
    this.mergedCalls.push(call);
  }

  // merge takes over a fresh copy of the page. It returns what remains to be done:
  // nothing (""), to "reload" the page, or to "offer" that.
  async merge(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    if (this.isFolder) {
      return this.mergeFolder(page);
    }
    const fresh = page.querySelector("[data-live=texts]");
    if (fresh && fresh.innerHTML !== this.texts.innerHTML) {
      this.texts.textContent = "";
      this.texts.append(...fresh.children);
    }
    return "";
  }

  async mergeFolder(page) {
    const live = page.querySelector(".live[data-asof]");
    if (!live) { // the folder is gone, or has an index.html now
      return "offer";
    }
    if (versionOf(page) !== versionOf(document)) { // the program was updated
      return "reload";
    }
    const list = listOf(page);
    if (this.list && list && sameRows(this.rows(), freshRows(list)) || !this.list && !list) {
      this.asOf = live.dataset.asof;
      return "";
    }
    if (this.holds.some((check) => check())) {
      return "offer";
    }
    this.asOf = live.dataset.asof;
    const anew = !this.list || !list || this.list.className !== list.className;
    if (anew) { // from empty to full or back
      await replaceContent(page);
      this.begin();
    } else {
      this.replaceRows(list);
    }
    copyTexts(page);
    this.mergedCalls.forEach((call) => call(anew));
    return "";
  }

  rows() {
    return rowsIn(this.list).map((row) => ({ key: keyOf(row), html: this.written.get(row) }));
  }

  replaceRows(list) {
    const old = rowsIn(this.list), fresh = rowsIn(list);
    const stay = holdScroll(this.list);
    let refocus = null;
    const all = matchRows(this.rows(), freshRows(list)).map(({ index, same }, i) => {
      if (same) {
        return old[index];
      }
      this.written.set(fresh[i], fresh[i].outerHTML);
      if (index >= 0) {
        refocus = adopt(fresh[i], old[index]) || refocus;
      }
      return fresh[i];
    });
    if (list.matches(".gallery")) {
      arrangeSections(this.list, list, all);
    } else {
      arrange(this.list, all);
    }
    if (refocus) {
      refocus();
    }
    stay();
  }
}

function versionOf(page) {
  return page.querySelector("link[rel=stylesheet]").getAttribute("href");
}

function freshRows(list) {
  return rowsIn(list).map((row) => ({ key: keyOf(row), html: row.outerHTML }));
}

// arrange makes these rows the content of a list, moving as few as possible.
function arrange(list, rows) {
  const kept = new Set(rows);
  Array.from(list.children).filter((row) => !kept.has(row)).forEach((row) => row.remove());
  let at = list.firstElementChild;
  rows.forEach((row) => {
    if (row === at) {
      at = at.nextElementSibling;
    } else {
      list.insertBefore(row, at);
    }
  });
}

// arrangeSections does the same for a gallery, whose fresh copy tells how many rows
// there are in each section.
function arrangeSections(gallery, fresh, rows) {
  const old = new Map();
  Array.from(gallery.children).forEach((section) => old.set(section.dataset.key, (old.get(section.dataset.key) || []).concat(section)));
  let at = 0;
  const sections = Array.from(fresh.children).map((section) => {
    const count = section.querySelectorAll("li").length, known = (old.get(section.dataset.key) || []).shift() || section;
    const heading = section.querySelector("h2");
    if (heading && !known.querySelector("h2")) {
      known.prepend(heading);
    }
    arrange(known.querySelector("ul"), rows.slice(at, at + count));
    at += count;
    return known;
  });
  arrange(gallery, sections);
}

// replaceContent shows another page in place of this one, but for what is around
// the folder's content: the queue of uploads stays as it is.
async function replaceContent(page) {
  await Promise.all(Array.from(page.head.querySelectorAll("link[rel=stylesheet], script")).map(bring));
  const main = document.querySelector("main"), fresh = page.querySelector("main");
  document.querySelectorAll("[data-swap], template.selecting").forEach((old) => old.remove());
  const tools = page.querySelector("[data-swap]"), selecting = page.querySelector("template.selecting");
  document.querySelector("header .here").after(tools);
  main.textContent = "";
  main.append(...fresh.childNodes);
  main.dataset.view = fresh.dataset.view;
  if (selecting) {
    document.querySelector("footer").after(selecting);
  }
}

// bring loads a style or script that the page does not have yet.
function bring(wanted) {
  const name = wanted.matches("script") ? "src" : "href", at = wanted.getAttribute(name);
  if (document.head.querySelector("[" + name + "='" + at + "']")) {
    return null;
  }
  const own = document.createElement(wanted.localName);
  Array.from(wanted.attributes).forEach((one) => own.setAttribute(one.name, one.value));
  return new Promise((resolve) => {
    own.onload = own.onerror = resolve;
    document.head.append(own);
    setTimeout(resolve, 2000);
  });
}

// adopt selects a row if the one that it replaces was selected. If that one had
// the focus, it returns a function that restores it.
function adopt(row, replaced) {
  const box = row.querySelector("input[name=name]"), before = replaced.querySelector("input[name=name]");
  const focused = document.activeElement, loses = replaced.contains(focused);
  if (box && before) {
    box.checked = before.checked;
  } else if (before) { // it is one of select.js
    row.prepend(before);
    row.querySelector("a.open").tabIndex = -1;
  }
  if (!loses) {
    return null;
  }
  const selector = focused.matches("input") ? "input" : "." + focused.className.split(" ")[0];
  return () => {
    const target = row.querySelector(selector);
    if (target) {
      target.focus({ preventScroll: true });
    }
  };
}

// copyTexts updates what is around the list: the folder is another one once others are
// shared with it, and nothing can be added to the list of them.
function copyTexts(page) {
  const add = document.querySelector(".add");
  if (add) {
    add.hidden = !page.querySelector(".add");
  }
  document.title = page.title;
  page.querySelectorAll("[data-live]").forEach((fresh) => {
    const old = document.querySelector("[data-live=" + fresh.dataset.live + "]");
    if (old && old.textContent !== fresh.textContent) {
      old.textContent = fresh.textContent;
    }
  });
}

// holdScroll returns a function that keeps the rows in sight where they were, for
// browsers without scroll anchoring.
function holdScroll(list) {
  if (CSS.supports("overflow-anchor", "auto")) {
    return () => {};
  }
  const first = rowsIn(list).find((row) => row.getBoundingClientRect().bottom > 0);
  const top = first ? first.getBoundingClientRect().top : 0;
  return () => {
    if (first && first.isConnected && window.scrollY > 0) {
      window.scrollBy(0, first.getBoundingClientRect().top - top);
    }
  };
}
