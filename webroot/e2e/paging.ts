import type { Page } from '@playwright/test'

/** Goes through all pages of the list; says what each one showed. */
export function pages(page: Page): Promise<string[][]> {
  return page.evaluate(async () => {
    const links = document.querySelector('tbody')!.getElementsByTagName('a')
    const next = [...document.querySelectorAll('button')].find(
      (button) => button.textContent?.trim() === 'Next',
    )!
    const all: string[][] = []
    for (;;) {
      all.push([...links].map((link) => link.textContent ?? ''))
      if (next.disabled) return all
      next.click()
      const before = all.at(-1)![0]
      while (links[0]?.textContent === before) await new Promise((done) => setTimeout(done, 5))
    }
  })
}
