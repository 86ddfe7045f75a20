// How long something takes, as one says it.
import { latin } from "./format.js";

// duration writes a rounded duration, such as "3 min"; "" if it is unknown.
export function duration(seconds, language) {
  if (!(seconds < 864e3)) {
    return "";
  }
  const [unit, length] = seconds < 55 ? ["second", 1] : seconds < 3300 ? ["minute", 60] : ["hour", 3600];
  try {
    const number = new Intl.NumberFormat(latin(language), { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 0 });
    return number.format(Math.max(1, Math.round(seconds / length)));
  } catch (err) { // the browser does not support units
    return "";
  }
}
