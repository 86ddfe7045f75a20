// What the browser remembers of uploads, to resume them after a reload. The files
// themselves cannot be kept: they have to be chosen again, and are recognised by
// size and a sample of their content. Name and date would not do: iOS hands out a
// new copy each time.

const prefix = "windowsill-upload ";
const kept = 864e5; // milliseconds; the server keeps an unfinished file for as long

const sampled = 4096; // bytes at the beginning, in the middle and at the end

// sampleOf returns a short text that files of different content hardly share; ""
// if the file cannot be read.
export async function sampleOf(file) {
  const { size } = file;
  try {
    let hash = 0xcbf29ce4 | 0; // FNV-1a; where a page comes by HTTP there is no crypto.subtle
    for (const from of [0, size / 2 - sampled / 2, size - sampled]) {
      const start = Math.max(0, Math.floor(from)), part = file.slice(start, start + sampled);
      for (const byte of new Uint8Array(await new Response(part).arrayBuffer())) {
        hash = Math.imul(hash ^ byte, 0x01000193);
      }
    }
    return (hash >>> 0).toString(36);
  } catch (err) { // a folder, or a file that has gone
    return "";
  }
}

function keyOf(upload) {
  return prefix + JSON.stringify([upload.dir, upload.file.size, upload.sample]);
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
  // recall returns {url, done} of an upload, or null. What is done is so under its
  // own name only: two files may be equal.
  recall(upload) {
    const known = read(keyOf(upload));
    return known && known.done && known.path !== upload.path ? null : known;
  },

  keep(upload) {
    const state = JSON.stringify({ url: upload.url, path: upload.path, done: upload.state === "done", at: Date.now() });
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
