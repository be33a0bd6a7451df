// Runs before the first paint, in a file of its own because the page allows no inline script.
;(() => {
  let kept = null
  try {
    kept = localStorage.getItem('rondo.theme')
  } catch {
    // Storage may be forbidden; the system's theme is used then.
  }
  const dark = matchMedia('(prefers-color-scheme: dark)').matches
  document.documentElement.dataset.theme = kept ?? (dark ? 'dark' : 'light')
})()
