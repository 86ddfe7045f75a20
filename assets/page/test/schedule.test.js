import assert from "node:assert/strict";
import { test } from "node:test";
import { Speed, identityOf, nextOf, progressOf, stallOf } from "../schedule.js";

const upload = (state, sent = 0, size = 100) => ({ state, sent, file: { size, lastModified: 1 }, path: state });

test("at most three uploads run at once, in their order", () => {
  const next = (...states) => {
    const all = states.map((state) => upload(state));
    return all.indexOf(nextOf(all));
  };
  for (const [states, want] of [
    [["waiting", "waiting"], 0],
    [["done", "failed", "waiting"], 2],
    [["moving", "moving", "waiting"], 2],
    [["moving", "moving", "moving", "waiting"], -1],
    [["moving", "trouble", "out", "waiting"], -1],
    [["moving", "paused", "moving", "waiting"], 3],
    [["paused", "done"], -1],
    [[], -1],
  ]) {
    assert.equal(next(...states), want, states.join());
  }
});

test("what failed or was cancelled counts for nothing", () => {
  const all = [upload("done", 100), upload("moving", 40), upload("waiting"), upload("failed", 70), upload("gone", 10)];
  assert.deepEqual(progressOf(all), { sent: 140, size: 300 });
  assert.deepEqual(progressOf([]), { sent: 0, size: 0 });
});

test("a file is known by name, size and date", () => {
  const of = (path, size, lastModified) => identityOf({ path, file: { size, lastModified } });
  assert.equal(of("a b", 1, 2), of("a b", 1, 2));
  assert.equal(new Set([of("a", 1, 2), of("b", 1, 2), of("a", 2, 2), of("a", 1, 3)]).size, 4);
});

test("a stall is no part of the speed after it", () => {
  const speed = new Speed(0);
  [1000, 2000, 3000, 3000, 3000].forEach((sent) => speed.measure(sent));
  assert.equal(speed.bytesPerSecond, 600, "two seconds are no stall");
  for (let second = 0; second < 30; second++) {
    speed.measure(3000);
  }
  speed.measure(5000);
  assert.equal(speed.bytesPerSecond, 0, "nothing is known yet");
  speed.measure(7000);
  assert.equal(speed.bytesPerSecond, 2000);
});

test("the speed is smoothed, and never below nothing", () => {
  const speed = new Speed(null);
  speed.measure(500); // sent before anybody looked
  assert.equal(speed.bytesPerSecond, 0);
  speed.measure(1500);
  assert.equal(speed.bytesPerSecond, 1000);
  speed.measure(3500);
  assert.equal(speed.bytesPerSecond, 1500);
  speed.measure(2000); // a part was lost and has to be sent again
  assert.equal(speed.bytesPerSecond, 0);
  for (let sent = 3000; sent <= 40000; sent += 1000) {
    speed.measure(sent);
  }
  assert.equal(speed.bytesPerSecond, 1000);
  for (let second = 0; second < 12; second++) {
    assert.ok(speed.bytesPerSecond > 0, "the mean is one of twelve seconds");
    speed.measure(40000);
  }
  assert.equal(speed.bytesPerSecond, 0);
  assert.equal(speed.still, 12);
  speed.rest(2000);
  assert.equal(speed.bytesPerSecond, 0);
  speed.measure(2100);
  assert.equal(speed.bytesPerSecond, 100);
});

test("what is said while nothing moves", () => {
  assert.deepEqual([0, 2, 3, 9, 10, 600].map(stallOf), ["", "", "stalled", "stalled", "stuck", "stuck"]);
});
