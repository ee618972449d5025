/** Settings of Yarn and npm in the image that name a variable which is not there when the machines start. */
import {posix} from 'node:path'
import type {FactStore} from '../../../facts.ts'
import {lineage, rootImage} from '../../dockerfile/parse.ts'
import {parseLoosely} from '../../documents/json.ts'
import {noFiles} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {imageVersion} from '../../toolchains/image-versions.ts'
import {readSettings} from './npm-settings.ts'
import type {RegistryGap} from './registry-gaps.ts'

/** The arguments of the build are gone by then; a secret of the app may have the name. */
export async function startGaps(reader: ProjectReader, facts: FactStore): Promise<RegistryGap[]> {
  const [build, processes, files, flyConfig] = await Promise.all([
    facts.value('build'),
    facts.value('processes'),
    facts.value('files'),
    facts.value('flyConfig'),
  ])
  if (!build || !processes) return []
  const {stage, config, unknown, files: tree} = build.final
  const node = Number.parseInt(imageVersion(rootImage(stage) ?? '', 'Node') ?? '', 10)
  const read = async (name: string) => {
    const source = tree.ownSource(posix.join(config.workingDir || '/', name), files ?? noFiles)
    // A RUN may have taken it away, or filled it in.
    return source === undefined || unknown.some(({text}) => text?.includes(name)) ? undefined : reader.text(source)
  }
  const {packageManager} = parseLoosely((await read('package.json'))?.text ?? '') ?? {}
  const isBerry = /^yarn@[2-9]/.test(String(packageManager))
  const runs = lineage(stage).flatMap(({instructions}) => instructions.filter(({keyword}) => keyword === 'RUN'))
  const isBrought = runs.some(({text}) => /\bcorepack\b|\byarn (?:set|policies)\b|\bnpm@|\byarn@/.test(text))
  const found: RegistryGap[] = []
  for (const {text, at, certain} of processes.commands) {
    const isYarn = /^yarn(?: run)? [a-z]/.test(text)
    const stops = isYarn
      ? isBerry === isBrought && node < 26
      : /^npm (?:start|run)\b/.test(text) && node < 15 && !isBrought
    const file = certain && stops ? await read(isYarn && isBerry ? '.yarnrc.yml' : '.npmrc') : undefined
    const first = file && readSettings(file).variables.find(({name}) => !isSet(name))
    if (!first || found.length > 0) continue
    const {name: variable, at: settings} = first
    found.push({
      text,
      at,
      settings,
      kind: 'start',
      variable,
      wants: undefined,
      argument: undefined,
      severity: 'warning',
    })
  }
  return found

  function isSet(name: string): boolean {
    const {env = {}} = flyConfig?.config ?? {}
    return config.env.has(name) || Object.hasOwn(env, name) || (processes?.mayAssign(name) ?? false)
  }
}
