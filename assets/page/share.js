// Hands a file to another app of the device, or a link to it if it is large. Browsers
// let only pages do so that came encrypted.
const most = 50e6; // bytes of a file that is fetched for that
const button = document.querySelector(".pass"), label = button.textContent;
let fetched = null; // what was handed on last: href and data

async function dataOf(href) {
  const link = { url: location.href }, abort = new AbortController();
  const answer = await fetch(href, { signal: abort.signal });
  if (!answer.ok || !navigator.canShare || !(answer.headers.get("Content-Length") <= most)) {
    abort.abort();
    return link;
  }
  const content = await answer.blob(), name = document.querySelector("h1").textContent;
  const data = { files: [new File([content], name, { type: content.type })] };
  return navigator.canShare(data) ? data : link;
}

button.addEventListener("click", async () => {
  const href = document.querySelector(".save").href; // of the picture that is shown by now
  button.disabled = true;
  try {
    if (!fetched || fetched.href !== href) {
      fetched = { href, data: await dataOf(href) };
    }
    await navigator.share(fetched.data);
    button.textContent = label;
  } catch (err) {
    button.textContent = err.name === "NotAllowedError" ? button.dataset.again : label; // it took longer than browsers remember a tap
  }
  button.disabled = false;
});
button.hidden = !navigator.share;
