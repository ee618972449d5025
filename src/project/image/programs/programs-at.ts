/** The programs that a command of a RUN finds. */

import {onceOf} from '../../../once.ts'
import {allInstructions, instructionsBefore, mountsOf, mountTarget, type Stage} from '../../dockerfile/parse.ts'
import type {BuildCommand} from '../build-commands.ts'
import {heldOf, type Image} from '../image.ts'
import {programOf} from '../shell/command.ts'
import {Programs} from './programs.ts'

/** Whether the RUN lends itself something in a folder of programs. */
export const mountsOnPath = ({moment}: BuildCommand): boolean =>
  mountsOf(moment.instruction).some((mount) => {
    const type = mount.get('type') ?? 'bind'
    return type === 'bind' && /\/s?bin\b|^\/(?:usr|opt)/.test(mountTarget(mount) ?? '/usr')
  })

/** A login shell reads where PATH is set once more, and another language has other words. */
const speaksAnother = onceOf((stage: Stage): boolean =>
  allInstructions(stage).some(
    ({keyword, text}) =>
      keyword === 'SHELL' &&
      !/^\s*\[\s*"(?:\/[^"]*\/)?(?:ba|da|a)?sh"\s*(?:,\s*"(?:-[a-hj-km-z]+|pipefail)"\s*)*\]/.test(text),
  ),
)

/**
 * What is on PATH when the command runs; undefined where the RUN sets it, or it is one of several in a text. `seen`: what
 * counts of the text of a RUN before.
 */
export function programsAt(
  command: BuildCommand,
  image: Image,
  seen: (text: string) => string = (text) => text,
): Programs | undefined {
  const {moment, before} = command
  const {stage, instruction, files, unknown, env} = moment
  const [then, another] = heldOf(image, command).commands
  if (!then || another || /\bPATH\b|(?:^|[\s;&(])(?:\.|source)\s/.test(before)) return undefined
  if (/\bPATH=|\s(?:-\w*l\w*c|--login)\s/.test(instruction.text) || speaksAnother(stage)) return undefined
  // A file that every bash reads first, and folders that are relative to wherever a command runs.
  const path = env.get('PATH')
  if (env.has('BASH_ENV') || path?.split(':').some((each) => !each.startsWith('/'))) return undefined
  // What npx starts finds what npx has fetched.
  const name = programOf(command)
  if (
    command.by !== undefined &&
    new RegExp(`\\b(?:npx|bunx|dlx|npm (?:x|exec))\\b[^&|;]{0,100}\\b${name}\\b`).test(instruction.text)
  )
    return undefined
  const earlier = instructionsBefore(stage, instruction).filter(({keyword}) => keyword === 'RUN')
  // What the other end of the pipe fetches has not run by then.
  const started = before.replace(/\b(?:curl|wget)\b[^|;&]{0,500}\|\s*$/, '')
  const runs = [...earlier.map(({text}) => seen(text)), seen(started)]
  const hasPip = () => runs.some((text) => /\b(?:pip3?|poetry|uv)\b/.test(text))
  return new Programs({stage, path, files, unknown, runs, packages: then.packagesThen, hasPip})
}
