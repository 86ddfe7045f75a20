// Browsers that run scripts but know no modules run this in place of door.js,
// since for them neither that nor the page's <noscript> counts.
(function () {
  "use strict";

  var pin = document.getElementById("pin");
  setInterval(function () {
    if (!pin || !pin.value) { // nobody is typing it
      location.replace(document.getElementsByName("to")[0].value);
    }
  }, 10000);
})();
