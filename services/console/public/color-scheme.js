(() => {
  let wanted = null;
  try {
    wanted = localStorage.getItem('provisor-color-scheme');
  } catch {
    // Storage is switched off: the system's choice holds.
  }
  const dark = wanted === 'dark' || (wanted !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
