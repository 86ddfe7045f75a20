// Where the focus goes when what had it is gone. Left alone it falls to the body,
// and Tab begins at the top of the page again.
import { shown } from "./stream.js";

let wanted = ""; // the address of the entry that gets the focus once it is shown
let met = false; // whether it had the focus, which it may lose if it is shown anew

// isLost tells whether nothing has the focus, or something that cannot be seen.
export function isLost() {
  const at = document.activeElement;
  return !at || at === document.body || !at.matches("summary") && at.closest("[hidden], details:not([open])") !== null;
}

export function addressOf(row) {
  return new URL(row.querySelector(".open").href).pathname;
}

function allRows() {
  return Array.from(document.querySelectorAll("main li")).filter((row) => row.querySelector("a.open"));
}

// neighbourOf returns the entry after the last of these, else the one before the
// first of them, else undefined.
export function neighbourOf(rows) {
  const all = allRows(), after = all.indexOf(rows[rows.length - 1]) + 1;
  return all.slice(after).concat(all.slice(0, after).reverse()).find((row) => !rows.includes(row));
}

// plain makes addresses comparable: a folder's may end in a slash, and a character
// may be escaped that need not be.
function plain(address) {
  try {
    return decodeURIComponent(address).replace(/\/$/, "");
  } catch (err) { // the name is not UTF-8
    return address.replace(/\/$/, "");
  }
}

// focusAt gives the focus to the entry at an address, now or as soon as it is shown,
// unless the visitor does something before that.
export function focusAt(address) {
  wanted = plain(address);
  met = false;
  refocus();
}

// refocus is called when other rows are shown.
export function refocus() {
  const row = wanted && allRows().find((one) => plain(addressOf(one)) === wanted);
  if (row && (!met || isLost())) {
    met = true;
    const act = row.querySelector(".act");
    if (act) {
      act.focus(); // in vain while one selects
    }
    if (!act || document.activeElement !== act) {
      row.querySelector(".open").focus();
    }
  }
}

["keydown", "pointerdown"].forEach((kind) => document.addEventListener(kind, () => { wanted = ""; }, true));
shown.onMerged(async () => {
  await null; // until the rows have their buttons
  refocus();
});
