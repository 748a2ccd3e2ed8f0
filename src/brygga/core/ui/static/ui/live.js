// Keeps a part of the page up to date. Without this the page has a link that reloads it.

const PAUSE = 5000;

function show(place, html) {
  const before = place.querySelector("[data-brygga-state]")?.dataset.bryggaState;
  place.innerHTML = html; // the server's own part, escaped there
  const state = place.querySelector("[data-brygga-state]")?.dataset.bryggaState;
  const said = document.querySelector("[data-brygga-said]");
  if (said && state && state !== before) said.textContent = state;
}

// Where no stream is to be had: ask now and then, until the answer is no, or the way to the sign-in.
async function ask(place) {
  const answer = await fetch(place.dataset.bryggaPoll, {
    headers: { "HX-Request": "true" },
    redirect: "manual",
  }).catch(() => null);
  if (answer?.type === "opaqueredirect" || answer?.status === 403 || answer?.status === 404) return;
  if (answer?.ok) show(place, await answer.text());
  setTimeout(() => ask(place), PAUSE);
}

for (const place of document.querySelectorAll("[data-brygga-live]")) {
  document.querySelectorAll("[data-brygga-without-live]").forEach((link) => (link.hidden = true));
  const stream = new EventSource(place.dataset.bryggaLive);
  stream.addEventListener("part", (event) => show(place, event.data));
  stream.addEventListener("end", () => stream.close());
  stream.addEventListener("error", () => stream.readyState === EventSource.CLOSED && ask(place));
  addEventListener("pagehide", () => stream.close());
}
