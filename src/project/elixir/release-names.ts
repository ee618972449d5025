import {closing, codeOf, textOf} from '../code/code.ts'
import type {TextFile} from '../files/text.ts'
import {keywordsOf} from './mix-config.ts'

/**
 * What `mix release` may call its release: the keys of `releases:` in mix.exs, else the name of the app
 * (hexdocs.pm/mix, "Mix.Tasks.Release"). undefined where that is not written out, or where a release lies elsewhere.
 */
export function releaseNames(manifest: TextFile): {names: string[]; because: string} | undefined {
  const code = codeOf(manifest)
  // An umbrella has no app of its own.
  if (!code || /\bapps_path:|\bdefault_release:|\bbuild_path:/.test(code.bare)) return undefined
  if (!/\breleases\b/.test(code.bare)) {
    // A dependency may have an `app:` of its own, beside one of the project that is not written out; `app: false` is none.
    const [value, another] = [...code.bare.matchAll(/\bapp:\s*(?!false\b)([^\s,\]]+)/g)].map(([, each = '']) => each)
    const [, app] = another === undefined ? (/^:(\w+)$/.exec(value ?? '') ?? []) : []
    return app === undefined ? undefined : {names: [app], because: `app: :${app} of mix.exs`}
  }
  const [, called] = /\breleases:\s*(\w+)/.exec(code.bare) ?? []
  const list = called
    ? new RegExp(`\\bdefp? ${called}(?:\\(\\))?(?:\\s+do|,\\s*do:)\\s*\\[`).exec(code.bare)
    : /\breleases:\s*\[/.exec(code.bare)
  if (!list) return undefined
  const start = list.index + list[0].length
  const span = {start, end: closing(code, start - 1)}
  const names = [...(keywordsOf(code, span)?.keys() ?? [])]
  // `[web: []] ++ more()`; a step of the project's own may lay it elsewhere.
  const goesOn = /^\s*(?:\+\+|--|\|)/.test(code.bare.slice(span.end + 1))
  if (names.length === 0 || goesOn || /\bpath:|&/.test(textOf(code, span))) return undefined
  return {names, because: 'releases: of mix.exs'}
}
