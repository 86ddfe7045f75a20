// Keeps an open page true: it shows what changes in the folder, and says when
// the owner stops sharing or the computer is out of reach. Without it a page
// shows what was so when it was opened. The syntax here is of 2017, since a
// browser that cannot read a script does not do what is there without one
// either.
(function () {
  "use strict";

  const says = document.currentScript.dataset;
  const ears = "/.windowsill/live";
  const silence = 30; // seconds without a word after which the connection counts as dead
  const patience = 8; // seconds that an answer may take
  const longest = 20; // seconds between two questions

  let source = null; // of events; null while there is none
  let heard = 0; // when it said something last
  let broken = 0; // connections in a row that ended before they said anything twice
  let away = ""; // why the page shows what may no longer be so: "stopped", "lost" or ""
  let timer = 0, wait = 1; // seconds until the next question
  const texts = document.querySelector("[data-live=texts]"); // null on other pages
  let asof = says.asof; // of the folder that is shown; undefined on other pages

  // The line that says something; screen readers say it too.
  const line = document.createElement("div");
  line.className = "live";
  line.setAttribute("role", "status");
  document.body.append(line);

  function say(text, verb, act) {
    if (line.textContent === text + (verb || "")) {
      return;
    }
    line.textContent = "";
    if (!text) {
      return;
    }
    const p = document.createElement("p");
    p.textContent = text;
    if (verb) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "tool";
      button.textContent = verb;
      button.addEventListener("click", act);
      p.append(button);
    }
    line.append(p);
  }

  function leave() { location.reload(); }

  // reload keeps a page on which something is under way that would be lost.
  function reload() {
    if (!(window.windowsill && windowsill.busy && windowsill.busy())) {
      leave();
    }
  }

  function offerReload() { say(says.changed, says.refresh, leave); }

  // Listening.
  function listen() {
    if (source || document.hidden) {
      return;
    }
    if (!window.EventSource || broken > 2) {
      again(10); // by asking
      return;
    }
    let address = ears;
    if (asof !== undefined) {
      address += "?in=" + location.pathname.replace(/[&+;]/g, encodeURIComponent) + "&asof=" + asof;
    }
    let words = 0;
    source = new EventSource(address);
    heard = Date.now();
    function on(kind, act) {
      source.addEventListener(kind, function () {
        heard = Date.now();
        if (++words > 1) {
          broken = 0;
        }
        act();
      });
    }
    on("beat", function () {});
    on("changed", function () { look(); });
    on("text", function () {
      if (texts) {
        look();
      } else {
        say(says.texted, says.read, function () { location.assign("/.windowsill/text"); });
      }
    });
    on("enough", function () { hush(); broken = 3; again(10); });
    on("stopped", function () { hush(); away = "stopped"; say(says.stopped); wait = 1; again(2); });
    source.addEventListener("error", function () {
      broken++;
      hush();
      look();
    });
  }

  function hush() {
    if (source) {
      source.close();
      source = null;
    }
  }

  function again(seconds) {
    clearTimeout(timer);
    timer = setTimeout(look, 1000 * seconds);
  }

  // Looking: what a page shows is asked for anew. If that works the page is
  // true again, and listens.
  let looking = false, more = false;

  async function look() {
    clearTimeout(timer);
    if (document.hidden) {
      return;
    }
    if (looking) {
      more = true;
      return;
    }
    looking = true;
    try {
      const answer = await ask();
      if (answer.status === 401 || answer.status === 403) {
        looking = false;
        again(10);
        reload(); // to the door
        return;
      }
      if (answer.status !== 503 && answer.status !== 404 && !answer.ok) {
        throw new Error("status " + answer.status);
      }
      away = "";
      wait = 1;
      say("");
      if (asof !== undefined) {
        show(answer.ok ? await answer.text() : "");
      } else if (texts && answer.ok) {
        showTexts(await answer.text());
      }
      listen();
    } catch (err) {
      away = away || "lost";
      say(says[away]);
      hush();
      window.dispatchEvent(new Event("windowsill-lost"));
      again(wait);
      wait = Math.min(1.7 * wait, longest);
    }
    looking = false;
    if (more) {
      more = false;
      look();
    }
  }

  async function ask() {
    const end = window.AbortController ? new AbortController() : null;
    const late = setTimeout(function () { end && end.abort(); }, 1000 * patience);
    try {
      const anew = asof !== undefined || texts;
      return await fetch(anew ? location.href : ears, {
        method: anew ? "GET" : "HEAD", headers: { Accept: "text/html" },
        cache: "no-cache", credentials: "same-origin", signal: end ? end.signal : undefined,
      });
    } finally {
      clearTimeout(late);
    }
  }

  // Showing: rows that are as they were stay where they are, so that nothing
  // jumps and what is ticked or in focus remains so.
  const list = document.querySelector("main ul.list, main ul.gallery");
  const written = new WeakMap(); // rows as they came, before any script refined them

  function keyOf(row) {
    const box = row.querySelector("input[name=name]"), link = row.querySelector(".open");
    return row.classList.contains("folder") + (box ? box.value : link ? link.getAttribute("href") : "");
  }

  function remember(row) { written.set(row, row.outerHTML); }

  function show(text) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const script = page.querySelector("script[data-asof]");
    if (!script) { // the folder is gone, or is a web site now
      offerReload();
      return;
    }
    if (!differs(page)) {
      asof = script.dataset.asof;
      return;
    }
    // Scripts that know better how to show it, or whose work would be lost, say so.
    if (!document.dispatchEvent(new CustomEvent("windowsill:changed", { cancelable: true }))) {
      offerReload();
      return;
    }
    const now = page.querySelector("main ul.list, main ul.gallery");
    if (!list || !now || list.className !== now.className) {
      reload(); // from empty to full, or the other way: nothing to keep
      return;
    }
    asof = script.dataset.asof;
    replaceRows(Array.from(now.children));
    page.querySelectorAll("[data-live]").forEach(function (part) {
      const old = document.querySelector("[data-live=" + part.dataset.live + "]");
      if (old && old.textContent !== part.textContent) {
        old.textContent = part.textContent;
      }
    });
    document.dispatchEvent(new CustomEvent("windowsill:shown"));
  }

  function differs(page) {
    const now = page.querySelector("main ul.list, main ul.gallery");
    if (!list || !now) {
      return list !== now;
    }
    const old = Array.from(list.children).map(function (row) { return written.get(row); });
    return old.join("\n") !== Array.from(now.children).map(function (row) { return row.outerHTML; }).join("\n");
  }

  function replaceRows(rows) {
    const old = new Map(Array.from(list.children).map(function (row) { return [keyOf(row), row]; }));
    const anchor = anchorOf();
    const all = rows.map(function (row) {
      const was = old.get(keyOf(row));
      if (was && written.get(was) === row.outerHTML) {
        return was;
      }
      remember(row);
      return adopt(row, was);
    });
    const kept = new Set(all);
    old.forEach(function (row) {
      if (!kept.has(row)) {
        row.remove();
      }
    });
    let at = list.firstElementChild;
    all.forEach(function (row) {
      if (row === at) {
        at = at.nextElementSibling;
      } else {
        list.insertBefore(row, at);
      }
    });
    refocus();
    anchor();
  }

  // What was ticked or in focus in a row is so in the one that takes its place.
  let focusIn = null, focusOn = "";

  function adopt(row, was) {
    if (!was) {
      return row;
    }
    const box = row.querySelector("input[name=name]"), before = was.querySelector("input[name=name]");
    if (box && before) {
      box.checked = before.checked;
    }
    if (was.contains(document.activeElement)) {
      focusIn = row;
      focusOn = document.activeElement.matches("input") ? "input" : "." + document.activeElement.className.split(" ")[0];
    }
    return row;
  }

  function refocus() {
    const to = focusIn && focusIn.querySelector(focusOn);
    focusIn = null;
    if (to) {
      to.focus({ preventScroll: true });
    }
  }

  function showTexts(text) {
    const now = new DOMParser().parseFromString(text, "text/html").querySelector("[data-live=texts]");
    if (now && now.innerHTML !== texts.innerHTML) {
      texts.replaceChildren ? texts.replaceChildren(...now.children) : texts.innerHTML = now.innerHTML;
    }
  }

  // Where a browser does not hold the rows in sight by itself.
  function anchorOf() {
    if (window.CSS && CSS.supports && CSS.supports("overflow-anchor", "auto")) {
      return function () {};
    }
    const first = Array.from(list.children).find(function (row) { return row.getBoundingClientRect().bottom > 0; });
    const top = first ? first.getBoundingClientRect().top : 0;
    return function () {
      if (first && first.isConnected && window.scrollY > 0) {
        window.scrollBy(0, first.getBoundingClientRect().top - top);
      }
    };
  }

  // A link to what is out of reach would lead to the browser's own page of an
  // error, from which nothing comes back by itself.
  document.addEventListener("click", async function (event) {
    const link = event.target.closest("a[href]");
    if (away && link && !event.defaultPrevented && link.origin === location.origin && !link.getAttribute("href").startsWith("#")) {
      event.preventDefault();
      await look();
      if (!away) {
        link.click();
      }
    }
  });

  // While nobody looks at the page it does nothing; then it catches up.
  document.addEventListener("visibilitychange", function () {
    if (document.hidden) {
      hush();
      clearTimeout(timer);
    } else {
      look();
    }
  });
  document.addEventListener("windowsill:idle", look);
  window.addEventListener("online", look);
  window.addEventListener("offline", look);
  window.addEventListener("pagehide", hush);
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) { // back from where the browser had kept it
      look();
    }
  });
  setInterval(function () {
    if (source && Date.now() - heard > 1000 * silence) {
      hush();
      look();
    }
  }, 5000);

  if (list) {
    Array.from(list.children).forEach(remember);
  }
  listen();
})();
