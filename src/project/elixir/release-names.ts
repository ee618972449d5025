/**
 * What `mix release` may call its release: the keys of `releases:` in mix.exs, else the name of the app
 * (hexdocs.pm/mix, "Mix.Tasks.Release"). undefined where that is not written out, or where a release lies elsewhere.
 */
export function releaseNames(text: string): {names: string[]; because: string} | undefined {
  const bare = text.replace(/^[ \t]*#.*$/gm, '')
  // An umbrella has no app of its own.
  if (/\bapps_path:|\bdefault_release:|\bbuild_path:/.test(bare)) return undefined
  if (!/\breleases\b/.test(bare)) {
    const [app, another] = [...bare.matchAll(/\bapp:\s*:(\w+)/g)].map(([, name = '']) => name)
    return app === undefined || another !== undefined ? undefined : {names: [app], because: `app: :${app} of mix.exs`}
  }
  const [, called] = /\breleases:\s*(\w+)/.exec(bare) ?? []
  const list = called
    ? new RegExp(`\\bdefp? ${called}(?:\\(\\))?(?:\\s+do|,\\s*do:)\\s*\\[`).exec(bare)
    : /\breleases:\s*\[/.exec(bare)
  const block = list && blockAt(bare, list.index + list[0].length)
  if (!block || /\bpath:/.test(block.inner)) return undefined
  return block.keys.length > 0 ? {names: block.keys, because: 'releases: of mix.exs'} : undefined
}

/** The keys of a keyword list, from behind its bracket, and all that stands in it. */
function blockAt(text: string, start: number): {keys: string[]; inner: string} | undefined {
  const keys: string[] = []
  let depth = 1
  const tokens = /"(?:[^"\\]|\\.){0,1000}"|[[({]|[\])}]|\b(\w+):(?=\s)/g
  tokens.lastIndex = start
  for (let token = tokens.exec(text); token; token = tokens.exec(text)) {
    if (/^[[({]$/.test(token[0])) depth += 1
    else if (/^[\])}]$/.test(token[0])) depth -= 1
    else if (token[1] !== undefined && depth === 1) keys.push(token[1])
    if (depth === 0) return {keys, inner: text.slice(start, token.index)}
  }
  return undefined
}
