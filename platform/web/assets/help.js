/* a[data-help]: the word is explained in place, in a dialog. Without a script, or when no answer comes, the link leads to
   the explanation's own page. */
(function (leitu) {
  'use strict';
  const d = document;

  d.addEventListener('click', (e) => {
    const link = e.target.closest('a[data-help]');
    if (!link || e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
    e.preventDefault();
    const page = () => location.assign(link.href);
    leitu.ask(link.href, 'help').then(({ response, doc }) => {
      const text = response.ok && doc.getElementById('help');
      if (d.querySelector('dialog[open]')) return; // pressed twice
      if (text) show(d.importNode(text, true));
      else page();
    }).catch(page);
  });

  /* The browser gives the focus back to the link when the dialog closes. */
  function show(text) {
    const dialog = d.createElement('dialog');
    dialog.className = 'keys stack';
    dialog.setAttribute('aria-labelledby', 'help-h');
    const close = d.createElement('button');
    close.className = 'btn';
    close.textContent = leitu.say('close');
    close.onclick = () => dialog.close();
    dialog.append(text, close);
    dialog.addEventListener('close', () => dialog.remove());
    d.body.append(dialog);
    dialog.showModal();
  }
})(window.leitu);
