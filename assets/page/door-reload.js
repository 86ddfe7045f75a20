// For browsers that run scripts but know no modules: they run neither door.js
// nor what is in the page's <noscript>.
(function () {
  "use strict";

  var pin = document.getElementById("pin");
  setInterval(function () {
    if (!pin || !pin.value) { // nobody is typing it
      location.replace(document.getElementsByName("to")[0].value);
    }
  }, 10000);
})();
