import {type Command, programOf, type Variables} from '../image/shell/command.ts'
import {cdTo, readPart, type ShellPart} from './started-scripts.ts'
import {isComputed, type Script, type Step} from './workflow.ts'

/** GitHub runs each script with `bash -e`. */
const options = 'set -e\n'

export const expression = /\$\{\{[^\n]{0,500}?\}\}/g

/** What a step runs, its expressions as variables of which nothing is known. */
export function stepPart(
  step: Step,
  script: Script,
): {part: ShellPart; variables: Variables; shift: (offset: number) => number} {
  const variables: Variables = (name) => {
    const value = step.env.get(name)
    return value && !isComputed(value) ? value.text : undefined
  }
  const masked = script.text.replace(expression, (text) => `$${'_'.repeat(text.length - 1)}`)
  const shift = (offset: number) => Math.max(0, offset - options.length)
  const part = readPart(
    options + masked,
    variables,
    (start, end) => script.place(shift(start), shift(end)),
    directoryOf(step),
  )
  return {part, variables, shift}
}

const directoryOf = ({workingDirectory}: Step): string | undefined =>
  workingDirectory ? (isComputed(workingDirectory) ? undefined : workingDirectory.text) : '.'

/** Each command of a part with the folder that it runs in, from the top of the repository; undefined where that cannot be told. */
export function* inFolders({
  text,
  commands,
  folder: start,
}: ShellPart): Generator<{command: Command; folder: string | undefined; index: number}> {
  // What a subshell changes into holds inside it only, and a function runs where the script is by then.
  const nests = /(^|[\s;&|])\(|\bpushd\b|\bpopd\b/m.test(text)
  const moves =
    /^[ \t]*(?:function[ \t]{1,20})?[\w-]{1,100}[ \t]{0,20}\(\)/m.test(text) &&
    commands.some((each) => programOf(each) === 'cd')
  let folder = moves ? undefined : start
  for (const [index, command] of commands.entries()) {
    if (programOf(command) === 'cd') folder = nests || moves ? undefined : cdTo(folder, command.words[1])
    yield {command, folder, index}
  }
}
