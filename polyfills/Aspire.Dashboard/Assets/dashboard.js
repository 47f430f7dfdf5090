// What Blazor and Fluent UI do not do: keep a list at its end, hand a file over, read values off a chart, and the keyboard.
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

  // The values under the pointer, read off the drawn lines.
  document.addEventListener('pointermove', event => {
    const svg = event.target.closest?.('svg[data-chart]');
    document.querySelectorAll('.chart-tip').forEach(tip => { if (!svg || tip.previousElementSibling !== svg) tip.hidden = true; });
    document.querySelectorAll('.chart.hovered').forEach(chart => { if (chart !== svg) chart.classList.remove('hovered'); });
    if (!svg) return;
    const data = Object.fromEntries(Object.entries(svg.dataset).map(([key, value]) => [key, Number(value)]));
    const x = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse()).x;
    const tip = svg.nextElementSibling;
    if (x < data.left || x > data.right) { tip.hidden = true; return; }
    svg.classList.add('hovered');
    const cross = svg.querySelector('.crosshair');
    cross.setAttribute('x1', x);
    cross.setAttribute('x2', x);
    const time = new Date(data.from + (x - data.left) / (data.right - data.left) * (data.to - data.from));
    tip.replaceChildren(time.toLocaleTimeString([], { hour12: false }));
    for (const line of svg.querySelectorAll('polyline')) {
      const points = Array.from(line.points);
      if (!points.length) continue;
      const near = points.reduce((best, point) => Math.abs(point.x - x) < Math.abs(best.x - x) ? point : best);
      const value = data.low + (data.bottom - near.y) / (data.bottom - data.top) * (data.high - data.low);
      const row = document.createElement('div');
      const swatch = document.createElement('span');
      swatch.className = `swatch ${line.classList[1]}`;
      row.append(swatch, `${line.dataset.name}  ${Number(value.toPrecision(4))} ${svg.dataset.unit}`);
      tip.append(row);
    }
    const box = tip.parentElement.getBoundingClientRect();
    tip.hidden = false;
    const left = event.clientX - box.left;
    tip.style.left = `${left + tip.offsetWidth + 28 > box.width ? left - tip.offsetWidth - 14 : left + 14}px`;
    tip.style.top = `${event.clientY - box.top + 12}px`;
  });

  const dialogIsOpen = () => [...document.querySelectorAll('fluent-dialog')].some(element => element.dialog?.open);

  document.addEventListener('click', event => {
    if (event.target.closest?.('[data-open]')) document.getElementById(event.target.closest('[data-open]').dataset.open).show();
    const copies = event.target.closest?.('[data-copy]');
    if (copies) navigator.clipboard?.writeText(copies.parentElement.querySelector('.value').textContent);
  });

  // Before the others see the key: what is open now closes by itself on Escape, and only that.
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || dialogIsOpen()) return;
    if (event.key === 'Escape') {
      if (!document.querySelector(':popover-open, fluent-popover-b[opened=true]')) document.querySelector('[data-close]')?.click();
      return;
    }
    if (event.target.closest?.('input, textarea, fluent-text-input, fluent-dropdown, fluent-menu-list')) return;
    if (event.key === '?') document.getElementById('help')?.show();
    else if (event.key === '/') document.querySelector('main fluent-text-input[type=search]')?.focus();
    else if (/^[a-z]$/.test(event.key)) document.querySelector(`[data-shortcut=${event.key}]`)?.click();
    else return;
    event.preventDefault();
  }, { capture: true });

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
