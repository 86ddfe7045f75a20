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
  return row.classList.contains("folder") + (box ? box.value : link ? link.getAttribute("href") : "");
}

function listOf(page) {
  return page.querySelector("main ul.list, main ul.gallery");
}

// Shown is what the page shows: a folder, texts, or something that does not
// change.
export class Shown {
  constructor() {
    this.asOf = document.querySelector(".live").dataset.asof; // of the folder; undefined on other pages
    this.texts = document.querySelector("[data-live=texts]"); // null on other pages
    this.list = listOf(document); // also null if the folder is empty
    this.written = new WeakMap(); // the HTML of each row as the server sent it
    this.holds = [];
    this.mergedCalls = [];
    Array.from(this.list ? this.list.children : []).forEach((row) => this.written.set(row, row.outerHTML));
  }

  get isFolder() { return this.asOf !== undefined; }
  get canChange() { return this.isFolder || this.texts !== null; }

  // keepWhile adds a check that tells whether the rows must stay as they are.
  keepWhile(check) {
    this.holds.push(check);
  }

  // onMerged adds a function to call after rows were replaced.
  onMerged(call) {
    this.mergedCalls.push(call);
  }

  // merge takes over a fresh copy of the page. It returns what remains to be done:
  // nothing (""), to "reload" the page, or to "offer" that.
  merge(html) {
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

  mergeFolder(page) {
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
    if (!this.list || !list || this.list.className !== list.className) {
      return "reload"; // from empty to full or back: nothing to keep
    }
    this.asOf = live.dataset.asof;
    this.replaceRows(list);
    copyTexts(page);
    this.mergedCalls.forEach((call) => call());
    return "";
  }

  rows() {
    return Array.from(this.list.children).map((row) => ({ key: keyOf(row), html: this.written.get(row) }));
  }

  replaceRows(list) {
    const old = Array.from(this.list.children), fresh = Array.from(list.children);
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
    arrange(this.list, all);
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
  return Array.from(list.children).map((row) => ({ key: keyOf(row), html: row.outerHTML }));
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

// adopt selects a row if the one that it replaces was selected. If that one had
// the focus, it returns a function that restores it.
function adopt(row, replaced) {
  const box = row.querySelector("input[name=name]"), before = replaced.querySelector("input[name=name]");
  if (box && before) {
    box.checked = before.checked;
  }
  const focused = document.activeElement;
  if (!replaced.contains(focused)) {
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

// copyTexts updates the counts around the list.
function copyTexts(page) {
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
  if (window.CSS && CSS.supports && CSS.supports("overflow-anchor", "auto")) {
    return () => {};
  }
  const first = Array.from(list.children).find((row) => row.getBoundingClientRect().bottom > 0);
  const top = first ? first.getBoundingClientRect().top : 0;
  return () => {
    if (first && first.isConnected && window.scrollY > 0) {
      window.scrollBy(0, first.getBoundingClientRect().top - top);
    }
  };
}
