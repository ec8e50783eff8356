/* Leitu 累土: the only script. Every part enhances a link or form that works without it.
   ES2019, Chromium 92. Words come from the data attributes of the script's own tag. */
window.leitu = (function () {
  'use strict';
  const d = document;
  const words = d.currentScript.dataset;
  const say = (name, value) => (words[name] || '').replace('{}', value);
  const byId = (id) => d.getElementById(id);

  /* One request in, one document out. `part` is the id of the wanted element; the server may answer
     with the whole page or with that element alone. */
  function ask(url, part, options) {
    const headers = Object.assign({ Accept: 'text/html', 'X-Part': part }, options && options.headers);
    if (!headers['X-Refresh']) awake();
    return fetch(url, Object.assign({ credentials: 'same-origin' }, options, { headers })).then((response) =>
      response.text().then((text) => ({ response, doc: new DOMParser().parseFromString(text, 'text/html') })));
  }

  /* A session ends after so many minutes without a request of the person's own; five before, the page says so. */
  let ending;
  function awake() {
    clearTimeout(ending);
    const minutes = Number(d.body.dataset.session);
    if (minutes) ending = setTimeout(() => { alertLine(say('ending')); announce(say('ending')); }, (minutes - 5) * 60000);
  }

  /* The returned element's children take the place of ours; focus, caret and scroll stay. */
  function swap(target, source) {
    const active = target.contains(d.activeElement) ? d.activeElement : null;
    const caret = active && 'selectionStart' in active ? [active.selectionStart, active.selectionEnd] : null;
    const at = [scrollX, scrollY];
    target.replaceChildren(...d.importNode(source, true).childNodes);
    if (active) {
      const again = active.id && byId(active.id);
      const to = again || target.querySelector('h1,h2') || target;
      if (!again) to.tabIndex = -1;
      to.focus({ preventScroll: true });
      // Number and date fields have no caret to put back.
      if (again && caret && caret[0] !== null) try { again.setSelectionRange(caret[0], caret[1]); } catch (e) { /* no caret */ }
    }
    scrollTo(at[0], at[1]);
    start(target);
  }

  /* The message a page carries, else our own word for it. */
  function sentence(doc, otherwise) {
    const said = doc && doc.querySelector('[role=alert],.flash,[data-sentence],main h1,h1');
    return said && said.textContent.trim() ? said.textContent.trim() : otherwise;
  }

  /* `href`: where one signs in again. */
  function alertLine(text, href) {
    const line = byId('alert');
    if (line) line.textContent = text;
    if (line) line.hidden = !text;
    if (!line || !href) return;
    const link = d.createElement('a');
    link.href = href;
    link.textContent = say('enter');
    line.append(' ', link);
  }

  /* Puts the page's message (flash) in place and the focus on it. */
  function message(doc) {
    const from = doc.getElementById('flash');
    const to = byId('flash');
    if (!from || !to) return;
    swap(to, from);
    const said = to.querySelector('.flash');
    if (said) said.focus({ preventScroll: true });
  }

  /* Answers of links and forms. Whatever has no such part is another page: go there. */
  function settle(answer, part) {
    const { response, doc } = answer;
    const target = byId(part);
    const source = doc.getElementById(part);
    if (response.ok || response.status === 422) {
      if (!target || !source) return location.assign(response.url);
      alertLine('');
      swap(target, source);
      message(doc);
      focusError(target);
      return true;
    }
    alertLine(sentence(doc, say('failed')));
    return false;
  }

  const plainClick = (e) => e.button === 0 && !e.metaKey && !e.ctrlKey && !e.shiftKey && !e.altKey;

  d.addEventListener('click', (e) => {
    const link = e.target.closest('a[data-swap]');
    if (!link || e.defaultPrevented || !plainClick(e) || link.origin !== location.origin) return;
    e.preventDefault();
    const part = link.dataset.swap.slice(1);
    ask(link.href, part).then((answer) => {
      if (settle(answer, part) !== true) return;
      history.replaceState({ part }, '');
      history.pushState({ part }, '', link.href);
      d.title = answer.doc.title || d.title;
    }).catch(() => alertLine(say('offline')));
  });

  addEventListener('popstate', (e) => {
    if (!e.state || !e.state.part) return;
    ask(location.href, e.state.part).then((answer) => settle(answer, e.state.part)).catch(() => location.reload());
  });

  /* What a form sends, with the button that was pressed; files go as multipart. */
  function bodyOf(form, button) {
    const data = new FormData(form);
    if (button && button.name) data.append(button.name, button.value);
    return form.enctype === 'multipart/form-data' ? data : new URLSearchParams(data);
  }

  d.addEventListener('submit', (e) => {
    const form = e.target;
    if (e.defaultPrevented) return;
    if (form.dataset.sent) return e.preventDefault(); // a double click; the key would stop it too
    form.dataset.sent = '1';
    const done = busy(e.submitter, () => delete form.dataset.sent);
    if (!form.dataset.swap || form.hasAttribute('data-auto')) return void setTimeout(done, 5000);
    e.preventDefault();
    const part = form.dataset.swap.slice(1);
    const get = form.method === 'get';
    const body = bodyOf(form, e.submitter);
    const url = get ? form.action.split('?')[0] + '?' + body : form.action;
    ask(url, part, get ? {} : { method: 'POST', body })
      .then((answer) => {
        if (settle(answer, part) === true) renew(form, answer.doc);
        if (get && answer.response.ok) history.pushState({ part }, '', url);
      })
      .catch(() => alertLine(say('offline')))
      .then(done);
  });

  /* A form that stayed on the page needs a fresh idempotency key for the next press. */
  function renew(form, doc) {
    const key = form.isConnected && form.elements.namedItem('_key');
    if (!key) return;
    const twin = form.id && doc.getElementById(form.id);
    key.value = twin && twin.elements.namedItem('_key') ? twin.elements.namedItem('_key').value : freshKey();
  }

  /* The time comes first, as in the keys of the pages: what is kept of one moment stands together. */
  function freshKey() {
    const random = Array.from(crypto.getRandomValues(new Uint8Array(10)), (b) => ('0' + b.toString(16)).slice(-2)).join('');
    return Date.now().toString(16).padStart(12, '0') + random;
  }

  /* Nothing before 300 ms, then the button says what is going on. */
  function busy(button, after) {
    const label = button && button.innerHTML;
    const timer = button && setTimeout(() => {
      button.setAttribute('aria-busy', 'true');
      if (button.dataset.quiet === undefined) button.textContent = say('sending');
    }, 300);
    return () => {
      clearTimeout(timer);
      if (button && button.hasAttribute('aria-busy')) {
        button.removeAttribute('aria-busy');
        button.innerHTML = label;
      }
      after();
    };
  }

  addEventListener('pageshow', () => d.querySelectorAll('form[data-sent]').forEach((form) => delete form.dataset.sent));

  /* data-every: swaps itself by time, not while hidden or while somebody types inside. */
  function every(element) {
    setInterval(() => {
      const typing = element.contains(d.activeElement) && d.activeElement.matches('input,select,textarea');
      if (!element.isConnected || d.hidden || typing) return;
      ask(location.href, element.id, { headers: { 'X-Refresh': '1' } })
        .then(({ response, doc }) => { if (response.ok && doc.getElementById(element.id)) swap(element, doc.getElementById(element.id)); })
        .catch(() => { /* the next turn tries again */ });
    }, 1000 * Math.max(5, Number(element.dataset.every)));
  }

  /* data-progress: asks every two seconds until the answer no longer carries the attribute. */
  function progress(element) {
    setTimeout(() => {
      if (!element.isConnected) return;
      ask(element.dataset.progress || location.href, element.id, { headers: { 'X-Refresh': '1' } }).then(({ response, doc }) => {
        const source = response.ok && doc.getElementById(element.id);
        if (source) swap(element, source);
        if (source && !source.hasAttribute('data-progress')) {
          element.removeAttribute('data-progress');
          if (source.dataset.then) return location.assign(source.dataset.then);
          return announce(element.textContent.trim().replace(/\s+/g, ' ').slice(0, 160));
        }
        progress(element);
      }).catch(() => progress(element));
    }, 2000);
  }

  const clock = () => new Date().toTimeString().slice(0, 5);

  /* The line beside the form changes at once; it is spoken once, after two seconds of rest. */
  let speaking;
  function status(form, text, bad) {
    const line = form.querySelector('[data-status]') || d.querySelector('[data-status]');
    if (line) {
      line.textContent = text;
      line.classList.toggle('bad', Boolean(bad));
    }
    clearTimeout(speaking);
    speaking = setTimeout(() => announce(text), 2000);
  }

  function announce(text) {
    const said = byId('said');
    if (said) said.textContent = text;
  }

  /* 满分: one tap fills the score and lets the form save it. */
  d.addEventListener('click', (e) => {
    const button = e.target.closest('[data-full]');
    const field = button && byId(button.dataset.for || 's' + button.value);
    if (!field) return;
    e.preventDefault();
    field.value = button.dataset.full;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
    field.focus();
    button.remove();
  });

  /* Below full marks the reason is asked for; at full marks a phone hides it. Only here: without a script nothing would
     show it again. */
  const weigh = (field) => {
    const row = field.closest('tr,.field');
    if (row) row.classList.toggle('isfull', field.value.trim() !== '' && Number(field.value) === Number(field.dataset.max));
  };
  d.querySelectorAll('input[data-max]').forEach(weigh);
  d.addEventListener('input', (e) => { if (e.target.matches && e.target.matches('input[data-max]')) weigh(e.target); });

  /* Enter in a score goes to the next one instead of submitting the sheet. */
  d.addEventListener('keydown', (e) => {
    if (e.key !== 'Enter' || !e.target.matches || !e.target.matches('input[data-max]')) return;
    e.preventDefault();
    const all = [...d.querySelectorAll('input[data-max]')].filter((field) => !field.closest('details:not([open])'));
    const next = all[all.indexOf(e.target) + 1];
    if (next) next.focus();
    else e.target.blur();
  });

  /* data-print: prints the page as it stands; without script the link shows how. */
  d.addEventListener('click', (e) => {
    if (!e.target.closest || !e.target.closest('[data-print]')) return;
    e.preventDefault();
    window.print();
  });

  function focusError(root) {
    const summary = root.querySelector('.errsum');
    if (summary) summary.focus();
    return summary;
  }

  /* A dialog named by one of its own parts, with a button that closes it. The browser gives the focus back when it closes. Opening
     one it focuses the first link, which stands below a long text: in large type that is read from its end. */
  function dialog(name, ...parts) {
    const box = d.createElement('dialog');
    box.className = 'keys stack';
    box.setAttribute('aria-labelledby', name);
    const close = d.createElement('button');
    close.className = 'btn';
    close.textContent = say('close');
    close.onclick = () => box.close();
    box.append(...parts, close);
    box.addEventListener('close', () => box.remove());
    d.body.append(box);
    const head = box.querySelector(`#${name}`);
    head.tabIndex = -1;
    box.showModal();
    head.focus();
    box.scrollTop = 0;
  }

  function start(root) {
    const each = (selector, f) => root.querySelectorAll(selector).forEach(f);
    each('[data-every]', every);
    each('[data-progress]', progress);
    each('button[data-print]', (button) => { button.hidden = false; });
    d.dispatchEvent(new CustomEvent('leitu:start', { detail: root }));
  }

  d.addEventListener('DOMContentLoaded', () => {
    start(d);
    awake();
    const said = d.querySelector('#flash .flash');
    if (!focusError(d) && said && !location.hash) said.focus({ preventScroll: true });
  });

  return { say, ask, swap, status, announce, clock, freshKey, sentence, alertLine, dialog };
})();
