/* Passkeys: shows the buttons that need a script, and hands them to allauth's. */
(function () {
  const forms = window.allauth.webauthn.forms
  const ids = { credential: 'passkey-credential', data: 'passkey-data' }
  const kinds = {
    add: () => forms.addForm({ ids: { ...ids, add: 'passkey-button', passwordless: 'id_passwordless' } }),
    authenticate: () => forms.authenticateForm({ ids: { ...ids, authenticate: 'passkey-button' } }),
    login: () => forms.loginForm({ ids: { login: 'passkey-button', credential: ids.credential } })
  }
  const form = document.querySelector('[data-passkey]')
  const error = document.getElementById('passkey-error')

  if (!form || !window.PublicKeyCredential) return
  form.hidden = false
  document.querySelectorAll('[data-without-passkey]').forEach(each => { each.hidden = true })
  document.getElementById('passkey-button').addEventListener('click', () => { error.hidden = true })
  document.addEventListener('allauth.error', event => {
    event.preventDefault()
    error.hidden = false
  })
  kinds[form.dataset.passkey]()
})()
