/** The last stage as the machines find it: what looks at a RUN looks at their commands by it, too. */
import type {FileLocation} from '../../check.ts'
import type {FlyConfig} from '../fly-config/fly-config.ts'
import type {Build} from './build.ts'
import type {BuildCommand} from './build-commands.ts'
import type {Moment} from './moment.ts'

/** Undefined where the folder of the machines is not known. */
export function finalMoment({final}: Build, flyConfig: FlyConfig | undefined): Moment | undefined {
  const {stage, files, unknown, config} = final
  const instruction = stage.instructions.at(-1)
  if (!instruction || !config.workingDir) return undefined
  const variables = new Map([...config.env, ...Object.entries(flyConfig?.config.env ?? {})])
  const {workingDir} = config
  return {stage, instruction, commands: [], workingDir, env: variables, variables, files, unknown, without: []}
}

export const commandIn = (moment: Moment, words: string[], at: FileLocation): BuildCommand => ({
  ...{words, at, conditional: false, decisive: true, moment, folder: moment.workingDir, written: at},
  ...{by: undefined, before: ''},
})
