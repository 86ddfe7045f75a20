// The queue of files that are being added: a row for each, a total, and at
// most three on their way at once. All its texts stand in the page.
(function () {
  "use strict";

  const section = document.querySelector(".queue"), own = window.windowsill;
  if (!section || !own || !own.Upload || !own.counted || !window.TextEncoder) {
    return; // the plain form is there
  }
  const mostAtOnce = 3;
  const language = document.documentElement.lang + "-u-nu-latn";
  const texts = section.dataset, dir = texts.dir, memory = own.memory;
  const list = section.querySelector("ul"), model = section.querySelector("template").content.firstElementChild;
  const total = section.querySelector(".sum progress"), title = section.querySelector("h2"), pace = section.querySelector(".sum p");
  const said = section.querySelector(".said"), clear = section.querySelector(".clear"), notice = document.querySelector(".unfinished");
  const open = ["waiting", "moving", "trouble", "out", "paused"];
  let rows = [], told = "", speed = 0, before = null, choosing = 0;

  function fill(text, name, value) {
    return text.replace("{{." + name + "}}", function () { return value; });
  }

  function words(which, count) {
    return own.counted(section.querySelector("." + which), count);
  }

  function size(bytes) {
    return own.sized(texts.units, bytes);
  }

  // How long so many bytes take, as "3 min left"; "" if nobody can tell.
  function left(bytes, perSecond) {
    const seconds = bytes / perSecond;
    if (!(seconds < 864e3)) {
      return "";
    }
    const unit = seconds < 55 ? ["second", 1] : seconds < 3300 ? ["minute", 60] : ["hour", 3600];
    try {
      const number = new Intl.NumberFormat(language, { style: "unit", unit: unit[0], unitDisplay: "short", maximumFractionDigits: 0 });
      return fill(texts.left, "Time", number.format(Math.max(1, Math.round(seconds / unit[1]))));
    } catch (err) { // it knows no units
      return "";
    }
  }

  function amount(sent, all, perSecond) {
    const parts = [fill(fill(texts.amount, "Sent", size(sent)), "Size", size(all))];
    if (perSecond > 0) {
      parts.push(fill(texts.speed, "Size", size(perSecond)), left(all - sent, perSecond));
    }
    return together(parts);
  }

  // together is a line that breaks between its parts alone.
  function together(parts) {
    return parts.filter(Boolean).map(function (part) { return part.replace(/ /g, "\u00a0"); }).join(" · ");
  }

  class Row {
    constructor(upload) {
      this.upload = upload;
      this.speed = 0;
      this.before = 0; // bytes, a second ago
      this.item = model.cloneNode(true);
      this.item.querySelector("bdi").textContent = upload.path;
      this.says = this.item.querySelector("p");
      this.bar = this.item.querySelector("progress");
      this.bar.setAttribute("aria-label", upload.path);
      this.item.querySelectorAll("button").forEach(function (button) {
        button.setAttribute("aria-label", fill(button.getAttribute("aria-label"), "Name", upload.path));
        button.title = button.getAttribute("aria-label");
      });
      this.item.addEventListener("click", this.act.bind(this));
    }

    act(event) {
      const button = event.target.closest("button"), upload = this.upload;
      if (!button) {
        return;
      }
      switch (button.name) {
      case "pause":
        upload.pause();
        break;
      case "resume":
        upload.set("waiting");
        break;
      case "cancel":
        upload.cancel();
        memory.forget(upload);
        this.leave();
        return;
      }
      const other = this.item.querySelector("button:not([hidden])");
      if (other) {
        other.focus();
      }
    }

    // leave takes the row away; who pressed its button stands at the next.
    leave() {
      const near = this.item.nextElementSibling || this.item.previousElementSibling;
      rows = rows.filter(function (row) { return row !== this; }, this);
      this.item.remove();
      (near && near.querySelector("button:not([hidden])") || title).focus();
      update();
    }

    tick() {
      const moved = Math.max(0, this.upload.sent - this.before);
      this.before = this.upload.sent;
      this.speed = this.upload.state === "moving" ? this.speed ? 0.7 * this.speed + 0.3 * moved : moved : 0;
    }

    draw() {
      const u = this.upload, item = this.item;
      item.className = u.state;
      this.bar.max = u.file.size || 1;
      this.bar.value = u.state === "done" ? this.bar.max : u.sent;
      this.bar.hidden = !open.includes(u.state);
      this.tell();
      const can = { pause: ["waiting", "moving", "trouble", "out"], resume: ["paused", "failed"], cancel: open.concat("failed") };
      Object.keys(can).forEach(function (name) {
        item.querySelector("[name=" + name + "]").hidden = !can[name].includes(u.state);
      });
    }

    tell() {
      const u = this.upload;
      let text = texts[u.state] || "";
      if (u.state === "moving") {
        text = u.sent < u.file.size ? together([amount(u.sent, u.file.size), left(u.file.size - u.sent, this.speed)]) : texts.settling;
      } else if (u.state === "failed") {
        text = u.why || texts.unreadable;
      } else if (u.state === "done") {
        const at = nameAt(u.at), name = u.path.split("/").pop();
        text = at && at !== name.normalize("NFC") ? fill(texts.renamed, "Name", at) : texts.done;
      } else if (open.includes(u.state) && u.state !== "waiting" && u.sent) {
        text += " · " + amount(u.sent, u.file.size);
      } else {
        text += " · " + size(u.file.size);
      }
      const link = u.state === "out" ? this.item.querySelector("a") || section.querySelector("template").content.querySelector("a").cloneNode(true) : null;
      if (link) {
        link.href = location.href;
        if (!link.parentNode) {
          this.says.textContent = "";
          this.says.append(link);
        }
      } else if (this.says.textContent !== text) {
        this.says.textContent = text;
      }
    }
  }

  function nameAt(address) {
    try {
      return decodeURIComponent(address.split("/").pop());
    } catch (err) {
      return "";
    }
  }

  function of(states) {
    return rows.filter(function (row) { return states.includes(row.upload.state); });
  }

  // next begins as many as may be on their way. To begin one is a change, which
  // comes here again: so each turn looks anew at who waits.
  function next() {
    while (of(["moving", "trouble", "out"]).length < mostAtOnce) {
      const row = rows.find(function (row) { return row.upload.state === "waiting"; });
      if (!row) {
        return;
      }
      row.upload.start();
    }
  }

  function changed(upload) {
    const row = rows.find(function (row) { return row.upload === upload; });
    if (!row) {
      return;
    }
    const was = row.item.className;
    row.draw();
    if (was !== upload.state || upload.url !== row.url) {
      row.url = upload.url;
      if (open.includes(upload.state) || upload.state === "done") {
        memory.keep(upload);
      }
      update();
      return;
    }
    drawTotal();
  }

  // update follows a change of what is under way.
  function update() {
    next();
    const under = of(open), busy = of(["waiting", "moving", "trouble", "out"]).length > 0;
    section.hidden = !rows.length;
    own.awake(busy, texts.awake);
    window.onbeforeunload = busy ? function (event) {
      event.preventDefault();
      return "";
    } : null;
    clear.hidden = under.length > 0;
    if (!under.length && !choosing && !of(["failed"]).length) {
      memory.clear(dir);
    }
    drawTotal();
    announce();
    if (!own.busy()) {
      document.dispatchEvent(new CustomEvent("windowsill:idle"));
    }
  }

  // drawTotal shows all together. Files that failed count for nothing.
  function drawTotal() {
    const counting = of(open.concat("done")), under = of(open);
    const all = counting.reduce(function (sum, row) { return sum + row.upload.file.size; }, 0);
    const sent = counting.reduce(function (sum, row) { return sum + row.upload.sent; }, 0);
    total.max = all || 1;
    total.value = under.length ? sent : total.max;
    total.hidden = !under.length;
    title.textContent = summary();
    const text = under.length ? amount(sent, all, speed) : all ? size(all) : "";
    if (pace.textContent !== text) {
      pace.textContent = text;
    }
  }

  function summary() {
    const under = of(open).length, failed = of(["failed"]).length, done = of(["done"]).length;
    if (under) {
      return words("adding", under);
    }
    return [done || !failed ? words("added", done) : "", failed ? words("failures", failed) : ""].filter(Boolean).join(" · ");
  }

  // announce tells those who hear the page, but not every file.
  function announce() {
    const state = [of(open).length > 0, of(["failed"]).length, of(["trouble", "out"]).length > 0].join();
    if (rows.length && state !== told) {
      told = state;
      said.textContent = summary() + (of(["out"]).length ? " · " + texts.out : of(["trouble"]).length ? " · " + texts.trouble : "");
    }
  }

  // sameAs tells uploads of the same file apart from others.
  function sameAs(upload) {
    return [upload.file.size, upload.file.lastModified, upload.path].join(" ");
  }

  // begin puts a file into the queue, or goes on with one from before.
  function begin(upload, recalled) {
    const row = new Row(upload);
    if (recalled && recalled.done) {
      upload.state = "done";
      upload.sent = upload.file.size;
    } else if (recalled) {
      upload.url = recalled.url;
    }
    rows.push(row);
    list.append(row.item);
    row.draw();
    memory.keep(upload);
  }

  // add takes files, each {file, path}. clash is asked about those that may be
  // there already: it returns "both", "replace" or "skip".
  async function add(files, clash) {
    notice.hidden = true;
    choosing++; // what is done is remembered until all of them are
    const known = new Set(of(open.concat("failed")).map(function (row) { return sameAs(row.upload); }));
    let shown = 0; // when what was chosen so far was
    for (const one of files) {
      const upload = new own.Upload(one.file, one.path, dir, changed), recalled = memory.recall(upload);
      if (known.has(sameAs(upload))) {
        continue;
      }
      known.add(sameAs(upload));
      const wish = clash && !recalled ? await clash(upload) : "both";
      if (wish === "skip") {
        continue;
      }
      upload.overwrite = wish === "replace";
      begin(upload, recalled);
      if (Date.now() - shown > 100) { // for each of thousands it would take too long
        update();
        await new Promise(function (done) { setTimeout(done); });
        shown = Date.now();
      }
    }
    choosing--;
    update();
  }

  function tick() {
    const sent = of(open.concat("done")).reduce(function (sum, row) { return sum + row.upload.sent; }, 0);
    if (of(["moving"]).length) {
      const moved = before === null ? 0 : Math.max(0, sent - before);
      speed = speed ? 0.7 * speed + 0.3 * moved : moved;
      of(["moving"]).forEach(function (row) {
        row.tick();
        row.draw();
      });
      drawTotal();
    } else {
      speed = 0;
    }
    before = sent;
  }

  clear.addEventListener("click", function () {
    rows.slice().forEach(function (row) {
      memory.forget(row.upload);
      row.item.remove();
    });
    rows = [];
    update();
    document.querySelector(".add input").focus();
  });

  // What was left when the page was closed.
  const unfinished = memory.unfinished(dir);
  if (unfinished && notice) {
    notice.hidden = false;
    notice.querySelector("p").textContent = own.counted(notice.querySelector("p"), unfinished);
    notice.querySelector("button").addEventListener("click", function () {
      memory.clear(dir);
      notice.hidden = true;
      document.querySelector(".add input").focus();
    });
  }
  // busy reports whether something would be lost with the page.
  own.busy = function () { return own.holding || choosing > 0 || of(open.concat("failed")).length > 0; };
  setInterval(tick, 1000);
  own.add = add;
})();
