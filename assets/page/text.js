// Copies the texts of a page, and keeps what is being typed. In plain http a browser gives scripts no
// clipboard, and so the text is selected and copied as a person would. The
// syntax here is of 2017, since a browser that cannot read a script does not
// do what is there without one either.
(function () {
  "use strict";

  document.documentElement.classList.add("scripted");

  // The times are this computer's, which may be in another zone.
  const page = document.querySelector("[data-live=texts]");
  function refine() {
    page.querySelectorAll("time").forEach(function (time) {
      const clock = new Date(time.dateTime).toLocaleTimeString(document.documentElement.lang + "-u-nu-latn", { timeStyle: "short" });
      if (time.textContent !== clock) {
        time.textContent = clock;
      }
    });
  }
  refine();
  new MutationObserver(refine).observe(page, { childList: true });

  function copy(from) {
    const selection = getSelection(), range = document.createRange();
    range.selectNodeContents(from);
    selection.removeAllRanges();
    selection.addRange(range);
    return document.execCommand("copy"); // if not, the text stays selected for a person to copy
  }

  // What was typed goes along to another address of the share (elsewhere.js).
  const draft = document.querySelector("textarea"), mark = "#text=";
  if (draft) {
    if (location.hash.startsWith(mark)) {
      draft.value = decodeURIComponent(location.hash.slice(mark.length));
      history.replaceState(null, "", location.pathname + location.search);
    }
    window.windowsill = Object.assign(window.windowsill || {}, { carry: function () { return mark.slice(1) + encodeURIComponent(draft.value); } });
  }

  document.querySelector("main").addEventListener("click", function (event) {
    const button = event.target.closest(".copy");
    if (!button) {
      return;
    }
    const says = button.dataset.says || button.textContent;
    if (copy(button.parentElement.querySelector(".said"))) {
      getSelection().removeAllRanges();
      button.dataset.says = says;
      button.textContent = button.dataset.done;
      setTimeout(function () { button.textContent = says; }, 1500);
    }
  });
})();
