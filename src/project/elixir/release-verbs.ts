import {posix} from 'node:path'
import {allInstructions} from '../dockerfile/parse.ts'
import type {Files} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {Build} from '../image/build.ts'
import {copiedFrom} from '../image/outputs/entries.ts'

/** What a command asks the script of a release for, and gets nothing of. */
export type ReleaseVerb = 'daemon' | 'running' | 'unknown'

/** `bin/shop start` and the like, as `mix release` writes that script (Mix.Tasks.Release.Init). */
const kinds: Readonly<Record<string, ReleaseVerb | 'good'>> = {
  start: 'good',
  start_iex: 'good',
  eval: 'good',
  version: 'good',
  daemon: 'daemon',
  daemon_iex: 'daemon',
  rpc: 'running',
  remote: 'running',
  restart: 'running',
  stop: 'running',
  pid: 'running',
}

/** What is wrong with a command that starts the script of a release; undefined for another command. */
export async function releaseVerb(
  [program = '', verb = '']: readonly string[],
  {final, stages}: Build,
  {files, reader}: {files: Files; reader: ProjectReader},
): Promise<ReleaseVerb | undefined> {
  const path = posix.resolve(final.config.workingDir, program)
  const name = posix.basename(path)
  const isRelease = [...copiedFrom(allInstructions(final.stage), (each) => final.config.env.get(each))].some(
    ({sources: [taken = '', another], target}) =>
      another === undefined &&
      new RegExp(`/_build/[^/]+/rel/${name}(?:/\\.?)?$`).test(taken) &&
      path === posix.join(target, 'bin', name),
  )
  // Distillery and relx of Erlang write one of their own, and a file of rel/overlays may take its place.
  const runs = stages.flatMap(({stage}) => stage.instructions)
  const texts = isRelease ? await reader.texts(files.named('mix.exs', 'mix.lock')) : []
  const isOther =
    texts.some(({text}) => /distillery|\boverlays:|\bsteps:/.test(text)) ||
    runs.some(({text}) => /distillery|\brebar3\b.{0,200}\brelease\b/.test(text))
  if (!isRelease || isOther || files.named(`rel/overlays/bin/${name}`).length > 0 || /[$?]/.test(verb)) return undefined
  const kind = Object.hasOwn(kinds, verb) ? kinds[verb] : 'unknown'
  return kind === 'good' ? undefined : kind
}
