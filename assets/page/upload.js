// One file on its way to the share, by tus 1.0.0 (https://tus.io): what was
// lost on the way is asked for and gone on with, until the file is there.
(function () {
  "use strict";

  const shortest = 16 << 20; // bytes of the first piece; each next one is twice as long
  const still = 8000; // milliseconds in which nothing moves until a request is given up
  const settling = 90000; // the same, once all is sent and the server writes
  const pauses = [1, 2, 4, 8, 15]; // seconds between two tries

  // Why a request went wrong. Kind is "final" for what no other try mends,
  // "out" if one has to come in anew, "gone" if the server knows nothing of the
  // file, "stalled" if nothing moved, and else "lost".
  class Problem extends Error {
    constructor(kind, text) {
      super(text || kind);
      this.kind = kind;
    }
  }

  // The server says in a page, in the reader's language, what is wrong.
  function problemIn(answer) {
    const page = new DOMParser().parseFromString(answer.responseText, "text/html");
    if (answer.status === 401 || page.querySelector(".door")) {
      return new Problem("out");
    }
    const said = page.querySelector(".message h1 + p");
    const passing = [405, 408, 409, 423, 429, 460, 500, 502, 503, 504].includes(answer.status);
    if (passing && !(answer.status === 409 && said && answer.asked === "POST")) {
      return new Problem("lost");
    }
    return new Problem(answer.status === 404 || answer.status === 410 ? "gone" : "final", said ? said.textContent : "");
  }

  function wait(seconds) {
    return new Promise(function (done) {
      const ends = function () {
        clearTimeout(timer);
        window.removeEventListener("online", ends);
        done();
      };
      const timer = setTimeout(ends, 1000 * seconds);
      window.addEventListener("online", ends);
    });
  }

  function base64(text) {
    return btoa(String.fromCharCode.apply(null, new TextEncoder().encode(text)));
  }

  class Upload {
    // path is the file's name, with the folders of a folder that is added; dir
    // the share's folder that it goes into; changed is called whenever
    // something about it has.
    constructor(file, path, dir, changed) {
      this.file = file;
      this.path = path;
      this.dir = dir;
      this.changed = changed;
      this.overwrite = false;
      this.url = ""; // where to go on with it; "" if it was not begun
      this.sent = 0; // bytes
      this.at = ""; // the address of the whole file
      this.state = "waiting"; // or "moving", "trouble", "out", "paused", "failed", "done", "gone"
      this.why = ""; // it failed, in a sentence
      this.turn = null; // while it runs, what tells this time from others
      this.request = null; // that runs
      this.piece = shortest;
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

    // cancel gives the file up, here and there.
    cancel() {
      this.pause("gone");
      if (this.url) {
        this.ask("DELETE", this.url, {}).catch(function () {}); // it goes by itself after a day
      }
    }

    set(state, why) {
      this.state = state;
      this.why = why || "";
      this.changed(this);
    }

    async run(turn) {
      for (let tries = 0; this.turn === turn; tries++) {
        const before = this.sent;
        try {
          await this.send(turn);
          return;
        } catch (err) {
          if (this.turn !== turn) {
            return;
          }
          tries = this.sent > before ? 0 : tries;
          const kind = await this.judge(err);
          if (this.turn !== turn) {
            return;
          }
          if (kind === "final") {
            this.turn = null;
            this.set("failed", err.kind === "final" ? err.message : "");
            return;
          }
          if (kind === "stalled" || kind === "gone") {
            continue;
          }
          this.set(kind === "out" ? "out" : "trouble");
          await wait(pauses[Math.min(tries, pauses.length - 1)]);
        }
      }
    }

    // judge tells what kind of problem there was. Safari stops between two
    // pieces at times, and does not if all of the rest goes in one.
    async judge(err) {
      if (err.kind === "stalled" && this.piece !== Infinity) {
        this.piece = Infinity;
        return "stalled";
      }
      if (err.kind === "gone") {
        if (this.url) {
          this.url = "";
          this.sent = 0;
          return "gone";
        }
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

    // send sends what the server does not have yet.
    async send(turn) {
      let offset = this.url ? await this.find() : await this.create();
      while (!this.at) {
        if (this.turn !== turn) {
          throw new Problem("lost");
        }
        this.sent = offset;
        this.set("moving");
        const end = Math.min(this.file.size, offset + this.piece);
        offset = this.read(await this.ask("PATCH", this.url, {
          "Content-Type": "application/offset+octet-stream", "Upload-Offset": offset,
        }, this.file.slice(offset, end)));
        this.piece *= 2;
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
        "Upload-Length": this.file.size,
        "Upload-Metadata": Object.keys(told).map(function (key) { return key + " " + base64(told[key]); }).join(","),
      });
      this.url = answer.getResponseHeader("Location");
      return this.read(answer);
    }

    // find asks how far the file has come. What the server does not know any
    // more may be whole, if nobody could be told before it was stopped.
    async find() {
      try {
        return this.read(await this.ask("HEAD", this.url, {}));
      } catch (err) {
        if (err.kind !== "gone" || this.sent < this.file.size) {
          throw err;
        }
        const at = ("/" + this.dir + "/" + this.path).replace(/\/+/g, "/").split("/").map(encodeURIComponent).join("/");
        const there = await fetch(at, { method: "HEAD", cache: "no-store", credentials: "same-origin" });
        const time = Math.floor(this.file.lastModified / 1000);
        if (!there.ok || Number(there.headers.get("Content-Length")) !== this.file.size ||
            Math.abs(Date.parse(there.headers.get("Last-Modified")) / 1000 - time) > 1) {
          throw err;
        }
        this.at = at;
        return this.file.size;
      }
    }

    // read takes from an answer how far the file is.
    read(answer) {
      const offset = parseInt(answer.getResponseHeader("Upload-Offset"), 10);
      this.at = answer.getResponseHeader("Content-Location") || "";
      if (!(offset >= 0)) {
        throw new Problem("lost");
      }
      return offset;
    }

    // ask sends a request and returns its answer, if that is a good one.
    async ask(method, url, headers, body) {
      const answer = await this.exchange(method, url, headers, body);
      if (answer.status >= 200 && answer.status < 300) {
        return answer;
      }
      if (method === "HEAD" && answer.status !== 404 && answer.status !== 410) {
        throw problemIn(await this.exchange("GET", url, headers)); // which has a body
      }
      answer.asked = method;
      throw problemIn(answer);
    }

    exchange(method, url, headers, body) {
      const self = this, x = new XMLHttpRequest(), from = this.sent;
      return new Promise(function (done, broken) {
        let moved = Date.now(), patience = body ? still : settling, kind = "lost";
        const watch = setInterval(function () {
          if (Date.now() - moved > patience) {
            kind = body ? "stalled" : "lost";
            x.abort();
          }
        }, 1000);
        x.onloadend = function () {
          clearInterval(watch);
          self.request = null;
          if (x.status) {
            done(x);
          } else {
            broken(new Problem(kind));
          }
        };
        if (body) {
          x.upload.onprogress = function (event) {
            moved = Date.now();
            self.sent = from + Math.min(event.loaded, body.size);
            self.changed(self);
          };
          x.upload.onload = function () {
            moved = Date.now();
            patience = settling;
          };
        }
        x.open(method, url);
        x.setRequestHeader("Accept", "text/html");
        x.setRequestHeader("Tus-Resumable", "1.0.0");
        Object.keys(headers).forEach(function (name) { x.setRequestHeader(name, headers[name]); });
        if (method !== "DELETE") {
          self.request = x;
        }
        x.send(body);
      });
    }
  }

  window.windowsill = Object.assign(window.windowsill || {}, { Upload: Upload });
})();
