import assert from "node:assert/strict";
import { test } from "node:test";
import { duration } from "../duration.js";
import { DateFormat, fill, plural, size } from "../format.js";

process.env.TZ = "Europe/Berlin"; // where clocks change

const units = "B kB MB GB TB";

test("values are put in as they are", () => {
  assert.equal(fill("{{.Name}} was deleted", "Name", "$& {{.Name}}"), "$& {{.Name}} was deleted");
});

test("counts take the plural form of their language", () => {
  const english = { one: "{{.Count}} file", other: "{{.Count}} files" };
  assert.equal(plural(english, 1, "en"), "1 file");
  assert.equal(plural(english, 1234, "en"), "1,234 files");
  const polish = { one: "{{.Count}} plik", few: "{{.Count}} pliki", many: "{{.Count}} plików", other: "{{.Count}} pliku" };
  assert.deepEqual([1, 3, 5].map((n) => plural(polish, n, "pl")), ["1 plik", "3 pliki", "5 plików"]);
  assert.equal(plural({ other: "{{.Count}} 個" }, 1, "ja"), "1 個", "a language without a form for one");
  assert.equal(plural({ other: "{{.Count}}" }, 12, "ar"), "12", "digits are those of file names");
});

test("sizes have at most one decimal, and 1000 of a unit are one of the next", () => {
  for (const [bytes, want] of [
    [0, "0 B"], [1, "1 B"], [999, "999 B"], [1000, "1 kB"], [1234, "1.2 kB"], [999949, "999.9 kB"], [999950, "1 MB"],
    [5e9, "5 GB"], [1.5e12, "1.5 TB"], [1234e12, "1234 TB"],
  ]) {
    assert.equal(size(bytes, units, "en"), want.replace(" ", "\u00a0"), String(bytes));
  }
  assert.equal(size(1500, units, "de"), "1,5\u00a0kB");
});

test("durations are rounded to one unit", () => {
  for (const [seconds, want] of [[0.2, "1 sec"], [54, "54 sec"], [56, "1 min"], [100, "2 min"], [3299, "55 min"], [3301, "1 hr"], [7200, "2 hr"]]) {
    assert.equal(duration(seconds, "en"), want, String(seconds));
  }
  for (const unknown of [Infinity, NaN, 864e4]) {
    assert.equal(duration(unknown, "en"), "");
  }
});

test("dates of yesterday and today have names", () => {
  const dates = new DateFormat("en"), now = new Date(2026, 2, 10, 9, 30);
  const nameOf = (...when) => dates.format(new Date(...when), now).name;
  assert.equal(nameOf(2026, 2, 10, 0, 0), "Today");
  assert.equal(nameOf(2026, 2, 9, 23, 59), "Yesterday");
  assert.equal(nameOf(2026, 2, 9, 0, 0), "Yesterday");
  assert.equal(nameOf(2026, 2, 8, 23, 59), "");
  assert.equal(nameOf(2026, 2, 11, 0, 0), "", "a clock may be wrong");
  assert.equal(dates.format(new Date(2026, 2, 10), new Date(2026, 2, 11)).name, "Yesterday", "the page was open over midnight");
});

test("a day may have 23 hours", () => {
  const dates = new DateFormat("en");
  assert.equal(dates.format(new Date(2026, 2, 29, 12), new Date(2026, 2, 30, 12)).name, "Yesterday");
});

test("date and time come apart where the language writes the date first", () => {
  const when = new Date(2025, 10, 3, 14, 5), now = new Date(2026, 0, 1);
  const german = new DateFormat("de").format(when, now);
  assert.equal(german.date, "03.11.2025");
  assert.equal(german.date + german.time, german.full);
  assert.match(german.time, /14:05/);
  for (const language of ["en", "ar", "fa", "hi", "ja", "th"]) {
    const { full, date, time } = new DateFormat(language).format(when, now);
    assert.equal(date + time, full, language);
    assert.match(full, /5/, "digits are those of file names");
  }
});

test("days of a gallery", () => {
  const dates = new DateFormat("en"), now = new Date(2026, 7, 16, 12);
  for (const [day, want] of [
    ["2026-08-16", "Today"], ["2026-08-15", "Yesterday"], ["2026-08-12", "Wednesday"], ["2026-08-10", "Monday"], ["2026-08-09", "Sunday, August 9"],
    ["2025-08-12", "August 12, 2025"], ["2027-01-01", "January 1, 2027"], ["nonsense", "nonsense"],
  ]) {
    assert.equal(dates.heading(day, now), want);
  }
  assert.equal(new DateFormat("de").heading("2026-08-15", now), "Gestern");
});
