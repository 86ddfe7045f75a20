// Renaming, moving and deleting entries, and making folders: one plain request
// each. The buttons are in row-menu.js.
import { ask } from "./dialog.js";
import { addressOf, focusAt, neighbourOf } from "./focus.js";
import { fill } from "./format.js";
import { baseName, nameAt, stemLength } from "./names.js";
import { look } from "./stream.js";
import { tell } from "./toast.js";

const menu = document.querySelector(".acts"), naming = document.querySelector(".naming"), moving = document.querySelector(".moving");
const wording = document.querySelector(".toast").dataset;

// change asks what to do with the entries of rows, and does it. Title says which
// they are if there are several. It tells whether something was done.
export async function change(rows, title) {
  const all = rows.map(entryOf), entries = all.filter((one) => !all.some((other) => isBelow(one.address, other.address)));
  const [entry] = entries, one = entries.length === 1;
  menu.querySelector("bdi").textContent = one ? entry.name : title;
  menu.querySelector("[name=rename]").hidden = !one;
  menu.querySelector("[name=download]").hidden = !one || entry.row.classList.contains("folder");
  switch (await ask(menu)) {
  case "download":
    location.assign(entry.address + "?download");
    return false;
  case "rename":
    await rename(entry);
    return true;
  case "move":
    await move(entries, one ? entry.name : title);
    return true;
  case "delete":
    await remove(entries, one ? entry.name : title);
    return true;
  }
  return false;
}

// isBelow tells whether an address is that of something in a folder.
function isBelow(address, folder) {
  return address !== folder && folder.endsWith("/") && address.startsWith(folder);
}

// parentOf is the address of the folder that something is in.
function parentOf(address) {
  return address.replace(/[^/]+\/?$/, "");
}

// changed brings the page up to date.
function changed() {
  look();
  document.dispatchEvent(new CustomEvent("windowsill-changed"));
}

function entryOf(row) {
  const address = addressOf(row);
  return { row, address, name: nameAt(address) || row.querySelector("bdi").textContent };
}

// send sends a request. The errors that it throws are sentences for the visitor.
async function send(method, address, headers, body) {
  let answer;
  try {
    answer = await fetch(address, { method, headers: Object.assign({ Accept: "text/html" }, headers), body });
  } catch (err) {
    throw new Error(wording.failed);
  }
  if (answer.ok) {
    return answer;
  }
  if (answer.status === 412) {
    throw new Error(naming.dataset.taken);
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html"), said = page.querySelector(".message h1 + p");
  throw new Error(said ? said.textContent : wording.failed);
}

// placeOf is the address of what an answer is about. Its name may be another than was
// asked for.
function placeOf(answer) {
  return new URL(answer.headers.get("Location") || "", location.href).pathname;
}

// askName asks for a name until use accepts it, which returns the address of what
// now has the name.
async function askName(title, value, use) {
  const field = naming.querySelector("input"), trouble = naming.querySelector(".trouble");
  naming.querySelector("label").textContent = title;
  naming.querySelector(".button").textContent = title;
  trouble.textContent = "";
  field.value = value;
  const closed = ask(naming, async (event) => {
    if (event.type !== "submit") {
      return;
    }
    try {
      const address = await use(field.value.trim().replace(/\//g, "_"));
      naming.close();
      focusAt(address);
      changed();
    } catch (err) {
      trouble.textContent = err.message;
      field.focus();
    }
  });
  field.focus();
  field.setSelectionRange(0, stemLength(value));
  return closed;
}

function rename(entry) {
  return askName(naming.dataset.rename, entry.name, async (name) => {
    if (name === entry.name) {
      return entry.address;
    }
    return placeOf(await send("MOVE", entry.address, { Destination: parentOf(entry.address) + encodeURIComponent(name), Overwrite: "F" }));
  });
}

// create makes a new folder. The button that it is called by is in a menu that has
// closed, so the focus comes back to the menu's if no folder is made.
export function create() {
  document.querySelector(".add summary").focus();
  return askName(naming.dataset.create, "", async (name) => placeOf(await send("MKCOL", location.pathname + encodeURIComponent(name), {})));
}

// move lets the visitor walk through the folders of the share and pick one.
async function move(entries, called) {
  const list = moving.querySelector("ul"), trouble = moving.querySelector(".trouble");
  let at = location.pathname;
  const near = neighbourOf(entries.map(({ row }) => row));
  moving.querySelector("h2").textContent = fill(moving.dataset.title, "Name", called);

  async function guarded(act) {
    trouble.textContent = "";
    try {
      await act();
    } catch (err) {
      trouble.textContent = err.message;
    }
  }

  await guarded(() => showFolder(at, entries));
  return ask(moving, (event) => {
    const button = event.target.closest("button");
    if (button && button.dataset.to) {
      at = button.dataset.to;
      guarded(() => showFolder(at, entries)).then(() => (list.querySelector("button") || moving.querySelector(".away")).focus());
    } else if (button && button.classList.contains("button")) {
      guarded(async () => {
        while (entries.length) { // what has gone is not asked for again if the next one fails
          const [{ address }] = entries;
          if (parentOf(address) !== at) {
            await send("MOVE", address, { Destination: at + baseName(address.replace(/\/$/, "")), Overwrite: "F" });
          }
          entries.shift();
        }
        moving.close();
        focusNear(near);
        changed();
      });
    }
  });
}

// showFolder lists the folders at an address into which entries may be moved.
async function showFolder(at, entries) {
  const folder = await (await send("GET", at + "?json", { Accept: "application/json" })).json();
  const list = moving.querySelector("ul");
  moving.querySelector(".here").textContent = [folder.share].concat(folder.path ? folder.path.split("/") : []).join(" / ");
  list.textContent = "";
  if (at !== "/") {
    list.append(choice("↑ " + moving.dataset.up, at.replace(/[^/]+\/$/, "")));
  }
  const fixed = folder.may === "read";
  folder.entries.filter((other) => other.dir).forEach((other) => {
    const to = new URL(other.href, location.origin + at).pathname;
    if (entries.every(({ address }) => address !== to)) {
      list.append(choice(other.name, to));
    }
  });
  moving.querySelector(".button").disabled = fixed || entries.every(({ address }) => parentOf(address) === at);
}

function choice(text, to) {
  const item = document.createElement("li"), button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  button.dataset.to = to;
  item.append(button);
  return item;
}

async function remove(entries, called) {
  const near = neighbourOf(entries.map(({ row }) => row)), gone = [];
  try {
    for (const { address } of entries) {
      gone.push((await (await send("DELETE", address, {})).json()).undo);
    }
    tell(fill(gone.length > 1 ? wording.allDeleted : wording.deleted, "Name", called), wording.undo, () => undo(called, gone));
    focusNear(near);
    changed();
  } catch (err) {
    tell(err.message);
    changed();
  }
}

// focusNear focuses an entry that stays, or the button of the message if there is
// none.
function focusNear(row) {
  const button = document.querySelector(".toast button");
  if (row) {
    focusAt(addressOf(row));
  } else if (button) {
    button.focus();
  }
}

async function undo(called, gone) {
  const back = [];
  try {
    for (const id of gone) {
      back.push(placeOf(await send("POST", "/.windowsill/undo", { Accept: "*/*", "Content-Type": "application/x-www-form-urlencoded" }, "id=" + encodeURIComponent(id))));
    }
    tell(fill(gone.length > 1 ? wording.allRestored : wording.restored, "Name", called));
    focusAt(back[0]);
    changed();
  } catch (err) {
    tell(err.message);
  }
}
