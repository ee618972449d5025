import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {allInstructions} from '../dockerfile/parse.ts'
import type {Files} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import type {Build} from '../image/build.ts'
import {copiedFrom} from '../image/outputs/entries.ts'

/**
 * The file of the project that a script of a release is: `mix release` copies rel/overlays with the permissions that the
 * files have (Mix.Tasks.Release, File.cp_r!), and a COPY brings the release to the last stage.
 */
export async function overlayOf(
  path: string,
  {final, stages}: Build,
  {files, reader}: {files: Files; reader: ProjectReader},
): Promise<{source: string; at: FileLocation} | undefined> {
  const copies = [...copiedFrom(allInstructions(final.stage), (name) => final.config.env.get(name))]
  const copy = copies.find(
    ({sources: [taken = '', another], target}) =>
      another === undefined &&
      /\/_build\/[^/]+\/rel\/[\w-]+(?:\/\.?)?$/.test(taken) &&
      path === posix.join(target, 'bin', posix.basename(path)),
  )
  const [manifest, another] = files.named('mix.exs').filter((each) => !/(^|\/)(deps|apps)\//.test(each))
  if (!copy || manifest === undefined || another !== undefined) return undefined
  const source = posix.join(posix.dirname(manifest), 'rel/overlays/bin', posix.basename(path))
  const isWritten = stages.some(({stage}) => stage.instructions.some(({text}) => text.includes('phx.gen.release')))
  const text = (await reader.text(manifest))?.text ?? ''
  return files.has(source) && !isWritten && !/\boverlays:|\bsteps:/.test(text) ? {source, at: copy.at} : undefined
}
