/** A real browser for the pages that people look at: Chromium of the machine, where there is one. */
import {existsSync} from 'node:fs'
import {delimiter, join} from 'node:path'
import {pathToFileURL} from 'node:url'
import axe from 'axe-core'
import {type Browser, chromium, type Page} from 'playwright-core'
import {afterAll, beforeAll, expect} from 'vitest'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Where Chromium is; undefined where the tests that need it are skipped. */
export const chromiumPath: string | undefined = (process.env.PATH ?? '')
  .split(delimiter)
  .flatMap((folder) => names.map((name) => join(folder, name)))
  .find((path) => existsSync(path))

if (!chromiumPath)
  console.warn('chromium is not installed: no page is looked at in a browser (apt-get install chromium)')

/** One browser for the tests of a file. */
export function useBrowser(): {open(file: string): Promise<OpenPage>} {
  let browser: Browser | undefined
  beforeAll(async () => {
    // No sandbox: it cannot be had as root, and what is shown is our own.
    if (chromiumPath) browser = await chromium.launch({executablePath: chromiumPath, args: ['--no-sandbox']})
  }, 60_000)
  afterAll(() => browser?.close())
  return {
    async open(file) {
      const page = await (browser as Browser).newPage({viewport: {width: 1280, height: 900}})
      const complaints: string[] = []
      const url = pathToFileURL(file).href
      page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`))
      page.on('pageerror', (error) => complaints.push(String(error)))
      page.on('dialog', (dialog) => {
        complaints.push(`dialog: ${dialog.message()}`)
        void dialog.dismiss()
      })
      page.on('request', (request) => {
        if (!request.isNavigationRequest() || !request.url().startsWith('file:')) complaints.push(request.url())
      })
      await page.goto(url)
      return {page, complaints}
    },
  }
}

export interface OpenPage {
  page: Page
  /** What it logged, and what it asked for beside itself. */
  complaints: string[]
}

/** axe finds nothing, in light and in dark, with everything unfolded. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true')
  await page.evaluate(axe.source)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({colorScheme})
    const {violations} = (await page.evaluate('axe.run({resultTypes: ["violations"]})')) as axe.AxeResults
    const told = violations.flatMap(({id, nodes}) =>
      nodes.map(({html, failureSummary}) => `${colorScheme}: ${id}: ${html}\n${failureSummary}`),
    )
    expect(told).toEqual([])
  }
}

/** Nothing sticks out to the right and nothing is cut off, on a desk, on a tablet and on a phone. */
export async function expectFits(page: Page, widths: readonly number[] = [1280, 800, 360]): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({width, height: 900})
    expect(await tooWide(page), `at a width of ${width}`).toEqual([])
  }
}

/** What needs more room than it has, itself or the page. */
async function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    // In the browser: only its own names are known here.
    const {document, getComputedStyle} = globalThis as unknown as {
      document: {querySelectorAll(all: string): Iterable<Box>}
      getComputedStyle(box: Box): Style
    }
    interface Box {
      scrollWidth: number
      clientWidth: number
      outerHTML: string
    }
    interface Style {
      overflowX: string
      textOverflow: string
    }
    return [...document.querySelectorAll('html, body, body *:not(svg *)')]
      .filter((each) => each.clientWidth > 0 && each.scrollWidth > each.clientWidth + 1)
      .filter((each) => {
        const {overflowX, textOverflow} = getComputedStyle(each)
        return overflowX !== 'auto' && textOverflow !== 'ellipsis'
      })
      .map((each) => each.outerHTML.slice(0, 200))
  })
}
