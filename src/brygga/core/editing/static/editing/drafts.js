// Keeps what one writes on the server, some seconds after the latest letter.

const AFTER = 2000;

for (const place of document.querySelectorAll("[data-brygga-draft]")) {
  const form = document.getElementById(place.dataset.bryggaForm);
  if (!form) continue;
  const said = place.querySelector("[data-brygga-draft-said]");
  place.querySelectorAll("[data-brygga-without-draft]").forEach((button) => button.remove());
  let timer;
  let sent = false;

  async function keep() {
    if (sent) return;
    const answer = await fetch(place.dataset.bryggaDraft, {
      method: "POST",
      body: new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string")),
      headers: { "HX-Request": "true" },
      redirect: "manual", // a session that has ended answers with the way to the sign-in
    }).catch(() => null);
    if (answer?.ok) said.textContent = await answer.text();
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, AFTER);
  });
  form.addEventListener("submit", () => {
    sent = true;
    clearTimeout(timer);
  });
}
