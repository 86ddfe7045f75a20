// Brings an open page up to date from a fresh copy of itself. Rows that are as
// they were stay the elements that they are, so that nothing jumps, and what is
// ticked or in focus remains so.

// matchRows pairs the rows of a fresh list with those that are shown; both are
// arrays of {key, html}. For each fresh row it returns the index of the shown
// one that has its key, or -1, and whether they are alike to the letter.
export function matchRows(shown, fresh) {
  const indexes = new Map(shown.map((row, i) => [row.key, i]));
  return fresh.map((row) => {
    const index = indexes.has(row.key) ? indexes.get(row.key) : -1;
    return { index, same: index >= 0 && shown[index].html === row.html };
  });
}

// sameRows tells whether two lists are alike to the letter.
export function sameRows(shown, fresh) {
  return shown.length === fresh.length && shown.every((row, i) => row.html === fresh[i].html);
}

// keyOf tells a row from all others: a folder and a file may have had the same
// name, one after the other.
function keyOf(row) {
  const box = row.querySelector("input[name=name]"), link = row.querySelector(".open");
  return row.classList.contains("folder") + (box ? box.value : link ? link.getAttribute("href") : "");
}

function listOf(page) {
  return page.querySelector("main ul.list, main ul.gallery");
}

// Shown is what the page shows: a folder, texts, or what does not change.
export class Shown {
  constructor() {
    this.asOf = document.querySelector(".live").dataset.asof; // of the folder; undefined on other pages
    this.texts = document.querySelector("[data-live=texts]"); // null on other pages
    this.list = listOf(document); // null if the folder is empty, too
    this.written = new WeakMap(); // the HTML of the rows, before any script refined them
    this.holds = [];
    this.mergedCalls = [];
    Array.from(this.list ? this.list.children : []).forEach((row) => this.written.set(row, row.outerHTML));
  }

  get isFolder() { return this.asOf !== undefined; }
  get canChange() { return this.isFolder || this.texts !== null; }

  // keepWhile adds a check, which tells whether the rows must stay as they are.
  keepWhile(check) {
    this.holds.push(check);
  }

  // onMerged adds what is called after rows were replaced.
  onMerged(call) {
    this.mergedCalls.push(call);
  }

  // merge takes over what the same address says now. It returns what remains to
  // be done: "", "reload", or "offer" to reload if the person wants that.
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
    if (!live) { // the folder is gone, or is a web site now
      return "offer";
    }
    if (versionOf(page) !== versionOf(document)) { // scripts of two versions do not go together
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
      return "reload"; // from empty to full, or the other way: there is nothing to keep
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

// arrange makes rows all that is in a list, and moves none without need.
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

// adopt ticks a row as the one that it replaces. If the focus was in that one,
// it returns what puts it into the new one.
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

// copyTexts takes over the counts around the list.
function copyTexts(page) {
  page.querySelectorAll("[data-live]").forEach((fresh) => {
    const old = document.querySelector("[data-live=" + fresh.dataset.live + "]");
    if (old && old.textContent !== fresh.textContent) {
      old.textContent = fresh.textContent;
    }
  });
}

// holdScroll returns what brings the rows in sight back to where they were, in
// browsers that do not see to that by themselves.
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
