// What this browser remembers of uploads, so that they can be continued after
// the page was loaded anew. Files themselves cannot be kept: they have to be
// chosen again, and are known by name, size and date.

const prefix = "windowsill-upload ";
const kept = 864e5; // milliseconds; the server keeps an unfinished file for as long

function keyOf(upload) {
  return prefix + JSON.stringify([upload.dir, upload.path, upload.file.size, upload.file.lastModified]);
}

// attempt returns what act does, or else a value: browsers throw when they keep
// nothing, or are full.
function attempt(act, otherwise) {
  try {
    return act();
  } catch (err) {
    return otherwise;
  }
}

const forget = (key) => attempt(() => localStorage.removeItem(key));
const read = (key) => attempt(() => JSON.parse(localStorage.getItem(key)), null);

function keysIn(dir) {
  return attempt(() => Object.keys(localStorage).filter((key) =>
    key.startsWith(prefix) && JSON.parse(key.slice(prefix.length))[0] === dir), []);
}

export const uploadStore = {
  // recall returns {url, done} of an upload, or null.
  recall(upload) {
    return read(keyOf(upload));
  },

  keep(upload) {
    const state = JSON.stringify({ url: upload.url, done: upload.state === "done", at: Date.now() });
    attempt(() => localStorage.setItem(keyOf(upload), state));
  },

  forget(upload) {
    forget(keyOf(upload));
  },

  clear(dir) {
    keysIn(dir).forEach(forget);
  },

  // unfinished returns how many files of a folder are to be continued.
  unfinished(dir) {
    return keysIn(dir).filter((key) => {
      const known = read(key);
      if (!known || !(Date.now() - known.at < kept)) {
        forget(key);
        return false;
      }
      return !known.done;
    }).length;
  },
};
