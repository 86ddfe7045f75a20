// Renaming, moving and deleting what is in a folder, and new folders: each by
// one plain request. acts.js has the buttons for it.
(function () {
  "use strict";

  const own = window.windowsill;
  if (!own || !own.ask) {
    return;
  }
  const acts = document.querySelector(".acts"), naming = document.querySelector(".naming"), moving = document.querySelector(".moving");
  const clash = document.querySelector(".clash"), line = document.querySelector(".toast").dataset;

  function fill(text, name) {
    return text.replace("{{.Name}}", function () { return name; });
  }

  // send sends a request; the error is a sentence.
  async function send(method, address, headers, body) {
    let answer;
    try {
      answer = await fetch(address, { method: method, headers: Object.assign({ Accept: "text/html" }, headers), body: body, credentials: "same-origin" });
    } catch (err) {
      throw new Error(line.failed);
    }
    if (answer.ok) {
      return answer;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html"), said = page.querySelector(".message h1 + p");
    throw new Error(answer.status === 412 ? naming.dataset.taken : said ? said.textContent : line.failed);
  }

  function look() { document.dispatchEvent(new CustomEvent("windowsill:idle")); }

  // What a row is about: its address without query, its name, and whether it
  // is a folder.
  function thingOf(row) {
    const link = row.querySelector(".open"), address = new URL(link.href);
    let name = row.querySelector("bdi").textContent;
    try {
      name = decodeURIComponent(address.pathname.replace(/\/$/, "").split("/").pop());
    } catch (err) { // not UTF-8: as it is shown
    }
    return { row: row, at: address.pathname, name: name, folder: row.classList.contains("folder") };
  }

  // change asks what to do with what a row is about, and does it.
  own.change = async function (row) {
    const thing = thingOf(row);
    acts.querySelector("bdi").textContent = thing.name;
    switch (await own.ask(acts)) {
    case "rename":
      return rename(thing);
    case "move":
      return move(thing);
    case "delete":
      return remove(thing);
    }
  };

  // name asks for a name until what is done with it works.
  async function name(title, value, use) {
    const field = naming.querySelector("input"), trouble = naming.querySelector(".trouble");
    naming.querySelector("label").textContent = title;
    naming.querySelector(".button").textContent = title;
    trouble.textContent = "";
    field.value = value;
    const closed = own.ask(naming, async function (event) {
      if (event.type !== "submit") {
        return;
      }
      try {
        await use(field.value.trim().replace(/\//g, "_"));
        naming.close();
        look();
      } catch (err) {
        trouble.textContent = err.message;
        field.focus();
      }
    });
    field.focus();
    const dot = value.lastIndexOf(".");
    field.setSelectionRange(0, dot > 0 ? dot : value.length);
    return closed;
  }

  function rename(thing) {
    return name(naming.dataset.rename, thing.name, async function (to) {
      if (to !== thing.name) {
        await send("MOVE", thing.at, { Destination: location.pathname + encodeURIComponent(to), Overwrite: "F" });
      }
    });
  }

  own.create = function () {
    return name(naming.dataset.create, "", function (called) {
      return send("MKCOL", location.pathname + encodeURIComponent(called), {});
    });
  };

  // move walks through the folders of the share until one of them is taken.
  async function move(thing) {
    const here = moving.querySelector(".here"), list = moving.querySelector("ul"), trouble = moving.querySelector(".trouble");
    let at = location.pathname;
    moving.querySelector("h2").textContent = fill(moving.dataset.title, thing.name);

    function choice(text, to) {
      const item = document.createElement("li"), button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      button.dataset.to = to;
      item.append(button);
      list.append(item);
    }

    async function show() {
      const answer = await send("GET", at + "?json", { Accept: "application/json" });
      const folder = await answer.json();
      here.textContent = [folder.share].concat(folder.path ? folder.path.split("/") : []).join(" / ");
      list.textContent = "";
      if (at !== "/") {
        choice("↑ " + moving.dataset.up, at.replace(/[^/]+\/$/, ""));
      }
      folder.entries.forEach(function (entry) {
        const to = new URL(entry.href, location.origin + at).pathname;
        if (entry.dir && to !== thing.at) {
          choice(entry.name, to);
        }
      });
      moving.querySelector(".button").disabled = at === location.pathname;
    }

    async function guarded(act) {
      trouble.textContent = "";
      try {
        await act();
      } catch (err) {
        trouble.textContent = err.message;
      }
    }

    await guarded(show);
    return own.ask(moving, function (event) {
      const button = event.target.closest("button");
      if (button && button.dataset.to) {
        at = button.dataset.to;
        guarded(show).then(function () { (list.querySelector("button") || moving.querySelector(".away")).focus(); });
      } else if (button && button.classList.contains("button")) {
        guarded(async function () {
          await send("MOVE", thing.at, { Destination: at + thing.at.replace(/\/$/, "").split("/").pop(), Overwrite: "F" });
          moving.close();
          look();
        });
      }
    });
  }

  async function remove(thing) {
    const near = thing.row.nextElementSibling || thing.row.previousElementSibling;
    try {
      const id = (await (await send("DELETE", thing.at, {})).json()).undo;
      own.tell(fill(line.deleted, thing.name), line.undo, function () { undo(thing, id); });
      look();
      const next = near && near.querySelector(".act");
      if (next) {
        next.focus();
      }
    } catch (err) {
      own.tell(err.message);
    }
  }

  async function undo(thing, id) {
    try {
      await send("POST", "/.windowsill/undo", { Accept: "*/*", "Content-Type": "application/x-www-form-urlencoded" }, "id=" + encodeURIComponent(id));
      own.tell(fill(line.restored, thing.name));
      look();
    } catch (err) {
      own.tell(err.message);
    }
  }

  async function isThere(path) {
    const at = location.pathname + path.split("/").map(encodeURIComponent).join("/");
    const answer = await fetch(at, { method: "HEAD", cache: "no-store", credentials: "same-origin" }).catch(function () { return {}; });
    return answer.ok;
  }

  // clash asks what becomes of a file if there is one of its name; the answer
  // may hold for all that were chosen with it.
  own.clash = function () {
    let always = "", asking = Promise.resolve();
    const folders = new Map(); // whether they were there before: in a new one nothing clashes
    async function mayClash(path) {
      const top = path.split("/")[0];
      if (top !== path && !folders.has(top)) {
        folders.set(top, await isThere(top));
      }
      return folders.get(top) !== false && isThere(path);
    }
    async function decide(upload) {
      if (always) {
        return always;
      }
      if (!await mayClash(upload.path)) {
        return "both";
      }
      clash.querySelector("h2").textContent = fill(clash.dataset.title, upload.path);
      const wish = await own.ask(clash) || "skip";
      always = clash.querySelector("input").checked ? wish : "";
      return wish;
    }
    return function (upload) {
      asking = asking.then(function () { return decide(upload); });
      return asking;
    };
  };
})();
