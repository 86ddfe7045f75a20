// Numbers, sizes and dates in the reader's language.

// latin picks Latin digits for a language, as file names have them.
export const latin = (language) => language + "-u-nu-latn";

// fill replaces {{.Name}} in a text.
export function fill(text, name, value) {
  return text.replace("{{." + name + "}}", () => value);
}

// plural writes a count. Forms has the text for each plural category of the
// language ("one", "other", …); templates put them into data attributes.
export function plural(forms, count, language) {
  const form = new Intl.PluralRules(language).select(count);
  return fill(forms[form] || forms.other, "Count", new Intl.NumberFormat(latin(language)).format(count));
}

// size writes a number of bytes; units are the names of B, kB, MB and so on,
// separated by spaces.
export function size(bytes, units, language) {
  const names = units.split(" ");
  let unit = 0;
  while (Math.round(10 * bytes) / 10 >= 1000 && unit < names.length - 1) {
    bytes /= 1000;
    unit++;
  }
  const number = new Intl.NumberFormat(latin(language), { maximumFractionDigits: unit ? 1 : 0, useGrouping: false });
  return number.format(bytes) + "\u00a0" + names[unit];
}

// DateFormat writes points in time in the reader's time zone.
export class DateFormat {
  constructor(language) {
    this.language = language;
    this.day = new Intl.DateTimeFormat(latin(language), { dateStyle: "medium" });
    this.moment = new Intl.DateTimeFormat(latin(language), { dateStyle: "medium", timeStyle: "short" });
    this.relative = Intl.RelativeTimeFormat ? new Intl.RelativeTimeFormat(latin(language), { numeric: "auto" }) : null;
    this.days = new Map(); // formatting is slow, and many files share a day
    this.today = null;
    this.headings = {}; // formats, by what they write
  }

  // format returns the full text; the date in it, and what follows the date,
  // which is the time; and a name for the date, such as "Yesterday", or "". In a
  // language that does not write the date first, date is the full text.
  format(when, now) {
    const full = this.moment.format(when), { date, name } = this.dayOf(when, now);
    if (!full.startsWith(date)) {
      return { full, date: full, name: "", time: "" };
    }
    return { full, date, name, time: full.slice(date.length) };
  }

  // heading writes a day such as "2026-08-12" as one says it: "Today", the weekday
  // within a week, the weekday and the date within a year, else the date.
  heading(day, now) {
    const when = new Date(day + "T00:00");
    if (isNaN(when)) {
      return day;
    }
    const { name } = this.dayOf(when, now), ago = Math.round((midnight(now) - midnight(when)) / 864e5);
    const about = ago < 0 || ago > 300 ? { dateStyle: "long" } : ago < 7 ? { weekday: "long" } : { weekday: "long", day: "numeric", month: "long" };
    const key = Object.keys(about).join();
    this.headings[key] = this.headings[key] || new Intl.DateTimeFormat(latin(this.language), about);
    return name || this.capital(this.headings[key].format(when));
  }

  dayOf(when, now) {
    const start = midnight(when), today = midnight(now);
    if (+today !== +this.today) { // the page was open over midnight
      this.days.clear();
      this.today = today;
    }
    if (!this.days.has(+start)) {
      const ago = Math.round((today - start) / 864e5); // days, some of which have 23 hours
      const named = this.relative && (ago === 0 || ago === 1);
      this.days.set(+start, { date: this.day.format(when), name: named ? this.capital(this.relative.format(-ago, "day")) : "" });
    }
    return this.days.get(+start);
  }

  capital(text) {
    return text.charAt(0).toLocaleUpperCase(this.language) + text.slice(1);
  }
}

function midnight(when) {
  return new Date(when.getFullYear(), when.getMonth(), when.getDate());
}
