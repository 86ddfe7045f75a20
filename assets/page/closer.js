// How close one is to a picture, and which part of it one sees.
(function () {
  "use strict";

  const closest = 8;

  // closer looks at picture(), which lies in the middle of the stage and fits
  // there. A view is by how much it is larger than that, and where its middle
  // is, x and y from the middle of the stage.
  function closer(stage, picture) {
    let view = { by: 1, x: 0, y: 0 };

    function show() {
      const img = picture(), box = stage.getBoundingClientRect();
      const fit = Math.min(box.width / (img.naturalWidth || 1), box.height / (img.naturalHeight || 1), 1);
      const roomX = Math.max(0, (img.naturalWidth * fit * view.by - box.width) / 2);
      const roomY = Math.max(0, (img.naturalHeight * fit * view.by - box.height) / 2);
      view.x = Math.min(roomX, Math.max(-roomX, view.x));
      view.y = Math.min(roomY, Math.max(-roomY, view.y));
      img.style.transform = view.by === 1 ? "" : "translate(" + view.x + "px," + view.y + "px) scale(" + view.by + ")";
      stage.classList.toggle("close", view.by > 1);
    }

    function middle() {
      const box = stage.getBoundingClientRect();
      return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
    }

    window.addEventListener("resize", show);
    return {
      view: function () { return view; },
      rest: function () {
        view = { by: 1, x: 0, y: 0 };
        show();
      },
      // drag goes on from an earlier view by so many pixels.
      drag: function (from, x, y) {
        view = { by: from.by, x: from.x + x, y: from.y + y };
        show();
      },
      // magnify keeps the point of the picture that is under at where it is:
      // a point of the window, or if there is none the middle of the stage. It
      // goes on from an earlier view, or if there is none from this one.
      magnify: function (by, at, from) {
        const centre = middle(), old = from || view;
        const x = at ? at.x - centre.x : 0, y = at ? at.y - centre.y : 0;
        by = Math.min(closest, Math.max(1, by));
        view = { by: by, x: x - (x - old.x) * by / old.by, y: y - (y - old.y) * by / old.by };
        show();
      },
    };
  }

  window.windowsill = Object.assign(window.windowsill || {}, { closer: closer });
})();
