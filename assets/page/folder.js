// What makes a folder's page better where scripts run: dates as the reader
// writes them, more entries while one scrolls, how much there is to download,
// and what is ticked. Without it the page does all that by links and forms.
// The syntax here is of 2017, since a browser that cannot read a script does
// not do what is there without one either.
(function () {
  "use strict";

  const language = document.documentElement.lang;
  const digits = language + "-u-nu-latn"; // the digits that names of files have
  const main = document.querySelector("main");

  // Dates in the reader's time zone.
  const day = new Intl.DateTimeFormat(digits, { dateStyle: "medium" });
  const moment = new Intl.DateTimeFormat(digits, { dateStyle: "medium", timeStyle: "short" });
  const near = Intl.RelativeTimeFormat ? new Intl.RelativeTimeFormat(digits, { numeric: "auto" }) : null;
  const refined = new WeakSet();

  function capital(text) {
    return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
  }

  function midnight(when) {
    return new Date(when.getFullYear(), when.getMonth(), when.getDate());
  }

  // calledBy tells what the day of a moment is called: its date, and what it is
  // near to today, "Yesterday". Finding out takes a while, and many are alike.
  const days = new Map();
  let today = null;

  function calledBy(when) {
    const start = midnight(when), now = midnight(new Date());
    if (+now !== +today) { // a page may be open for long
      days.clear();
      today = now;
    }
    if (days.has(+start)) {
      return days.get(+start);
    }
    const ago = Math.round((now - start) / 864e5); // days, of which some have 23 hours
    const called = { date: day.format(when), near: near && (ago === 0 || ago === 1) ? capital(near.format(-ago, "day")) : "" };
    days.set(+start, called);
    return called;
  }

  function refine(time) {
    const when = new Date(time.dateTime), hour = time.querySelector("span");
    if (isNaN(when) || !hour) {
      return;
    }
    const full = moment.format(when), called = calledBy(when), date = called.date;
    if (!full.startsWith(date)) { // the language puts the hour elsewhere
      time.textContent = full;
      return;
    }
    time.firstChild.data = called.near || date;
    time.classList.toggle("recent", called.near !== "");
    hour.textContent = full.slice(date.length);
    time.title = full;
  }

  // A slow phone would stand still over all of them at once: those on the first
  // screen come first.
  let waiting = [];

  function refineSome() {
    waiting.splice(0, 40).forEach(refine);
    if (waiting.length) {
      setTimeout(refineSome);
    }
  }

  function refineAll() {
    const idle = !waiting.length;
    main.querySelectorAll("time").forEach(function (time) {
      if (!refined.has(time)) {
        refined.add(time);
        waiting.push(time);
      }
    });
    if (idle) {
      refineSome();
    }
  }

  // Counts in words: the page holds what the language says for each number.
  function counted(words, count) {
    const form = new Intl.PluralRules(language).select(count);
    return (words.dataset[form] || words.dataset.other).replace("{{.Count}}", new Intl.NumberFormat(digits).format(count));
  }

  function sized(units, bytes) {
    const names = units.split(" ");
    let unit = 0;
    for (; Math.round(10 * bytes) / 10 >= 1000 && unit < names.length - 1; unit++) {
      bytes /= 1000;
    }
    return new Intl.NumberFormat(digits, { maximumFractionDigits: unit ? 1 : 0, useGrouping: false }).format(bytes) + "\u00a0" + names[unit];
  }

  // How much "Download everything" is.
  let counting = false, recount = 0;

  async function countAll() {
    const take = document.querySelector(".take");
    if (!take || counting) {
      return;
    }
    counting = true;
    try {
      await tellAll(take);
    } catch (err) { // it is no loss
    }
    counting = false;
  }

  async function tellAll(take) {
    const answer = await fetch("./?count", { credentials: "same-origin" });
    if (!answer.ok) {
      return;
    }
    const all = await answer.json();
    if (!(all.files >= 0 && all.bytes >= 0)) {
      return; // it counts something else
    }
    let amount = counted(take, all.files) + " · " + sized(take.dataset.units, all.bytes);
    if (!all.complete) {
      amount = take.dataset.more.replace("{{.Amount}}", amount);
    }
    let small = take.querySelector("small");
    if (!small) {
      small = document.createElement("small");
      take.append(" ", small);
    }
    small.textContent = amount;
  }

  // More entries while one scrolls; a page that has grown long leads on to the
  // next one instead, since all memory ends.
  const longest = 10000; // entries
  let loading = false, grown = false;

  // What shows changes of the folder knows one part of it only.
  document.addEventListener("windowsill:changed", function (event) {
    if (loading || grown) {
      event.preventDefault();
    }
  });

  async function loadMore(link) {
    const answer = await fetch(link.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (!answer.ok) {
      throw new Error("status " + answer.status);
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const list = main.querySelector("ul"), more = page.querySelector("main ul");
    const onward = page.querySelector("main a[rel=next]"), status = page.querySelector("main .pages [role=status]");
    if (!more || !status) {
      throw new Error("not a folder");
    }
    const rows = document.createDocumentFragment();
    rows.append(...more.children);
    list.append(rows);
    grown = true;
    const nav = link.parentElement;
    nav.querySelector("[role=status]").textContent = status.textContent;
    if (onward) {
      link.href = onward.href;
    } else {
      nav.querySelectorAll("[rel=next], [rel=last]").forEach(function (a) { a.remove(); });
    }
    return list.children.length < longest && onward;
  }

  function watchEnd() {
    const link = main.querySelector("a[rel=next]");
    if (!link || !window.IntersectionObserver) {
      return;
    }
    const watch = new IntersectionObserver(async function (seen) {
      if (loading || !seen.some(function (s) { return s.isIntersecting; })) {
        return;
      }
      loading = true;
      watch.unobserve(link);
      try {
        if (await loadMore(link)) {
          watch.observe(link); // which tells at once if there is room for more
        }
      } catch (err) { // the link still leads there
      }
      loading = false;
    }, { rootMargin: "0px 0px 2000px 0px" });
    watch.observe(link);
  }

  // What is ticked.
  function watchTicks() {
    const form = main.querySelector(".selection");
    if (!form) {
      return;
    }
    const says = form.querySelector(".bar [role=status]"), nothing = says.textContent;
    const send = form.querySelector(".bar button"), all = document.querySelector(".all");
    function boxes(which) {
      return form.querySelectorAll("input[name=name]:enabled" + which);
    }
    let last = null; // the box ticked last, from which Shift ticks on
    function tell() {
      const ticked = boxes(":checked").length;
      says.textContent = ticked ? counted(says, ticked) : nothing;
      send.disabled = !ticked;
      all.setAttribute("aria-pressed", ticked > 0 && ticked === boxes("").length);
    }
    form.addEventListener("click", function (event) {
      if (event.target.name !== "name") {
        return;
      }
      if (event.shiftKey && last) {
        const every = Array.from(boxes("")), ends = [every.indexOf(last), every.indexOf(event.target)].sort(function (a, b) { return a - b; });
        every.slice(Math.max(ends[0], 0), ends[1] + 1).forEach(function (box) { box.checked = event.target.checked; });
      }
      last = event.target;
      tell();
    });
    all.hidden = false;
    all.addEventListener("click", function () {
      const tick = all.getAttribute("aria-pressed") !== "true";
      boxes("").forEach(function (box) { box.checked = tick; });
      tell();
    });
    window.addEventListener("pageshow", tell); // a browser may have kept the ticks
    new MutationObserver(tell).observe(form.querySelector("ul"), { childList: true });
    tell();
  }

  // The menu of orders closes as menus do.
  function watchMenu() {
    const menu = document.querySelector(".orders");
    if (!menu) {
      return;
    }
    document.addEventListener("click", function (event) {
      if (!menu.contains(event.target)) {
        menu.open = false;
      }
    });
    menu.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && menu.open) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    });
  }

  // Who comes back by a key goes on from what was looked at.
  function standWhereLeft() {
    let left = null;
    try {
      left = sessionStorage.getItem("windowsill-left");
      sessionStorage.removeItem("windowsill-left");
    } catch (err) { // the browser keeps nothing
    }
    const link = left && Array.from(main.querySelectorAll("a.open")).find(function (a) { return a.pathname === left; });
    if (link) {
      link.focus();
    }
  }

  window.addEventListener("pageshow", standWhereLeft);
  window.windowsill = Object.assign(window.windowsill || {}, { counted: counted, sized: sized });
  refineAll();
  new MutationObserver(refineAll).observe(main, { childList: true, subtree: true });
  watchEnd();
  watchTicks();
  watchMenu();
  countAll();
  document.addEventListener("windowsill:shown", function () {
    clearTimeout(recount);
    recount = setTimeout(countAll, 2000); // many changes come together
  });
})();
