// Before the first paint: the theme that Fluent UI keeps, so that a page which is dark does not start white.
(() => {
  const { mode } = JSON.parse(localStorage.getItem('fluentui-blazor:theme-settings') ?? '{}');
  if (mode) document.body.dataset.theme = mode;
})();
