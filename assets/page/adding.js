// Where files to add come from: a button, a drop from the desktop, or a paste.
// The scripts behind that come when they are first needed, for most who may add
// only look.
(function () {
  "use strict";

  const own = window.windowsill, form = document.querySelector(".add");
  if (!form || !own || !own.counted || !window.TextEncoder) {
    return; // the plain form is there
  }
  const field = form.querySelector("input"), drop = document.querySelector(".drop");
  const later = document.currentScript.dataset.later.split(" "); // addresses, in their order
  let coming = null, there = false;

  function run(address) {
    return new Promise(function (done) {
      const script = document.createElement("script");
      script.src = address;
      script.onload = function () { done(true); };
      script.onerror = function () { setTimeout(done, 2000, false); };
      document.head.append(script);
    });
  }

  async function bring() {
    later.forEach(function (address) {
      const soon = document.createElement("link");
      soon.rel = "preload";
      soon.as = "script";
      soon.href = address;
      document.head.append(soon);
    });
    for (const address of later) {
      while (!await run(address)) {
        // The network is away for a while.
      }
    }
    there = true;
  }

  // bring returns when the scripts are there.
  own.bring = function () { return coming = coming || bring(); };
  own.busy = function () { return coming && !there; }; // until they know better

  async function take(files) {
    await own.bring();
    return own.add(files, own.clash ? own.clash() : null);
  }

  // What was left when the page was closed is told by those scripts.
  try {
    if (Object.keys(localStorage).some(function (key) { return key.startsWith("windowsill-upload "); })) {
      own.bring();
    }
  } catch (err) { // the browser keeps nothing
  }
  ["pointerenter", "focusin"].forEach(function (what) { form.addEventListener(what, own.bring, { once: true }); });

  // The button opens the chooser at once, and choosing is all there is to do.
  form.classList.remove("plain");
  field.required = false;
  function watchField(field) {
    field.addEventListener("change", function () {
      const files = Array.from(field.files).map(function (file) {
        return { file: file, path: file.webkitRelativePath || file.name };
      });
      field.value = ""; // the same ones may be chosen again
      take(files);
    });
  }
  watchField(field);

  const folders = form.querySelector(".folders");
  if (folders && "webkitdirectory" in field) {
    watchField(folders.querySelector("input"));
    folders.hidden = false;
  }

  // What is dropped may hold folders, which are gone through.
  function fileOf(entry) {
    return new Promise(function (done, broken) { entry.file(done, broken); });
  }

  async function entriesOf(folder) {
    const reader = folder.createReader(), all = [];
    for (;;) { // it gives a hundred at a time
      const some = await new Promise(function (done, broken) { reader.readEntries(done, broken); });
      if (!some.length) {
        return all;
      }
      all.push.apply(all, some);
    }
  }

  async function walk(entry, above, files) {
    try {
      if (entry.isFile) {
        files.push({ file: await fileOf(entry), path: above + entry.name });
        return;
      }
      for (const inside of await entriesOf(entry)) {
        await walk(inside, above + entry.name + "/", files);
      }
    } catch (err) { // what cannot be read cannot be added
    }
  }

  function carriesFiles(event) {
    return event.dataTransfer && Array.from(event.dataTransfer.types).includes("Files");
  }

  let hides = 0;
  document.addEventListener("dragover", function (event) {
    if (!carriesFiles(event)) {
      return;
    }
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    drop.hidden = false;
    clearTimeout(hides); // dragover comes several times a second while one hovers
    hides = setTimeout(function () { drop.hidden = true; }, 400);
  });

  document.addEventListener("drop", async function (event) {
    if (!carriesFiles(event)) {
      return;
    }
    event.preventDefault();
    clearTimeout(hides);
    drop.hidden = true;
    // Both are gone when the event is over.
    const plain = Array.from(event.dataTransfer.files);
    const entries = Array.from(event.dataTransfer.items || []).map(function (item) {
      return item.webkitGetAsEntry && item.kind === "file" ? item.webkitGetAsEntry() : null;
    }).filter(Boolean);
    const files = [];
    for (const entry of entries) {
      await walk(entry, "", files);
    }
    take(entries.length ? files : plain.map(function (file) { return { file: file, path: file.name }; }));
  });

  document.addEventListener("paste", function (event) {
    const pasted = event.clipboardData ? Array.from(event.clipboardData.files) : [];
    if (!pasted.length || event.target.closest && event.target.closest("input:not([type=file]), textarea")) {
      return;
    }
    event.preventDefault();
    const now = new Date(Date.now() - 60000 * new Date().getTimezoneOffset()).toISOString().slice(0, 19).replace("T", " ").replace(/:/g, ".");
    take(pasted.map(function (file, i) {
      const named = file.name && !/^image\.\w+$/.test(file.name); // what browsers call pictures without a name
      const extension = (file.name.match(/\.\w+$/) || ["." + file.type.replace(/.*\/|\+.*/g, "")])[0];
      return { file: file, path: named ? file.name : drop.dataset.pasted + " " + now + (i ? " " + (i + 1) : "") + extension };
    }));
  });
})();
