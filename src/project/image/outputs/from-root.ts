/** A path of `COPY --from` begins at the root of the stage that it names, and not where that works (docs.docker.com, "COPY --from"). */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {lineage} from '../../dockerfile/parse.ts'
import {escapePattern} from '../../escape-pattern.ts'
import {isBelow} from '../files/image-path.ts'
import {baseMayHave} from '../may-hold.ts'
import {isQuiet} from '../shell/quiet-run.ts'
import type {Project} from './output.ts'
import type {Taken} from './taken.ts'

/** What builds of a workspace read, in which a folder above may be named as the one to write into. */
const settings =
  'package.json angular.json vue.config.js svelte.config.js turbo.json nx.json project.json Makefile makefile justfile'.split(
    ' ',
  )
const settingsOf =
  /^(?:vite|next|astro|nuxt|webpack[\w.-]*|rollup|tsup|tsdown|esbuild|rspack|rsbuild|build|tsconfig[\w.-]*|react-router|vitest)(?:\.config)?\.(?:[cm]?[jt]s|json)$/

/** Where Go, pnpm and the like keep what they install, by variables of their images. */
const ofLanguages = /^(?:go|gopath|pnpm|cargo|venv|\.venv|opt)$/

/**
 * `COPY --from=build ./dist …`, of a stage whose WORKDIR is /app: that is /dist, and all that the stage does it does in /app.
 * `real`: where it is meant to lie; undefined where something may have made it at the root.
 */
export async function fromRoot(
  {source, path, written, moved}: Taken,
  {reader, tracked}: Project,
): Promise<{real: string; workingDir: string; at: FileLocation} | undefined> {
  const {workingDir} = source.config
  if (moved || written === undefined || !/^[\w./@-]+$/.test(written) || /^\/|^\.?\/?$|\.\./.test(written))
    return undefined
  if (!workingDir.startsWith('/') || workingDir === '/' || source.files.get(path)) return undefined
  const [, first = ''] = path.split('/')
  const workdir = lineage(source.stage)
    .flatMap(({instructions}) => instructions)
    .findLast(({keyword}) => keyword === 'WORKDIR')
  if (!workdir || posix.resolve(workingDir).split('/')[1] === first || ofLanguages.test(first)) return undefined
  const named = new RegExp(
    `(?<![\\w.$}-])/${escapePattern(first)}(?![\\w-])|\\.\\./|(?:^|[\\s;&])(?:cd|pushd)\\s+/(?:[\\s;&]|$)`,
  )
  let works = false
  for (const {by, path: place, text = '', folder = '/'} of source.unknown) {
    if (by === 'copy' && isBelow(path, place)) return undefined
    if (by === 'base' && baseMayHave(source.stage, path)) return undefined
    if (by !== 'run' || isQuiet(text)) continue
    // A script may write anywhere.
    if (!isBelow(folder, workingDir) || named.test(text) || /\.sh\b|\bmake\b/.test(text)) return undefined
    works = true
  }
  const real = posix.resolve(workingDir, written)
  if (!source.files.get(real) && !works) return undefined
  const above = new RegExp(`\\.\\./(?:\\.\\./){0,9}${escapePattern(first)}(?![\\w-])|["']/${escapePattern(first)}["'/]`)
  const paths = [
    ...tracked.named(...settings),
    ...tracked.ending('.ts', '.js', '.mjs', '.cjs', '.mts', '.json'),
  ].filter((each) => settings.includes(posix.basename(each)) || settingsOf.test(posix.basename(each)))
  const texts = await reader.texts([...new Set(paths)].slice(0, 300))
  return texts.some(({text}) => above.test(text)) ? undefined : {real, workingDir, at: workdir.at}
}
