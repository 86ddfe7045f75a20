// An upload by tus 1.0.0 (https://tus.io), which is resumed until the file has
// arrived. tus-js-client 4.3.1 would do that as well, but it is 22 kB compressed,
// which is as much as all scripts of the page, and this is 3.
import { Backoff } from "./retry.js";

const firstChunk = 16 << 20; // bytes; each next chunk is twice as long
const stalledAfter = 8000; // milliseconds without progress after which a request is given up
const storedWithin = 90000; // the same, once all is sent and the server stores it
const toldEvery = 200; // milliseconds between two reports of progress

// A Problem is why a request failed. Kind is "final" if trying again is of no
// use, "out" if the device is no longer let in, "gone" if the server does not
// know the upload, "stalled" if there was no progress, and else "lost". Sentence
// is what the server says about it, or "".
export class Problem extends Error {
  constructor(kind, sentence) {
    super(sentence || kind);
    this.kind = kind;
    this.sentence = sentence || "";
  }
}

// kindOf returns the kind of problem that an answer stands for. isDoor is whether
// it is the page for visitors who are not in; explained, whether it has a
// sentence.
export function kindOf(method, status, isDoor, explained) {
  if (status === 401 || isDoor) {
    return "out";
  }
  const passing = [405, 408, 409, 423, 429, 460, 500, 502, 503, 504].includes(status);
  if (passing && !(status === 409 && explained && method === "POST")) {
    return "lost";
  }
  return status === 404 || status === 410 ? "gone" : "final";
}

// problemOf reads an answer that is an error page.
function problemOf(method, answer) {
  const page = new DOMParser().parseFromString(answer.responseText, "text/html");
  const said = page.querySelector(".message h1 + p");
  const kind = kindOf(method, answer.status, page.querySelector(".door") !== null, said !== null);
  return new Problem(kind, said && kind !== "lost" ? said.textContent : "");
}

// metadata writes an Upload-Metadata header.
export function metadata(values) {
  const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
  return Object.keys(values).map((key) => key + " " + base64(values[key])).join(",");
}

// addressOf returns the address of a file; path is relative to dir.
export function addressOf(dir, path) {
  return ("/" + dir + "/" + path).replace(/\/+/g, "/").split("/").map(encodeURIComponent).join("/");
}

function wait(seconds) {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener("online", end);
      document.removeEventListener("visibilitychange", back);
      resolve();
    };
    const timer = setTimeout(end, 1000 * seconds);
    const back = () => document.hidden || end(); // a phone came back to the page
    window.addEventListener("online", end);
    document.addEventListener("visibilitychange", back);
  });
}

export class Upload {
  // path is the file's name, with its folders if a folder is added; dir is the
  // folder of the share that it goes into; changed is called whenever the state
  // or the progress changes.
  constructor(file, path, dir, changed) {
    this.file = file;
    this.path = path;
    this.dir = dir;
    this.changed = changed;
    this.overwrite = false;
    this.sample = ""; // of the content, by which it is recognised after a reload
    this.url = ""; // of the upload; "" before it has begun
    this.sent = 0; // bytes
    this.at = ""; // the address of the whole file
    this.state = "waiting"; // or "moving", "trouble", "out", "paused", "failed", "done", "gone"
    this.why = ""; // a sentence, if it failed
    this.turn = null; // identifies this run; null while it does not run
    this.request = null; // in flight
    this.chunk = firstChunk;
  }

  start() {
    const turn = this.turn = {};
    this.set("moving");
    this.run(turn);
  }

  pause(state) {
    this.turn = null;
    if (this.request) {
      this.request.abort();
    }
    this.set(state || "paused");
  }

  // cancel gives the upload up, on the server too.
  cancel() {
    this.pause("gone");
    if (this.url) {
      this.ask("DELETE", this.url, {}).catch(() => {}); // it expires after a day anyway
    }
  }

  set(state, why) {
    this.state = state;
    this.why = why || "";
    this.changed(this);
  }

  async run(turn) {
    const pause = new Backoff(1, 2, 15);
    while (this.turn === turn) {
      const before = this.sent;
      try {
        await this.send(turn);
        return;
      } catch (err) {
        const kind = this.turn === turn && await this.judge(err);
        if (this.turn !== turn) {
          return;
        }
        if (this.sent > before) {
          pause.reset();
        }
        await this.recover(kind, err, pause);
      }
    }
  }

  // recover sets the state after a failure, and returns when it is time to try
  // again.
  async recover(kind, err, pause) {
    if (kind === "final") {
      this.turn = null;
      this.set("failed", err.sentence);
    } else if (kind === "out" || kind === "lost") {
      this.set(kind === "out" ? "out" : "trouble");
      await wait(pause.next());
    }
  }

  // judge returns the kind of problem, and prepares the next try.
  async judge(err) {
    if (err.kind === "stalled" && this.chunk !== Infinity) {
      this.chunk = Infinity; // Safari may hang between two chunks, so the rest goes in one
      return "stalled";
    }
    if (err.kind === "gone" && this.url) {
      this.url = "";
      this.sent = 0;
      return "gone";
    }
    if (err.kind === "gone") {
      return "final";
    }
    if (err.kind === "final" || err.kind === "out") {
      return err.kind;
    }
    try {
      await new Response(this.file.slice(0, 1)).arrayBuffer();
      return "lost";
    } catch (unreadable) {
      return "final";
    }
  }

  // send sends what the server does not have yet, chunk by chunk.
  async send(turn) {
    let offset = this.url ? await this.find() : await this.create();
    while (!this.at) {
      if (this.turn !== turn) {
        throw new Problem("lost");
      }
      this.sent = offset;
      this.set("moving");
      const end = Math.min(this.file.size, offset + this.chunk);
      offset = this.read(await this.ask("PATCH", this.url, {
        "Content-Type": "application/offset+octet-stream", "Upload-Offset": offset,
      }, this.file.slice(offset, end)));
      this.chunk *= 2;
    }
    this.turn = null;
    this.sent = this.file.size;
    this.set("done");
  }

  async create() {
    const told = { relativePath: this.path, filename: this.file.name, dir: this.dir, mtime: String(this.file.lastModified) };
    if (this.overwrite) {
      told.overwrite = "true";
    }
    const answer = await this.ask("POST", "/.windowsill/upload/", {
      "Upload-Length": this.file.size, "Upload-Metadata": metadata(told),
    });
    this.url = answer.getResponseHeader("Location");
    return this.read(answer);
  }

  // find asks for the offset. An upload that the server no longer knows may be
  // complete: perhaps it was stopped before its answer arrived.
  async find() {
    try {
      return this.read(await this.ask("HEAD", this.url, {}));
    } catch (err) {
      const at = addressOf(this.dir, this.path);
      if (err.kind !== "gone" || this.sent < this.file.size || !await this.isWholeAt(at)) {
        throw err;
      }
      this.at = at;
      return this.file.size;
    }
  }

  async isWholeAt(address) {
    const { ok, headers } = await fetch(address, { method: "HEAD", cache: "no-store" });
    // A time in the future is told as the present.
    const changed = Math.min(this.file.lastModified, Date.parse(headers.get("Date")));
    const late = Date.parse(headers.get("Last-Modified")) / 1000 - Math.floor(changed / 1000);
    return ok && Number(headers.get("Content-Length")) === this.file.size && Math.abs(late) <= 1;
  }

  // read returns the offset in an answer.
  read(answer) {
    const offset = parseInt(answer.getResponseHeader("Upload-Offset"), 10);
    this.at = answer.getResponseHeader("Content-Location") || "";
    if (!(offset >= 0)) {
      throw new Problem("lost");
    }
    return offset;
  }

  // ask sends a request. It returns the answer, or throws a Problem.
  async ask(method, url, headers, body) {
    const answer = await this.exchange(method, url, headers, body);
    if (answer.status >= 200 && answer.status < 300) {
      return answer;
    }
    if (method === "HEAD" && answer.status !== 404 && answer.status !== 410) {
      throw problemOf("GET", await this.exchange("GET", url, headers)); // which has a body
    }
    throw problemOf(method, answer);
  }

  // exchange sends a request by XMLHttpRequest, which unlike fetch reports the
  // progress of its body.
  exchange(method, url, headers, body) {
    const x = new XMLHttpRequest(), from = this.sent;
    return new Promise((resolve, reject) => {
      let moved = Date.now(), told = 0, patience = body ? stalledAfter : storedWithin, kind = "lost";
      const watch = setInterval(() => {
        if (Date.now() - moved > patience) {
          kind = body ? "stalled" : "lost";
          x.abort();
        }
      }, 1000);
      x.onloadend = () => {
        clearInterval(watch);
        this.request = null;
        if (x.status) {
          resolve(x);
        } else {
          reject(new Problem(kind));
        }
      };
      if (body) {
        x.upload.onprogress = (event) => {
          moved = Date.now();
          this.sent = from + Math.min(event.loaded, body.size);
          if (moved - told >= toldEvery) { // WebKitGTK tells of every 8 kB: drawing each, it answered nobody for half a minute
            told = moved;
            this.changed(this);
          }
        };
        x.upload.onload = () => {
          moved = Date.now();
          patience = storedWithin;
        };
      }
      x.open(method, url);
      const all = Object.assign({ Accept: "text/html", "Tus-Resumable": "1.0.0" }, headers);
      Object.keys(all).forEach((name) => x.setRequestHeader(name, all[name]));
      if (method !== "DELETE") {
        this.request = x;
      }
      x.send(body);
    });
  }
}

// An EmptyFolder is added by a request for itself and each folder that it is in,
// as far as they are not there.
export class EmptyFolder extends Upload {
  // refusal says that the visitor may add files only.
  constructor(path, dir, changed, refusal) {
    super({ name: path, size: 0, lastModified: 0 }, path, dir, changed);
    this.refusal = refusal;
  }

  async send() {
    const names = this.path.split("/");
    for (let i = 1; i <= names.length; i++) {
      const at = addressOf(this.dir, names.slice(0, i).join("/")), answer = await this.exchange("MKCOL", at, {});
      if (answer.status !== 405 && (answer.status < 200 || answer.status > 299)) { // 405 if it is there
        throw answer.status === 403 ? new Problem("final", this.refusal) : problemOf("MKCOL", answer);
      }
      this.at = answer.getResponseHeader("Location") || at;
    }
    this.turn = null;
    this.set("done");
  }
}
