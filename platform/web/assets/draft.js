/* Drafts: a form of three fields or more is kept on the server while it is filled in, for whoever fills it in alone. On
   return the page offers to go on with it. What saves each field by itself (data-auto) needs none; secrets are never kept. */
(function (leitu) {
  'use strict';
  const d = document;
  const SENT = 'leitu.sent';
  const typed = (field) => field.name && !field.name.startsWith('_') && !/^(hidden|submit|button|file|password)$/.test(field.type);

  function isKept(form) {
    if (!d.body.dataset.user || form.method !== 'post' || form.hasAttribute('data-auto')) return false;
    if (form.querySelector('input[type=password]') || !form.closest('main')) return false;
    return new Set([...form.elements].filter(typed).map((field) => field.name)).size > 2;
  }

  const placeOf = (form) => location.pathname + ' ' + new URL(form.getAttribute('action') || location.href, location.href).pathname;

  function post(way, place, entries, headers) {
    const token = d.querySelector('input[name=_csrf]');
    const body = new URLSearchParams([['_csrf', token ? token.value : ''], ['_key', leitu.freshKey()], ['_of', place]].concat(entries));
    return leitu.ask('/drafts' + way, 'draft', { method: 'POST', body, headers });
  }

  /* Nothing the person has asked for: it keeps no session alive. */
  const forget = (place) => post('/forgetting', place, [], { 'X-Refresh': '1' }).catch(() => { /* it is forgotten after thirty days */ });

  function keep(form) {
    const entries = [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && !name.startsWith('_'));
    post('', placeOf(form), entries)
      .then(({ response, doc }) => line(form, response.ok ? leitu.say('drafted', leitu.clock()) : leitu.sentence(doc, leitu.say('failed')), !response.ok))
      .catch(() => line(form, leitu.say('offline'), true));
  }

  /* The line beside the form; spoken once it rests. */
  function line(form, text, bad) {
    if (!form.querySelector('[data-status]')) {
      const own = d.createElement('p');
      own.className = 'sm mut';
      own.dataset.status = '';
      form.append(own);
    }
    leitu.status(form, text, bad);
  }

  function fill(form, fields) {
    const given = new Map();
    fields.forEach(([name, value]) => given.set(name, (given.get(name) || []).concat(value)));
    [...form.elements].filter((field) => field.name && !field.name.startsWith('_') && field.type !== 'file').forEach((field) => {
      const values = given.get(field.name);
      if (field.type === 'checkbox' || field.type === 'radio') field.checked = Boolean(values) && values.includes(field.value);
      else if (field.tagName === 'SELECT') [...field.options].forEach((option) => { option.selected = Boolean(values) && values.includes(option.value); });
      else if (values && field.type !== 'submit') field.value = values.shift() || '';
    });
    // Parts of the form that open with what is chosen.
    [...form.elements].forEach((field) => { if (typed(field)) field.dispatchEvent(new Event('change', { bubbles: true })); });
    const first = [...form.elements].find(typed);
    if (first) first.focus();
  }

  function offer(form) {
    leitu.ask('/drafts?of=' + encodeURIComponent(placeOf(form)), 'draft', { headers: { 'X-Refresh': '1' } }).then(({ response, doc }) => {
      const found = response.ok && doc.querySelector('#draft[data-fields]');
      if (!found || form.dataset.begun || !form.isConnected) return;
      const shown = d.importNode(found, true);
      shown.removeAttribute('id');
      shown.querySelector('[data-draft-use]').onclick = () => { shown.remove(); fill(form, JSON.parse(found.dataset.fields)); };
      shown.querySelector('[data-draft-drop]').onclick = () => { shown.remove(); forget(placeOf(form)); };
      form.prepend(shown);
      leitu.announce(shown.querySelector('span').textContent);
    }).catch(() => { /* without the network there is nothing to offer */ });
  }

  function watch(form) {
    if (form.dataset.draft || !isKept(form)) return;
    form.dataset.draft = '1';
    let timer;
    form.addEventListener('input', () => {
      form.dataset.begun = '1';
      clearTimeout(timer);
      timer = setTimeout(() => keep(form), 2000);
    });
    form.addEventListener('submit', () => {
      clearTimeout(timer);
      sessionStorage.setItem(SENT, placeOf(form));
    });
    // Shown again because something is to be mended: what was typed stands in it.
    const again = form.querySelector('[aria-invalid=true]') || d.querySelector('main .errsum');
    const sent = sessionStorage.getItem(SENT) === placeOf(form);
    if (again) form.dataset.begun = '1';
    else if (!sent) offer(form);
  }

  /* What was sent and taken is no draft any more, wherever the answer led. */
  function settled() {
    const sent = sessionStorage.getItem(SENT);
    if (!sent) return;
    sessionStorage.removeItem(SENT);
    // What was refused, and what ended in an error, has not been taken.
    if (d.querySelector('main .errsum') || d.querySelector('main[data-page="web/error.html"]') || !d.body.dataset.user) return;
    forget(sent);
  }

  d.addEventListener('leitu:start', (e) => {
    e.detail.querySelectorAll('form').forEach(watch);
    settled();
  });
})(window.leitu);
