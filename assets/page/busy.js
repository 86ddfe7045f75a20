// Whether reloading the page would lose something, such as an upload or a
// message with an Undo button.
const checks = [];

// busyWhile adds a check that tells whether there is something to lose.
export function busyWhile(check) {
  checks.push(check);
}

export function isBusy() {
  return checks.some((check) => check());
}
