/* SPDX-License-Identifier: Apache-2.0 */
/* app.js - what a script adds to pages that already work without one: keyboard, saved drafts,
 * look-alikes while typing, figures for a briefing, asking before something destructive. Markup: doc/ui.md.
 * Loaded with `defer`; each part finds its own elements and does nothing where there are none. */
(function () {
  'use strict';

  /* Browser storage may be switched off or full: then nothing is remembered, and nothing breaks. */
  const store = {
    get(key) {
      try { return localStorage.getItem(key); } catch (error) { return null; }
    },
    set(key, value) {
      try { localStorage.setItem(key, value); } catch (error) { /* not remembered */ }
    },
    remove(key) {
      try { localStorage.removeItem(key); } catch (error) { /* was not there */ }
    },
  };
  const find = (selector, root) => (root || document).querySelector(selector);
  const list = (selector, root) => Array.from((root || document).querySelectorAll(selector));

  /* ---- keyboard: / to search, j and k along rows, Enter opens, Escape leaves ---- */

  function isTyping(element) {
    return /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) || element.isContentEditable;
  }

  function rowLink(row) {
    return find('.desk-title, .cell-title a', row);
  }

  function step(rows, by) {
    const here = rows.findIndex((row) => row.classList.contains('is-here'));
    const next = Math.max(0, Math.min(rows.length - 1, here < 0 ? 0 : here + by));
    rows.forEach((row) => row.classList.remove('is-here'));
    rows[next].classList.add('is-here');
    rows[next].scrollIntoView({ block: 'nearest' });
    rowLink(rows[next]).focus({ preventScroll: true });
  }

  function keyboard(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target;
    if (event.key === 'Escape') {
      list('.menu[open]').forEach((menu) => { menu.open = false; });
      if (target.matches('.top-search input')) target.blur();
      return;
    }
    if (isTyping(target)) return;
    if (event.key === '/') {
      const search = find('.top-search input');
      if (search) { event.preventDefault(); search.focus(); search.select(); }
    } else if (event.key === 'j' || event.key === 'k') {
      const rows = list('.desk-row, .list tbody tr').filter(rowLink);
      if (rows.length) { event.preventDefault(); step(rows, event.key === 'j' ? 1 : -1); }
    }
  }

  /* A whole row opens its record, except where something in it is itself to be pressed. */
  function openRow(event) {
    const row = event.target.closest('.list tbody tr');
    if (!row || event.target.closest('a, button, input, label, summary, select')) return;
    if (String(window.getSelection())) return;
    const link = rowLink(row);
    if (link) link.click();
  }

  function closeMenus(event) {
    list('.menu[open]').forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  }

  /* ---- drafts: form[data-draft=NAME] is kept in this browser until its receipt is shown ---- */

  const DRAFT = 'draft:';
  const kept = (field) => field.name && !field.hasAttribute('data-no-draft') &&
    !/^(hidden|password|file|submit|button)$/.test(field.type);

  function readForm(form) {
    const values = {};
    Array.from(form.elements).filter(kept).forEach((field) => {
      if (/^(checkbox|radio)$/.test(field.type)) {
        if (field.checked) (values[field.name] = values[field.name] || []).push(field.value);
      } else if (field.value !== '') {
        values[field.name] = [field.value];
      }
    });
    return values;
  }

  function fillForm(form, values) {
    Array.from(form.elements).filter(kept).forEach((field) => {
      const value = values[field.name];
      if (!Array.isArray(value)) return;
      if (/^(checkbox|radio)$/.test(field.type)) field.checked = value.includes(field.value);
      else if (field.value === '' || field.tagName === 'SELECT') field.value = value[0];
    });
  }

  function draft(form) {
    const key = DRAFT + form.dataset.draft;
    const note = find('.draft-note', form);
    let timer = 0;
    try {
      const saved = JSON.parse(store.get(key) || 'null');
      /* A form that came back with errors already holds what was typed last. */
      if (saved && !find('.field-wrong', form)) {
        fillForm(form, saved);
        if (note) note.hidden = false;
      }
    } catch (error) { store.remove(key); }
    form.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => store.set(key, JSON.stringify(readForm(form))), 400);
    });
    form.addEventListener('submit', () => clearTimeout(timer));
    const drop = find('[data-draft-drop]', form);
    if (drop) {
      drop.addEventListener('click', () => {
        clearTimeout(timer);
        store.remove(key);
        form.reset();
        if (note) note.hidden = true;
      });
    }
  }

  /* ---- look-alikes: form[data-similar=URL] fills .similar-live with the server's fragment ---- */

  function similar(form) {
    const box = find('.similar-live', form);
    if (!box) return;
    let timer = 0;
    let running = null;
    let asked = '';
    async function ask() {
      const text = list('[data-similar-text]', form).map((field) => field.value.trim())
        .filter(Boolean).join('\n').slice(0, 500);
      if (text.length < 6 || text === asked) return;
      asked = text;
      if (running) running.abort();
      running = new AbortController();
      try {
        const answer = await fetch(form.dataset.similar + '?q=' + encodeURIComponent(text),
          { signal: running.signal, credentials: 'same-origin', headers: { Accept: 'text/html' } });
        /* The fragment comes from this site's own escaping writer. */
        if (answer.ok) box.innerHTML = await answer.text();
      } catch (error) { /* the form works without */ }
    }
    form.addEventListener('input', (event) => {
      if (!event.target.matches('[data-similar-text]')) return;
      clearTimeout(timer);
      timer = setTimeout(ask, 500);
    });
  }

  /* ---- asking first, and showing that something is under way ---- */

  /* data-confirm="question" asks; with data-confirm-type="QS-2026-00001" that must be typed. */
  function agreed(button) {
    const expected = button.dataset.confirmType;
    if (!expected) return window.confirm(button.dataset.confirm);
    return window.prompt(button.dataset.confirm) === expected;
  }

  function submitting(event) {
    const form = event.target;
    const button = event.submitter || find('button:not([type=button])', form);
    if (button && button.dataset.confirm && !agreed(button)) {
      event.preventDefault();
      return;
    }
    if (form.method !== 'post' || !button) return;
    if (button.getAttribute('aria-busy') === 'true') { event.preventDefault(); return; }
    button.setAttribute('aria-busy', 'true');
  }

  /* ---- picking rows for a bulk move ---- */

  function picking(form) {
    const bar = find('.bulk', form);
    const all = find('[data-pick-all]', form);
    const boxes = list('tbody input[type=checkbox]', form);
    if (!bar) return;
    function show() {
      const count = boxes.filter((box) => box.checked).length;
      const number = find('[data-pick-count]', bar);
      bar.hidden = count === 0;
      if (number) number.textContent = String(count);
      if (all) { all.checked = count === boxes.length; all.indeterminate = count > 0 && !all.checked; }
    }
    form.addEventListener('change', (event) => {
      if (event.target === all) boxes.forEach((box) => { box.checked = all.checked; });
      show();
    });
    show();
  }

  /* ---- writing a briefing: checks while typing, figures put in at the cursor ---- */

  async function fragment(box, address, options) {
    try {
      const answer = await fetch(address, Object.assign({ credentials: 'same-origin', headers: { Accept: 'text/html' } }, options));
      /* The fragment comes from this site's own escaping writer. */
      if (answer.ok) box.innerHTML = await answer.text();
    } catch (error) { /* the page works without */ }
  }

  function writing(form) {
    const checks = find('.check-live');
    let timer = 0;
    let changed = false;
    let running = null;
    function check() {
      const body = new URLSearchParams(new FormData(form));
      body.set('_do', 'check');
      if (running) running.abort();
      running = new AbortController();
      fragment(checks, form.action, { method: 'POST', body, signal: running.signal });
    }
    form.addEventListener('input', () => {
      changed = true;
      clearTimeout(timer);
      timer = setTimeout(check, 800);
    });
    form.addEventListener('submit', () => { changed = false; });
    window.addEventListener('beforeunload', (event) => { if (changed) event.preventDefault(); });
    /* After a preview the text is still not saved. */
    changed = Boolean(find('.writing .paper'));
  }

  function finding(form) {
    const box = find('.find-results');
    const writes = find('form[data-write]');
    let timer = 0;
    let running = null;
    let last = find('textarea', writes);
    function ask() {
      const asked = new URLSearchParams(new FormData(form));
      ['period_from', 'period_to', 'org', 'template'].forEach((name) => {
        if (writes.elements[name]) asked.set(name, writes.elements[name].value);
      });
      asked.set('part', '1');
      if (running) running.abort();
      running = new AbortController();
      fragment(box, form.action + '?' + asked, { signal: running.signal });
    }
    function put(text) {
      last.setRangeText(text, last.selectionStart, last.selectionEnd, 'end');
      last.focus();
      last.dispatchEvent(new Event('input', { bubbles: true }));
    }
    form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(ask, 300); });
    form.addEventListener('submit', (event) => { event.preventDefault(); clearTimeout(timer); ask(); });
    writes.addEventListener('focusin', (event) => { if (event.target.matches('textarea')) last = event.target; });
    box.addEventListener('click', (event) => {
      const button = event.target.closest('[data-insert]');
      if (button) put(button.dataset.insert);
    });
  }

  document.addEventListener('keydown', keyboard);
  document.addEventListener('click', openRow);
  document.addEventListener('click', closeMenus);
  document.addEventListener('submit', submitting);
  /* Coming back with the browser's button: nothing is under way any more. */
  window.addEventListener('pageshow', () => {
    list('[aria-busy=true]').forEach((button) => button.removeAttribute('aria-busy'));
  });
  list('[data-draft-done]').forEach((receipt) => store.remove(DRAFT + receipt.dataset.draftDone));
  list('form[data-draft]').forEach(draft);
  list('form[data-similar]').forEach(similar);
  list('form[data-pick]').forEach(picking);
  list('form[data-write]').forEach(writing);
  if (find('form[data-write]')) list('form[data-find]').forEach(finding);
  /* Errors are read out first. */
  const summary = find('.error-summary');
  if (summary) summary.focus();
}());
