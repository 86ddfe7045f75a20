// The buttons of those who may change what is in a folder: one in each row, and
// one for a new folder. change.js does what they say.
(function () {
  "use strict";

  const own = window.windowsill, main = document.querySelector("main");
  if (!own || !own.bring || !window.HTMLDialogElement) {
    return;
  }
  const model = document.querySelector("template.act").content.firstElementChild;

  // mend gives each row its button.
  function mend() {
    main.querySelectorAll("ul.list > li, ul.gallery > li").forEach(function (row) {
      if (row.querySelector(".act") || !row.querySelector("a.open")) {
        return;
      }
      const button = model.cloneNode(true), name = row.querySelector("bdi").textContent;
      button.setAttribute("aria-label", button.getAttribute("aria-label").replace("{{.Name}}", function () { return name; }));
      row.append(button);
    });
  }

  main.addEventListener("pointerdown", function (event) {
    if (event.target.closest(".act")) {
      own.bring();
    }
  });
  main.addEventListener("click", async function (event) {
    const button = event.target.closest(".act");
    if (button) {
      await own.bring();
      own.change(button.closest("li"));
    }
  });
  const fresh = document.querySelector(".new-folder");
  if (fresh) {
    fresh.hidden = false;
    fresh.addEventListener("click", async function () {
      await own.bring();
      own.create();
    });
  }
  document.body.classList.add("changing");
  mend();
  new MutationObserver(mend).observe(main, { childList: true, subtree: true });
})();
