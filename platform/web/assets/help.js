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
      if (text) leitu.dialog('help-h', d.importNode(text, true));
      else page();
    }).catch(page);
  });
})(window.leitu);
