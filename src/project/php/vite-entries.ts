/** What the pages of Laravel ask of Vite, and what its configuration lets Vite build. */
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {blank} from '../code/code.ts'
import {withoutSlashComments} from '../code/comments.ts'
import {allInstructions} from '../dockerfile/parse.ts'
import {noFiles} from '../files/files.ts'
import type {TextFile} from '../files/text.ts'
import {ignoredPaths} from '../git/git.ts'
import {programOf} from '../image/shell/command.ts'
import type {Inputs} from '../inputs.ts'

export interface ViteEntry {
  /** `absent`: an entry that is no file of the project. `unlisted`: a page asks for a file that is no entry. */
  kind: 'absent' | 'unlisted'
  path: string
  at: FileLocation
  config: FileLocation
  entries: string[]
  /** vite build surely runs, and its failure ends the build. */
  isBuilt: boolean
}

interface Entry {
  path: string
  at: FileLocation
}

const bladeComments = /\{\{--[\s\S]*?(?:--\}\}|(?![\s\S]))|<!--[\s\S]*?(?:-->|(?![\s\S]))/g
const asked = /@vite\(\s{0,100}(?<list>\[[^\]]{0,500}\]|'[^'\n]{1,300}'|"[^"\n]{1,300}")\s{0,100}(?:,\s{0,100})?\)/g
const texts = /(["'])([^"'\n]{1,300})\1/g

export async function loadViteEntries({reader}: Inputs, facts: FactStore): Promise<Fact<ViteEntry[]>> {
  const [tracked = noFiles, dockerfile, build, deploys] = await Promise.all([
    facts.value('files'),
    facts.value('dockerfile'),
    facts.value('buildCommands'),
    facts.value('deployCommands'),
  ])
  const configs = tracked.in('.').filter((path) => /^vite(?:\.[\w-]+)?\.config\.[cm]?[jt]s$/.test(path))
  const [path, another] = configs
  if (path === undefined || another || !tracked.has('artisan') || tracked.has('.gitmodules')) return known([])
  const config = await reader.text(path)
  const entries = config && entriesOf(config)
  if (!config || !entries) return known([])
  const names = entries.map((each) => each.path)
  const common = {config: config.whole, entries: names}
  const found: ViteEntry[] = []

  const runs = dockerfile
    ? dockerfile.stages.flatMap((stage) => allInstructions(stage)).filter(({keyword}) => keyword === 'RUN')
    : []
  const isRun = runs.some(({text}) =>
    /\b(?:npm|yarn|pnpm|bun)\s(?:run\s)?(?:\S+\s)?(?:build|"?\$)|\bvite\s+build\b/.test(text),
  )
  const isBuilt =
    build?.commands.some(
      (each) => programOf(each) === 'vite' && each.words[1] === 'build' && each.decisive && !each.conditional,
    ) ?? false
  const absent = entries.filter(
    (each) => !/^(?:vendor|node_modules|storage|public)\//.test(each.path) && !tracked.has(each.path),
  )
  const ignored = await ignoredPaths(
    reader.root,
    absent.map((each) => each.path),
  )
  for (const each of isRun ? absent : []) {
    const isMade =
      deploys?.makes(each.path) || runs.some(({text}) => text.includes(each.path)) || ignored.has(each.path)
    if (!isMade) found.push({kind: 'absent', ...each, ...common, isBuilt})
  }

  // Of a name that is not right the pages tell nothing else.
  if (found.length > 0) return known(found)
  const manifest = (await reader.text('public/build/manifest.json'))?.text ?? ''
  const scripts = await reader.texts(
    tracked.under('resources').filter((each) => /\.(?:[cm]?[jt]sx?|vue|svelte)$/.test(each)),
  )
  const isSplit = scripts.some(({text}) => /\bimport\.meta\.glob|\bimport\(/.test(text))
  const pages = tracked.under('resources/views').filter((each) => each.endsWith('.blade.php'))
  for (const page of await reader.texts(pages)) {
    for (const each of askedBy(page)) {
      // What another file loads later has an entry of its own in the manifest.
      if (
        names.includes(each.path) ||
        manifest.includes(`"${each.path}"`) ||
        (isSplit && !/\.(?:s?css|less)$/.test(each.path))
      )
        continue
      if (!found.some(({kind, path: one}) => kind === 'unlisted' && one === each.path))
        found.push({kind: 'unlisted', ...each, ...common, isBuilt})
    }
  }
  return known(found)
}

/** The entries of `laravel({input: [...]})`, `laravel([...])`; undefined where they are put together, or there are more. */
function entriesOf(file: TextFile): Entry[] | undefined {
  const text = withoutSlashComments(file.text)
  const calls = [...text.matchAll(/(?<![\w.])laravel\(\s*/g)]
  const inputs = [...text.matchAll(/(?<![\w.])input\s*:\s*/g)]
  const [call, second] = calls
  if (!call || second || inputs.length > 1 || !/laravel-vite-plugin/.test(text)) return undefined
  const from = inputs[0] ?? call
  const start = from.index + from[0].length
  const list = /^(?:\[[^\]]*\]|'[^'\n]+'|"[^"\n]+")/.exec(text.slice(start))?.[0]
  if (list === undefined || /[`$*{(]|\.\.\./.test(list)) return undefined
  // A name of a variable among the texts.
  if (/[\w$]/.test(list.replace(texts, ''))) return undefined
  return [...list.matchAll(texts)].map((match) => {
    const at = start + match.index
    return {path: (match[2] as string).replace(/^\.?\//, ''), at: file.span(at, at + match[0].length)}
  })
}

function askedBy(page: TextFile): Entry[] {
  const text = page.text.replace(bladeComments, blank)
  return [...text.matchAll(asked)].flatMap((match) => {
    const list = match.groups?.list ?? ''
    const start = match.index + match[0].indexOf(list)
    return [...list.matchAll(texts)].flatMap((each) => {
      const path = each[2] as string
      const at = start + each.index
      return /[${}*]/.test(path) || !path.includes('/') ? [] : [{path, at: page.span(at, at + each[0].length)}]
    })
  })
}
