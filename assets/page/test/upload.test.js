import assert from "node:assert/strict";
import { test } from "node:test";
import { EmptyFolder, Problem, Upload, addressOf, kindOf, metadata } from "../upload.js";

test("what a refusal means", () => {
  for (const [what, method, status, isDoor, explained, want] of [
    ["the cookie is no longer good", "PATCH", 401, false, false, "out"],
    ["the door", "GET", 403, true, false, "out"],
    ["no right to add", "POST", 403, false, true, "final"],
    ["the disk is full", "PATCH", 507, false, true, "final"],
    ["a checksum is wrong", "PATCH", 460, false, true, "lost"],
    ["stopped for now", "PATCH", 503, false, true, "lost"],
    ["another offset is expected", "PATCH", 409, false, true, "lost"],
    ["a file is in the way", "POST", 409, false, true, "final"],
    ["forgotten", "HEAD", 404, false, false, "gone"],
    ["forgotten since", "PATCH", 410, false, true, "gone"],
  ]) {
    assert.equal(kindOf(method, status, isDoor, explained), want, what);
  }
});

test("metadata is as tus has it", () => {
  assert.equal(metadata({ filename: "a.txt", dir: "naïve 🏖" }), "filename YS50eHQ=,dir bmHDr3ZlIPCfj5Y=");
});

test("addresses of files are those of the share", () => {
  assert.equal(addressOf("", "a b.txt"), "/a%20b.txt");
  assert.equal(addressOf("in/100%", "new/x?.txt"), "/in/100%25/new/x%3F.txt");
});

const MB = 1 << 20;

// fileOf stands for a file that can be read.
function fileOf(size) {
  return { name: "a.bin", size, lastModified: 1e12, slice: (from, to) => ({ size: to - from }) };
}

// Scripted is an upload whose server answers as written: each answer has what
// is expected to be asked, as "PATCH 0+16", and a status with headers, or a
// problem.
class Scripted extends Upload {
  constructor(file, answers) {
    super(file, "a.bin", "", () => {});
    this.answers = answers;
    this.surprise = undefined; // what was asked for that was not expected
    this.states = [];
    this.changed = () => this.states.push(this.state);
  }

  async exchange(method, url, headers, body) {
    const asked = method + (body ? " " + headers["Upload-Offset"] / MB + "+" + body.size / MB : "");
    const [want, answer] = this.answers.shift() || ["nothing"];
    if (asked !== want) {
      this.turn = null;
      this.surprise = asked + " in place of " + want;
    }
    if (answer instanceof Problem) {
      throw answer;
    }
    return { status: answer.status, responseText: answer.text || "", getResponseHeader: (name) => answer[name] };
  }

  async whole() {
    this.start();
    while (this.turn) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal(this.surprise, undefined);
    assert.deepEqual(this.answers, [], "not asked for");
    return this;
  }
}

const begun = { status: 201, Location: "/upload/1", "Upload-Offset": "0" };
const at = (megabytes) => ({ status: 204, "Upload-Offset": String(megabytes * MB) });
const whole = { status: 204, "Upload-Offset": "0", "Content-Location": "/a.bin" };

// The browser is always online, so that no test waits, and pages are not parsed
// but for a sentence in them.
globalThis.document = { addEventListener() {}, removeEventListener() {} };
globalThis.window = { addEventListener: (kind, listener) => listener(), removeEventListener() {} };
globalThis.DOMParser = class {
  parseFromString(text) {
    return { querySelector: (selector) => selector === ".message h1 + p" && text ? { textContent: text } : null };
  }
};

test("chunks become larger while all goes well", async () => {
  const upload = await new Scripted(fileOf(100 * MB), [
    ["POST", begun], ["PATCH 0+16", at(16)], ["PATCH 16+32", at(48)], ["PATCH 48+52", whole],
  ]).whole();
  assert.equal(upload.state, "done");
  assert.equal(upload.at, "/a.bin");
  assert.equal(upload.sent, 100 * MB);
});

test("what was lost on the way is sent again from where the server is", async () => {
  const upload = await new Scripted(fileOf(20 * MB), [
    ["POST", begun], ["PATCH 0+16", new Problem("lost")], ["HEAD", at(5)], ["PATCH 5+15", whole],
  ]).whole();
  assert.equal(upload.state, "done");
  assert.ok(upload.states.includes("trouble"));
});

test("after a stall the rest goes in one", async () => {
  await new Scripted(fileOf(100 * MB), [
    ["POST", begun], ["PATCH 0+16", at(16)], ["PATCH 16+32", new Problem("stalled")], ["HEAD", at(20)], ["PATCH 20+80", whole],
  ]).whole();
});

test("what the server has forgotten begins anew", async () => {
  const upload = new Scripted(fileOf(10 * MB), [["HEAD", { status: 404 }], ["POST", begun], ["PATCH 0+10", whole]]);
  upload.url = "/upload/0";
  assert.equal((await upload.whole()).state, "done");
});

test("who is no longer in is told so, and goes on afterwards", async () => {
  const upload = await new Scripted(fileOf(10 * MB), [
    ["POST", begun], ["PATCH 0+10", { status: 401 }], ["HEAD", at(4)], ["PATCH 4+6", whole],
  ]).whole();
  assert.ok(upload.states.includes("out"));
  assert.equal(upload.state, "done");
});

test("what no other try mends fails with the server's sentence", async () => {
  const upload = await new Scripted(fileOf(MB), [["POST", { status: 507, text: "The disk is full." }]]).whole();
  assert.deepEqual([upload.state, upload.why], ["failed", "The disk is full."]);
});

test("what the server does not take at all fails", async () => {
  const upload = await new Scripted(fileOf(MB), [["POST", { status: 404, text: "There is no such folder." }]]).whole();
  assert.deepEqual([upload.state, upload.why], ["failed", "There is no such folder."]);
});

test("a file that can no longer be read fails", async () => {
  const file = fileOf(MB);
  file.slice = () => Object.create(null, { toString: { value() { throw new Error("gone from the disk"); } } });
  const upload = new Scripted(file, [["POST", new Problem("lost")]]);
  assert.deepEqual([(await upload.whole()).state, upload.why], ["failed", ""]);
});

test("a pause ends the try that runs", async () => {
  let abort;
  const upload = new Upload(fileOf(MB), "a.bin", "", () => {});
  upload.exchange = () => new Promise((resolve, reject) => {
    upload.request = { abort: abort = () => reject(new Problem("lost")) };
  });
  upload.start();
  await null;
  upload.pause();
  assert.ok(abort);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(upload.state, "paused");
});

test("a file is whole under its address if size and time fit", async () => {
  const now = "Sun, 29 Nov 2026 12:00:00 GMT", fetched = globalThis.fetch;
  try {
    for (const [what, lastModified, told, want] of [
      ["of that time", Date.UTC(2020, 0, 1), "Wed, 01 Jan 2020 00:00:00 GMT", true],
      ["of another time", Date.UTC(2020, 0, 1), "Thu, 02 Jan 2020 00:00:00 GMT", false],
      ["of before 1970", Date.UTC(1930, 0, 1) + 500, "Wed, 01 Jan 1930 00:00:00 GMT", true],
      ["of the future, told as the present", Date.UTC(2039, 0, 1), now, true],
      ["of the future, and another one", Date.UTC(2039, 0, 1), "Wed, 01 Jan 2020 00:00:00 GMT", false],
    ]) {
      globalThis.fetch = async () => ({ ok: true, headers: new Map(Object.entries({ Date: now, "Content-Length": "7", "Last-Modified": told })) });
      const upload = new Upload({ ...fileOf(7), lastModified }, "a.bin", "", () => {});
      assert.equal(await upload.isWholeAt("/a.bin"), want, what);
    }
  } finally {
    globalThis.fetch = fetched;
  }
});

test("progress is reported a few times a second, however often the browser tells of it", async () => {
  const { XMLHttpRequest, Date: clock } = globalThis, start = Date.now();
  let now = start;
  globalThis.Date = class extends clock { static now() { return now; } };
  globalThis.XMLHttpRequest = class {
    constructor() { this.upload = {}; }
    open() {}
    setRequestHeader() {}
    send(body) {
      for (let loaded = 0; loaded <= body.size; loaded += 8192) { // 128 times in a second
        this.upload.onprogress({ loaded });
        now = start + 1000 * loaded / body.size;
      }
      this.status = 204;
      this.onloadend();
    }
  };
  let told = 0;
  const upload = new Upload(fileOf(MB), "a.bin", "", () => { told++; });
  try {
    await upload.exchange("PATCH", "/u", {}, { size: MB });
  } finally {
    Object.assign(globalThis, { XMLHttpRequest, Date: clock });
  }
  assert.equal(upload.sent, MB);
  assert.ok(told >= 3 && told <= 6, told + " times");
});

test("an empty folder is made with those that it is in", async () => {
  const asked = [];
  const folder = new EmptyFolder("new/in it", "there", () => {}, "files only");
  folder.exchange = async (method, url) => {
    asked.push(method + " " + url);
    return { status: url.endsWith("new") ? 405 : 201, getResponseHeader: () => url + "/" };
  };
  await folder.send();
  assert.deepEqual(asked, ["MKCOL /there/new", "MKCOL /there/new/in%20it"]);
  assert.equal(folder.state, "done");

  folder.exchange = async () => ({ status: 403 });
  await assert.rejects(folder.send(), (err) => err.kind === "final" && err.sentence === "files only");
});
