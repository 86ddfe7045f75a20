// The service worker of an encrypted share. It does one thing: where a page cannot be
// had because the computer is gone, it says so instead of the browser. It stores
// nothing. The server puts the text of that page before this script, as `gone`.
const headers = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
  "Cache-Control": "no-store",
};

// isPage tells whether an address is that of a page of ours. Downloads go past.
function isPage(to) {
  return to.pathname.endsWith("/") ? !/[?&](zip|tar|download|json)\b/.test(to.search) : to.search.startsWith("?view");
}

// leave unregisters the worker if there is something else at this address by now.
async function leave() {
  const own = await fetch("/.windowsill/away.js", { method: "HEAD", cache: "no-store" });
  if (!own.ok) {
    await self.registration.unregister();
  }
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("fetch", (event) => {
  const asked = event.request;
  if (asked.mode !== "navigate" || asked.method !== "GET" || !isPage(new URL(asked.url))) {
    return;
  }
  const answer = fetch(asked);
  event.respondWith(answer.catch(() => new Response(gone, { status: 503, headers })));
  event.waitUntil(answer.then((a) => /worker-src/.test(a.headers.get("Content-Security-Policy")) || leave()).catch(() => {}));
});
