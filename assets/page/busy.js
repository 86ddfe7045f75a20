// Why the page must not be loaded anew just now: uploads under way, a message
// with an Undo.
const checks = [];

// busyWhile adds a check, which tells whether there is something to lose.
export function busyWhile(check) {
  checks.push(check);
}

export function isBusy() {
  return checks.some((check) => check());
}
