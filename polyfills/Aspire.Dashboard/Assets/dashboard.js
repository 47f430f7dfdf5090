// What Blazor cannot do by itself: keep a list at its end, and hand a text over as a file.
(() => {
  const atEnd = new WeakMap();

  const watch = element => {
    if (atEnd.has(element)) return;
    atEnd.set(element, true);
    element.addEventListener('scroll', () =>
      atEnd.set(element, element.scrollHeight - element.scrollTop - element.clientHeight < 40), { passive: true });
  };

  const toEnd = element => {
    element.scrollTop = element.scrollHeight;
    // The rows that come into view are drawn a moment later and may change the height once more.
    requestAnimationFrame(() => { element.scrollTop = element.scrollHeight; });
  };

  window.dashboard = {
    followEnd(element) {
      watch(element);
      atEnd.set(element, true);
      toEnd(element);
    },
    linesCame(element) {
      watch(element);
      if (atEnd.get(element)) toEnd(element);
    },
    async download(name, stream) {
      const url = URL.createObjectURL(new Blob([await stream.arrayBuffer()], { type: 'text/plain' }));
      Object.assign(document.createElement('a'), { href: url, download: name }).click();
      URL.revokeObjectURL(url);
    },
  };
})();
