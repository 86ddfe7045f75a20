// ask opens a dialog and returns the name of the button that was pressed, or ""
// if it was closed in another way. If there is a check, it gets all clicks and
// submissions, and is the one to close the dialog.
export function ask(dialog, check) {
  return new Promise((resolve) => {
    let answer = "", pressed = null;
    const listeners = {
      pointerdown(event) { pressed = event.target; },
      click(event) {
        const button = event.target.closest("button"), beside = event.target === dialog && pressed === dialog;
        if (beside || button && button.classList.contains("away")) {
          dialog.close();
        } else if (check) {
          check(event);
        } else if (button && button.name) {
          answer = button.name;
          dialog.close();
        }
      },
      submit(event) {
        event.preventDefault();
        check(event);
      },
      close() {
        Object.keys(listeners).forEach((kind) => dialog.removeEventListener(kind, listeners[kind]));
        resolve(answer);
      },
    };
    Object.keys(listeners).forEach((kind) => dialog.addEventListener(kind, listeners[kind]));
    dialog.showModal();
  });
}
