// Asks the browser for a passkey, or to make one, and sends its answer. The form says which, and with what.
const form = document.querySelector("[data-passkey]");

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const known = (list) => (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

function asked({ dataset }) {
  const options = JSON.parse(dataset.options);
  const publicKey = { ...options, challenge: bytes(options.challenge) };
  if (dataset.passkey === "get") return { ...publicKey, allowCredentials: known(options.allowCredentials) };
  const user = { ...options.user, id: bytes(options.user.id) };
  return { ...publicKey, user, excludeCredentials: known(options.excludeCredentials) };
}

function written({ id, rawId, type, response, authenticatorAttachment }) {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const given = parts.filter((name) => response[name]).map((name) => [name, text(response[name])]);
  const transports = response.getTransports?.();
  return JSON.stringify({
    id,
    rawId: text(rawId),
    type,
    authenticatorAttachment,
    response: { ...Object.fromEntries(given), ...(transports && { transports }) },
  });
}

async function use() {
  const button = form.querySelector("button");
  const failure = form.querySelector("[role=alert]");
  button.disabled = failure.hidden = true;
  try {
    const credential = await navigator.credentials[form.dataset.passkey]({ publicKey: asked(form) });
    form.elements.credential.value = written(credential);
    form.submit();
  } catch {
    failure.hidden = button.disabled = false;
    button.focus();
  }
}

if (form) {
  form.querySelector("button").addEventListener("click", use);
  form.querySelector("button").disabled = false;
}
