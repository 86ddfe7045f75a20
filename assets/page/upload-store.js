// What the browser remembers of uploads, to resume them after a reload. The files
// themselves cannot be kept: they have to be chosen again, and are recognised by
// name, size and date.

const prefix = "windowsill-upload ";
const kept = 864e5; // milliseconds; the server keeps an unfinished file for as long

function keyOf(upload) {
  return prefix + JSON.stringify([upload.dir, upload.path, upload.file.size, upload.file.lastModified]);
}

// attempt returns what act returns, or else a value if it throws: the storage may
// be forbidden, or full.
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

  // unfinished returns how many uploads into a folder can be resumed.
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
