/** Pages that are compiled to JavaScript and hold their scripts beside what they show. */

import {blank} from '../../code/code.ts'
import {withoutMarkupComments} from '../../code/comments.ts'

/** Of Svelte, Vue and Astro. */
export const pageEndings = ['.svelte', '.vue', '.astro']

export const isPage = (path: string): boolean => pageEndings.some((ending) => path.endsWith(ending))

/** What a browser reads as data, or fetches itself. */
const isData = /\btype\s{0,9}=\s{0,9}["'](?!module|text\/(?:javascript|typescript|ts)|ts)|\bsrc\s{0,9}=|\bis:inline\b/

/** What of a file is JavaScript or TypeScript: all else of a page is blank, so that offsets stay. */
export function scriptsIn(path: string, text: string): string {
  if (!isPage(path)) return text
  const shown = withoutMarkupComments(text)
  let [scripts, end] = ['', 0]
  const keep = (start: number, script: string) => {
    scripts += blank(shown.slice(end, start)) + script
    end = start + script.length
  }
  // Astro's own begins the file.
  const frontmatter = path.endsWith('.astro') ? /^\s*---[ \t]*\n([\s\S]*?)\n---/.exec(shown)?.[1] : undefined
  if (frontmatter !== undefined) keep(shown.indexOf(frontmatter), frontmatter)
  for (let at = shown.indexOf('<script', end); at >= 0; at = shown.indexOf('<script', Math.max(end, at + 1))) {
    const start = shown.indexOf('>', at) + 1
    const close = shown.indexOf('</script', at)
    if (start === 0 || close < start) break
    if (!isData.test(shown.slice(at, start))) keep(start, shown.slice(start, close))
  }
  return scripts + blank(shown.slice(end))
}
