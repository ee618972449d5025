import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {isTable} from '../../documents/document.ts'
import {parseJson} from '../../documents/json.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {npmLockPackages} from '../locks/npm-lock.ts'
import {type Install, installsOf} from './installs.ts'

/** react-dom and the react that it is given, in versions that are not the same. */
export interface ReactVersions {
  react: string
  dom: string
  at: FileLocation
  /** Of the lock file. */
  locked: FileLocation | undefined
  manager: Install['request']['manager']
}

interface Pair {
  react: string
  dom: string
  /** Where the lock file has react-dom. */
  index: number
}

export async function loadReactVersions({reader}: Inputs, facts: FactStore): Promise<Fact<ReactVersions[]>> {
  const installs = await installsOf(reader, facts)
  const members = await reader.texts(((await facts.value('files')) ?? noFiles).named('package.json'))
  // One that only React Native, a test or a tool brings along renders nothing here.
  if (!members.some(rendersPages)) return known([])
  const found = new Map<string, ReactVersions>()
  for (const {manifest, value, lock, request} of installs) {
    // Next.js renders with a React of its own.
    if (found.has(manifest.path) || 'next' in tableOf(value.dependencies) || /\bnext@\d|\/next"/.test(lock?.text ?? ''))
      continue
    const pair = lock ? pairIn(lock) : pinnedIn(tableOf(value.dependencies))
    if (!pair || !isPlain(pair.dom) || !isPlain(pair.react) || pair.dom === pair.react) continue
    // The first that asks for its own version.
    if (Number.parseInt(pair.dom, 10) < 19) continue
    const locked = lock?.span(pair.index, pair.index + 'react-dom'.length)
    const isDeclared = 'react-dom' in tableOf(value.dependencies)
    const document = parseJson(manifest)
    if (!('value' in document)) continue
    found.set(manifest.path, {
      react: pair.react,
      dom: pair.dom,
      at: isDeclared || !locked ? document.at(['dependencies', 'react-dom']) : locked,
      locked,
      manager: request.manager,
    })
  }
  return known([...found.values()])
}

function rendersPages(file: TextFile): boolean {
  if (!file.text.includes('"react-dom"')) return false
  const document = parseJson(file)
  return 'value' in document && isTable(document.value) && 'react-dom' in tableOf(document.value.dependencies)
}

const isPlain = (version: string): boolean => /^\d+\.\d+\.\d+$/.test(version)

const tableOf = (value: unknown): Record<string, unknown> => (isTable(value) ? value : {})

/** Without a lock file, where both are named to the number. */
function pinnedIn({react, 'react-dom': dom}: Record<string, unknown>): Pair | undefined {
  return typeof react === 'string' && typeof dom === 'string' ? {react, dom, index: 0} : undefined
}

/** undefined for none, and where a workspace has several: which one is deployed is not known here. */
function pairIn(lock: TextFile): Pair | undefined {
  const pairs = lock.path.endsWith('.json')
    ? inNpm(lock)
    : lock.path.endsWith('.yaml')
      ? inPnpm(lock.text)
      : lock.path.endsWith('yarn.lock')
        ? inText(lock.text, (name) => new RegExp(`^"?${name}@[^\\n]*:\\n +version:? "?(\\d[^"\\s]*)`, 'gm'))
        : inText(
            lock.text,
            (name) => new RegExp(`^[ \\t]{0,40}"(?:[^"\\n]{0,300}/)?${name}": \\["${name}@(\\d[^"]*)"`, 'gm'),
          )
  const kinds = new Set(pairs.map(({react, dom}) => `${react} ${dom}`))
  return kinds.size === 1 ? pairs[0] : undefined
}

/** As node looks for it: beside react-dom, then above. */
function inNpm(lock: TextFile): Pair[] {
  const packages = npmLockPackages(lock) ?? {}
  return Object.keys(packages).flatMap((path): Pair[] => {
    if (!/(?:^|\/)node_modules\/react-dom$/.test(path)) return []
    const dom = tableOf(packages[path])
    const react = tableOf(packages[placesOf(path).find((each) => Object.hasOwn(packages, each)) ?? ''])
    // Under its name there may be another package: `npm:@preact/compat`.
    if ('name' in dom || 'name' in react) return []
    return typeof dom.version === 'string' && typeof react.version === 'string' && dom.dev !== true
      ? [{react: react.version, dom: dom.version, index: lock.text.indexOf(`"${path}"`) + path.length - 8}]
      : []
  })
}

/** `web/node_modules/a/node_modules/react`, `web/node_modules/react`, `node_modules/react`. */
function placesOf(dom: string): string[] {
  const parts = `/${dom}`.split('/node_modules/').slice(0, -1)
  return parts.map((_, index) =>
    [...parts.slice(0, parts.length - index), 'react'].join('/node_modules/').replace(/^\//, ''),
  )
}

/** `react-dom@19.1.1(react@19.2.0)` */
const inPnpm = (text: string): Pair[] =>
  [...text.matchAll(/\breact-dom@(\d[\w.-]*)\(react@(\d[\w.-]*)\)/g)].map(({1: dom = '', 2: react = '', index}) => ({
    react,
    dom,
    index,
  }))

/** Of lock files that do not say which belongs to which: where there is one of each. */
function inText(text: string, entry: (name: string) => RegExp): Pair[] {
  const react = [...text.matchAll(entry('react'))].map(([, version = '']) => version)
  const dom = [...text.matchAll(entry('react-dom'))]
  return new Set(react).size === 1
    ? dom.map(({0: all, 1: version = '', index}) => ({
        react: react[0] as string,
        dom: version,
        index: index + all.indexOf('react-dom'),
      }))
    : []
}
