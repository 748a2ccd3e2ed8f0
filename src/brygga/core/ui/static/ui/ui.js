// Small conveniences. Every page works without them.

const number = new Intl.NumberFormat(document.documentElement.lang);

function count(area) {
  const shown = document.getElementById(area.dataset.bryggaCounter);
  if (!shown) return;
  const left = Number(area.maxLength > 0 ? area.maxLength : area.dataset.bryggaLimit) - area.value.length;
  shown.textContent = shown.dataset.text.replace("#", number.format(left));
  shown.toggleAttribute("data-over", left < 0);
}

document.addEventListener("input", (event) => {
  if (event.target.matches?.("[data-brygga-counter]")) count(event.target);
});

// Reveals what only makes sense with JavaScript, in the page and in what htmx brings.
function prepare(root) {
  root.querySelectorAll("[data-brygga-counter]").forEach(count);
  root.querySelectorAll("[data-brygga-print]").forEach((button) => button.removeAttribute("hidden"));
}
prepare(document);
document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-brygga-print]")) window.print();
});

// One press is one answer: a form that is on its way is not sent again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.bryggaSent) event.preventDefault();
  form.dataset.bryggaSent = "yes";
  setTimeout(() => delete form.dataset.bryggaSent, 4000);
});
