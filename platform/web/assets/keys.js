/* body[data-keys]: shortcuts. A link or field says its own with data-key ("/", "g t"), so the list shown
   by "?" is what the page really has. Never inside fields; without the attribute there are none, and 我的 switches them
   off for this browser. */
(function (leitu) {
  'use strict';
  const d = document;
  const OFF = 'leitu.keys-off';
  let first = '';
  let timer = null;

  d.addEventListener('keydown', (e) => {
    if (!d.body.hasAttribute('data-keys') || localStorage.getItem(OFF) || e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
    if (e.target.closest('input,select,textarea,[contenteditable],dialog')) return;
    if (e.key === '?') { e.preventDefault(); return list(); }
    const pressed = (first + ' ' + e.key).trim();
    const owner = [...d.querySelectorAll('[data-key]')].find((x) => x.dataset.key === pressed);
    clearTimeout(timer);
    first = '';
    if (owner) {
      e.preventDefault();
      if (owner.matches('input')) owner.focus();
      else owner.click();
    } else if (e.key === 'g') {
      first = 'g';
      timer = setTimeout(() => { first = ''; }, 1500);
    }
  });

  d.addEventListener('leitu:start', (e) => e.detail.querySelectorAll('[data-keys-on]').forEach((box) => {
    box.closest('[hidden]').hidden = false;
    box.checked = !localStorage.getItem(OFF);
    box.onchange = () => (box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, '1'));
  }));

  function list() {
    const head = d.createElement('h2');
    head.id = 'keys-h';
    head.textContent = leitu.say('keys');
    const rows = d.createElement('dl');
    rows.className = 'kv';
    const seen = new Set();
    d.querySelectorAll('[data-key]').forEach((x) => {
      if (seen.has(x.dataset.key)) return;
      seen.add(x.dataset.key);
      const key = d.createElement('dt');
      const what = d.createElement('dd');
      const cap = d.createElement('kbd');
      cap.textContent = x.dataset.key;
      key.append(cap);
      what.textContent = x.dataset.keyName || x.getAttribute('aria-label') || x.textContent.trim();
      rows.append(key, what);
    });
    leitu.dialog('keys-h', head, rows);
  }
})(window.leitu);
