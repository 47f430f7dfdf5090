// Before the first paint: the theme somebody chose, else the system's.
(() => {
  const chosen = localStorage.getItem('theme');
  const apply = theme => document.documentElement.dataset.theme = theme;
  const system = matchMedia('(prefers-color-scheme: dark)');
  apply(chosen ?? (system.matches ? 'dark' : 'light'));
  system.addEventListener('change', event => { if (!localStorage.getItem('theme')) apply(event.matches ? 'dark' : 'light'); });
  document.addEventListener('click', event => {
    if (!event.target.closest?.('#theme-toggle')) return;
    const theme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
    localStorage.setItem('theme', theme);
    apply(theme);
  });
})();
