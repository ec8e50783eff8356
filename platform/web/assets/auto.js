/* data-auto: a form that saves each field by itself. One request at a time and in order; the newest
   value of a field wins; what is not yet saved survives a reload, in this browser, under the user and
   the sheet. A value is never dropped without a word. */
(function (leitu) {
  'use strict';
  const d = document;
  const { say, status } = leitu;
  const user = () => d.body.dataset.user || '';
  const PREFIX = 'leitu:auto:';

  function auto(form) {
    const store = PREFIX + user() + ':' + new URL(form.action).pathname;
    const part = (form.dataset.swap || '#sum').slice(1);
    const waiting = new Map(); // field → { field, pairs, key, body }, in the order of sending
    const refused = new Map(); // the server said no: kept on the page and in the store, not sent again
    let sending = null;
    let failures = 0;
    let timer = null;
    let onEmpty = null;

    const named = (name) => form.elements.namedItem(name);
    const valuesOf = (name) => new FormData(form).getAll(name).filter((v) => typeof v === 'string').map((v) => [name, v]);

    /* The changed field travels with those it names in data-with (a score with its reason). */
    function take(control) {
      const field = control.name;
      if (!field || field.startsWith('_') || control.type === 'file' || control.type === 'submit') return;
      const names = [field].concat((control.dataset.with || '').split(' ').filter(Boolean));
      const pairs = names.reduce((all, name) => all.concat(valuesOf(name)), []);
      const before = waiting.get(field) || (sending && sending.field === field ? sending : null) || refused.get(field);
      if (before && JSON.stringify(before.pairs) === JSON.stringify(pairs)) return;
      waiting.delete(field);
      refused.delete(field);
      waiting.set(field, { field, pairs, key: leitu.freshKey() });
      keep();
      next();
    }

    function keep() {
      const all = [...refused.values(), ...(sending ? [sending] : []), ...waiting.values()].map((w) => [w.field, w.pairs]);
      try {
        if (all.length) localStorage.setItem(store, JSON.stringify(all));
        else localStorage.removeItem(store);
      } catch (e) {
        // No storage: leaving the page would lose the values, so ask before that.
        window.onbeforeunload = all.length ? (event) => { event.preventDefault(); event.returnValue = ''; } : null;
      }
    }

    /* The body is made once: a repeat after a lost answer must be the same request with the same key. */
    function bodyOf(w) {
      const control = named(w.field);
      const own = control && control.dataset && control.dataset.rev;
      const whole = named('rev');
      const head = [['_csrf', named('_csrf') ? named('_csrf').value : ''], ['_key', w.key], ['auto', '1'], ['field', w.field]];
      return new URLSearchParams(head.concat([['rev', own || (whole ? whole.value : '')]], w.pairs));
    }

    function next() {
      if (sending || !waiting.size) {
        if (!sending && onEmpty) { const go = onEmpty; onEmpty = null; go(); }
        return;
      }
      clearTimeout(timer);
      const w = waiting.values().next().value;
      waiting.delete(w.field);
      sending = w;
      w.body = w.body || bodyOf(w);
      const slow = setTimeout(() => status(form, say('saving')), 300);
      const abort = new AbortController();
      const limit = setTimeout(() => abort.abort(), 30000);
      leitu.ask(form.action, part, { method: 'POST', body: w.body, signal: abort.signal })
        .then((answer) => { clearTimeout(slow); done(w, answer); }, () => { clearTimeout(slow); later(w, say('offline'), 0); })
        .then(() => clearTimeout(limit));
    }

    function done(w, { response, doc }) {
      if (response.status >= 500 || response.status === 429) {
        return later(w, say('retry'), Number(response.headers.get('Retry-After')) * 1000);
      }
      sending = null;
      failures = 0;
      // A sign-in page answers 200 after a redirect; that is no receipt.
      const receipt = doc.querySelector('p[role=status]');
      if (response.ok && (doc.getElementById(part) || receipt)) accepted(w, doc, receipt);
      else if (response.status === 409) conflict(w, doc);
      else refuse(w, doc, response);
      keep();
      next();
    }

    /* Network down or server busy: the value goes back to the front, unless a newer one waits. */
    function later(w, text, wait) {
      sending = null;
      if (!waiting.has(w.field)) {
        const rest = [...waiting];
        waiting.clear();
        waiting.set(w.field, w);
        rest.forEach(([field, entry]) => waiting.set(field, entry));
      }
      failures += 1;
      keep();
      status(form, text, true);
      onEmpty = null;
      timer = setTimeout(next, wait || Math.min(60000, 1000 * 2 ** failures));
    }

    function accepted(w, doc, receipt) {
      clear(w.field);
      revisions(doc);
      totals(doc);
      if (!waiting.size) status(form, receipt && receipt.textContent.trim() ? receipt.textContent.trim() : say('saved', leitu.clock()));
    }

    function totals(doc) {
      const target = d.getElementById(part);
      const source = doc.getElementById(part);
      if (target && source) leitu.swap(target, source);
      const mini = d.getElementById('mini'); // the running total in the bar at the bottom
      const from = target && target.querySelector('[data-mini]');
      if (mini && from) mini.textContent = from.dataset.mini;
      // A jump chip goes with what was left: the totals name it as long as it is.
      if (from) d.querySelectorAll('[data-left] a').forEach((a) => { if (!target.querySelector('a[href="' + a.getAttribute('href') + '"]')) a.remove(); });
    }

    /* data-rev on any returned element is the sheet's revision, data-rev-for the revision of one field. */
    function revisions(doc) {
      doc.querySelectorAll('[data-rev]').forEach((e) => {
        const control = named(e.dataset.revFor || 'rev');
        if (!control) return;
        if (e.dataset.revFor) control.dataset.rev = e.dataset.rev;
        else control.value = e.dataset.rev;
      });
    }

    function clear(field) {
      refused.delete(field);
      form.querySelectorAll('[data-note-for]').forEach((e) => { if (e.dataset.noteFor === field) e.remove(); });
      const control = named(field);
      if (control && control.removeAttribute) control.removeAttribute('aria-invalid');
    }

    /* Puts a note beside the field and ties them together. */
    function note(field, content) {
      clear(field);
      const control = named(field);
      if (!control || !control.closest) return null;
      const box = d.createElement('div');
      box.className = 'errmsg';
      box.id = field + '-auto';
      box.dataset.noteFor = field;
      box.append(...content);
      control.setAttribute('aria-invalid', 'true');
      control.setAttribute('aria-describedby', box.id);
      (control.closest('td > span, .field') || control.parentElement).append(box);
      return box;
    }

    const find = (doc, attribute, field) => [...doc.querySelectorAll('[' + attribute + ']')].find((e) => e.getAttribute(attribute) === field);

    function refuse(w, doc, response) {
      const own = find(doc, 'data-error-for', w.field);
      const gone = response.status === 401 || response.redirected; // the session has ended
      const text = own ? own.textContent.trim() : gone ? say('signin') : leitu.sentence(doc, say('failed'));
      if (!waiting.has(w.field)) {
        note(w.field, [text]);
        refused.set(w.field, w);
      }
      status(form, gone ? text : say('refused', text), true);
      if (!own) leitu.alertLine(text, gone && '/sign-in?back=' + encodeURIComponent(location.pathname + location.search));
    }

    /* Somebody else changed it: both values are shown, the person decides. */
    function conflict(w, doc) {
      const both = find(doc, 'data-conflict-for', w.field);
      const control = named(w.field);
      if (!both || !control) return refuse(w, doc, {});
      const latest = waiting.get(w.field) || w;
      const button = (label, act) => {
        const b = d.createElement('button');
        b.type = 'button';
        b.className = 'btn btn-sm';
        b.textContent = label;
        b.onclick = () => { clear(w.field); if (both.dataset.rev) setRevision(control, both.dataset.rev); act(); };
        return b;
      };
      const mine = button(say('mine'), () => { waiting.set(w.field, { field: w.field, pairs: latest.pairs, key: leitu.freshKey() }); keep(); next(); });
      const theirs = button(say('theirs'), () => { control.value = both.dataset.theirs || ''; keep(); status(form, say('kept')); leitu.ask(location.href, part).then((answer) => totals(answer.doc), () => {}); });
      waiting.delete(w.field);
      note(w.field, [both.textContent.trim(), ' ', mine, ' ', theirs]);
      refused.set(w.field, latest);
      status(form, both.textContent.trim(), true);
    }

    function setRevision(control, rev) {
      if (control.dataset.rev !== undefined || !named('rev')) control.dataset.rev = rev;
      else named('rev').value = rev;
    }

    /* Values left from before a reload: back into their fields, and on their way. */
    function restore() {
      let stored = [];
      try { stored = JSON.parse(localStorage.getItem(store) || '[]'); } catch (e) { /* unreadable is empty */ }
      stored.forEach(([field, pairs]) => {
        pairs.forEach(([name, value]) => { if (named(name)) fill(named(name), value); });
        if (named(field)) waiting.set(field, { field, pairs, key: leitu.freshKey() });
      });
      if (waiting.size) status(form, say('restored', waiting.size));
      next();
    }

    function fill(control, value) {
      if (control.type === 'checkbox') control.checked = control.value === value;
      else control.value = value;
    }

    const typing = new Map();
    form.addEventListener('change', (e) => { clearTimeout(typing.get(e.target)); take(e.target); });
    form.addEventListener('input', (e) => {
      if (e.target.tagName !== 'TEXTAREA') return;
      clearTimeout(typing.get(e.target));
      typing.set(e.target, setTimeout(() => take(e.target), 800));
    });
    addEventListener('online', () => { failures = 0; clearTimeout(timer); next(); });

    /* Before the sheet itself is sent, what is on its way must have arrived. */
    form.addEventListener('submit', (e) => {
      typing.forEach((t, control) => { clearTimeout(t); if (control.isConnected) take(control); });
      typing.clear();
      if (!sending && !waiting.size) return;
      e.preventDefault();
      const button = e.submitter;
      onEmpty = () => form.requestSubmit(button && button.isConnected ? button : undefined);
      clearTimeout(timer);
      next();
    }, true);

    restore();
  }

  d.addEventListener('leitu:start', (e) => e.detail.querySelectorAll('form[data-auto]').forEach((form) => {
    if (form.dataset.auto !== 'on') { form.dataset.auto = 'on'; auto(form); }
  }));

  /* Signing out drops what this user has not saved in this browser, after asking. */
  d.addEventListener('submit', (e) => {
    if (!e.target.hasAttribute('data-signout')) return;
    const mine = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX + user() + ':'));
    if (!mine.length) return;
    if (!confirm(say('unsent', mine.length))) return e.preventDefault();
    mine.forEach((key) => localStorage.removeItem(key));
  }, true);
})(window.leitu);
