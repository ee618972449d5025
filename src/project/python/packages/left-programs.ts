import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {escapePattern} from '../../escape-pattern.ts'
import type {BuiltStage} from '../../image/build-stage.ts'
import {overlaps} from '../../image/files/image-path.ts'
import type {Image} from '../../image/image.ts'
import {isQuietStage} from '../../image/shell/quiet-run.ts'
import type {Processes} from '../../processes/processes.ts'
import {mayBring} from './console-scripts.ts'

/** Where a program of a Python package stayed: its package is installed in another stage alone, or nowhere. */
export interface LeftProgram {
  /** `environment`: a COPY brings its folder, which PATH does not name. `left`: none does. `absent`: no stage installs it. */
  kind: 'environment' | 'left' | 'absent'
  /** The environment, in the image or in the other stage: its programs are in `bin`. */
  folder: string
  /** The name of the other stage, or its number. */
  stage: string
  /** The install. */
  related: FileLocation[]
}

const installsPackages = /\b(?:pip[\d.]*|pipx|uv|poetry|pipenv|pdm|rye|conda|mamba|apt-get|apt|apk)\b/

/**
 * What has become of a program that no folder of PATH has, where the last stage installs no package of Python itself;
 * undefined where its RUNs or what the machines start may bring it all the same.
 */
export function leftProgram(
  program: string,
  {image, final, processes}: {image: Image; final: BuiltStage; processes: Processes},
): LeftProgram | undefined {
  const {installs, copied} = image.final
  if (installs.length > 0 || !isQuietStage(final.stage)) return undefined
  if (processes.read.texts.some(({text}) => installsPackages.test(text))) return undefined
  // A copied folder of which it is not known whether it has the program.
  const name = new RegExp(`(?:^|/)${escapePattern(program)}$`)
  if (final.unknown.some(({by, path}) => by === 'copy' && name.test(path))) return undefined

  const own = copied.find(({requirements}) => requirements.some((each) => mayBring(each, program)))
  const bin = own?.location && posix.join(own.location, 'bin')
  if (own?.location && bin && final.unknown.some(({by, path}) => by === 'copy' && overlaps(bin, path)))
    return {kind: 'environment', folder: own.location, stage: '', related: [own.at]}
  for (const {stage, installs: others} of image.stages) {
    const install = others.find(({requirements}) => requirements.some((each) => mayBring(each, program)))
    if (install?.location)
      return {kind: 'left', folder: install.location, stage: stage.name ?? `${stage.index}`, related: [install.at]}
  }
  return {kind: 'absent', folder: '', stage: '', related: []}
}
