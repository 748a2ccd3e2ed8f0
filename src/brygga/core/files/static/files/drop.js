// Lets files be dropped around a file field; more than one go on to the fields after it.

function place(files, first) {
  const fields = [...first.form.querySelectorAll("input[type=file]")];
  let at = fields.indexOf(first);
  for (const file of files) {
    if (!fields[at]) return;
    const carried = new DataTransfer();
    carried.items.add(file);
    fields[at].files = carried.files;
    fields[at].dispatchEvent(new Event("change", { bubbles: true }));
    at += 1;
  }
}

for (const zone of document.querySelectorAll("[data-brygga-drop]")) {
  const field = zone.querySelector("input[type=file]");
  zone.querySelector("[data-brygga-drop-words]").hidden = false;
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.dataset.over = "yes";
  });
  zone.addEventListener("dragleave", () => delete zone.dataset.over);
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    delete zone.dataset.over;
    place(event.dataTransfer.files, field);
  });
}
