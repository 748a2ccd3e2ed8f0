// Connects allauth's passkey script to our pages: one button, one hidden field, one block of data.

const forms = window.allauth.webauthn.forms;
const button = document.getElementById("passkey");
const data = document.getElementById("passkey-data");
const signIn = document.getElementById("passkey-sign-in");
const failed = document.getElementById("passkey-failed");

if (button && data) {
  const field = button.form.querySelector("[name=credential]");
  const alone = button.form.querySelector("[name=passwordless]");
  const isNew = "creation_options" in JSON.parse(data.textContent);
  const ids = { data: data.id, credential: field.id };
  if (alone) ids.passwordless = alone.id;
  if (isNew) forms.addForm({ ids: { ...ids, add: button.id } });
  else forms.authenticateForm({ ids: { ...ids, authenticate: button.id } });
}

if (signIn) {
  forms.loginForm({ ids: { login: signIn.id, credential: "passkey-credential" } });
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  if (failed) failed.hidden = false;
});
