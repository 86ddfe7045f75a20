// What this browser remembers of files that are being added, so that they can
// be gone on with after the page was loaded anew. Files themselves cannot be
// kept: they have to be chosen again, and are known by name, size and date.
(function () {
  "use strict";

  const mark = "windowsill-upload ", day = 864e5; // milliseconds; the server keeps a part for as long

  function keyOf(upload) {
    return mark + JSON.stringify([upload.dir, upload.path, upload.file.size, upload.file.lastModified]);
  }

  function all(dir) {
    const keys = [];
    try {
      for (let i = 0; i < localStorage.length; i++) {
        const key = localStorage.key(i);
        if (key.startsWith(mark) && JSON.parse(key.slice(mark.length))[0] === dir) {
          keys.push(key);
        }
      }
    } catch (err) { // the browser keeps nothing
    }
    return keys;
  }

  function read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch (err) {
      return null;
    }
  }

  function forget(key) {
    try {
      localStorage.removeItem(key);
    } catch (err) {
    }
  }

  window.windowsill = Object.assign(window.windowsill || {}, { memory: {
    // recall returns {url, done} of a file, or null.
    recall: function (upload) {
      return read(keyOf(upload));
    },
    keep: function (upload) {
      try {
        localStorage.setItem(keyOf(upload), JSON.stringify({ url: upload.url, done: upload.state === "done", at: Date.now() }));
      } catch (err) { // full, or not allowed: then it cannot be gone on with
      }
    },
    forget: function (upload) {
      forget(keyOf(upload));
    },
    clear: function (dir) {
      all(dir).forEach(forget);
    },
    // unfinished returns how many files of a folder are to be gone on with.
    unfinished: function (dir) {
      return all(dir).filter(function (key) {
        const known = read(key);
        if (!known || !(Date.now() - known.at < day)) {
          forget(key);
          return false;
        }
        return !known.done;
      }).length;
    },
  } });
})();
