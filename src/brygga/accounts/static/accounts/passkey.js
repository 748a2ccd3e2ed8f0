// Connects allauth's passkey script to our pages: one button, one hidden field, one block of data.

const button = document.getElementById("passkey");
const data = document.getElementById("passkey-data");

if (button && data) {
  const field = button.form.querySelector("[name=credential]");
  const forms = window.allauth.webauthn.forms;
  const isNew = "creation_options" in JSON.parse(data.textContent);
  const ids = { data: data.id, credential: field.id };
  if (isNew) forms.addForm({ ids: { ...ids, add: button.id } });
  else forms.authenticateForm({ ids: { ...ids, authenticate: button.id } });
}
