import {type ParsedScript, parse} from 'unbash'
import type {FileLocation} from '../../../check.ts'
import {onceOf} from '../../../once.ts'
import type {Instruction} from '../../dockerfile/parse.ts'
import type {TextFile} from '../../files/text.ts'
import type {Command, Place, Variables} from './command.ts'
import type {Answer} from './file-questions.ts'
import {commandsOf, shellCommands, unwrap} from './shell-commands.ts'
import {jsonWords, shellText} from './shell-text.ts'

/**
 * The commands of a RUN instruction, in order; undefined when the shell text cannot be parsed. Where `answer` decides a
 * question about a file, what it leaves out is left out, and what it leads to is as certain as the question.
 */
export const runCommands = (
  file: TextFile,
  run: Instruction,
  variables: Variables,
  answer?: Answer,
): Command[] | undefined => {
  const isDecided = answer && asksFiles(run.text)
  return isDecided ? instructionCommands(run, variables, placesIn(file, run), answer) : ofRuns(file)(run, variables)
}

/** Whether a text asks for a file before it goes on. */
export const asksFiles = (text: string): boolean => /(?:\[|\btest)\s+(?:!\s+)?-[efdsrwx]\s/.test(text)

/** Many read the same with variables: once for all to whom those that it asks for are the same. */
function onceForSame<K extends object, V>(
  work: (key: K, variables: Variables) => V,
): (key: K, variables: Variables) => V {
  const readings = onceOf((_: K): {asked: ReadonlyMap<string, string | undefined>; result: V}[] => [])
  return (key, variables) => {
    const known = readings(key)
    const same = known.find(({asked}) => [...asked].every(([name, value]) => variables(name) === value))
    if (same) return same.result
    const asked = new Map<string, string | undefined>()
    const noted = (name: string) => {
      const value = variables(name)
      asked.set(name, value)
      return value
    }
    const result = work(key, noted)
    known.push({asked, result})
    return result
  }
}

const ofRuns = onceOf((file: TextFile) =>
  onceForSame((run: Instruction, variables) => instructionCommands(run, variables, placesIn(file, run))),
)

const placesIn =
  (file: TextFile, {offset}: Instruction): Place =>
  (start, end) =>
    file.span(offset + start, offset + end)

/** The same for any instruction that takes a command (RUN, CMD, ENTRYPOINT), in exec or shell form. */
export function instructionCommands(
  instruction: Instruction,
  variables: Variables,
  place: Place,
  answer?: Answer,
): Command[] | undefined {
  const words = jsonWords(instruction.text)
  if (!words) return shellCommands(shellText(instruction.text), variables, place, answer)
  return wordsCommands(words, variables, instruction.at)
}

/** What words start that no shell has read: those of the exec form, and of fly.toml. */
export const wordsCommands = (words: string[], variables: Variables, at: FileLocation): Command[] =>
  unwrap({words, at, conditional: false, decisive: true}, variables)

/** The first thing in a shell text that no shell can read, and the offset at which that is seen. */
export const syntaxFault = (text: string): {message: string; pos: number} | undefined => parse(text).errors?.[0]
/** Where the statements of a text begin, one that does not end too. */
export const statementsOf = (text: string): number[] => parse(text).commands.map(({pos}) => pos)
export const scriptFault = (file: TextFile): {message: string; pos: number} | undefined =>
  file.text.includes('\r') ? syntaxFault(file.text.replaceAll('\r', ' ')) : parsed(file).errors?.[0]

/** Those of a script. */
export const scriptCommands: (file: TextFile, variables: Variables) => readonly Command[] | undefined = onceForSame(
  (file, variables) => commandsOf(parsed(file), file.text, variables, (start, end) => file.span(start, end)),
)

const parsed = (file: TextFile): ParsedScript => file.once(parse, () => parse(file.text))
