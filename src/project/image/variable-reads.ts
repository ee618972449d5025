import type {FileLocation} from '../../check.ts'
import {declaredArguments, namesGiven} from '../dockerfile/arguments.ts'
import {allInstructions, lineage} from '../dockerfile/parse.ts'
import type {BuildCommand} from './build-commands.ts'
import type {Moment} from './moment.ts'

/** What a command of the build reads of its environment and stops without. */
export interface VariableReads {
  command: string
  what?: string
  /** Something of the project that is not seen to run must read it. */
  likely?: boolean
  names: {name: string; read: FileLocation; isCertain?: boolean}[]
  /** The cure for some of the names together. */
  hint?: (names: readonly string[]) => string
}

/** For cures: `A=dummy B=dummy`, and a word for one variable or several. */
export const dummies = (names: readonly string[]): string => names.map((name) => `${name}=dummy`).join(' ')
export const them = (names: readonly string[]): string => (names.length > 1 ? 'them' : 'it')

/** Whether the command, or its RUN, may have the variable from elsewhere than the stage. */
export const mentions = ({moment, words}: BuildCommand, name: string): boolean =>
  moment.instruction.text.includes(name) ||
  words.some((word) => word?.includes(name)) ||
  fillsEnvironment.test(`${moment.instruction.text} ${moment.instruction.flags.join(' ')}`)

/** Files of variables, secrets, what a shell reads, and programs that start another one with more of them. */
const fillsEnvironment =
  /--env-file|\.env\b|dotenv|type=secret|\bsource\b|(?:^|[;&|]\s{0,20})\.\s+(?!\S{0,200}activate\b)\S|set -a|\b(?:export|env|eval)\s+["']?(?:\$\(|`)|\b(?:honcho|envdir|direnv|doppler|infisical|chamber|teller|sops|op run|env-cmd)\b/m

/** The arguments that a text of an instruction names, or an ENV that it names. */
export function argumentsIn(text: string, {stage}: Pick<Moment, 'stage'>): string[] {
  const names = new Set(namesIn(text))
  const givers = allInstructions(stage)
  // A set that grows is gone over to its end.
  for (const name of names)
    for (const each of givers) if (namesGiven(each).includes(name)) for (const own of namesIn(each.text)) names.add(own)
  return [...names].filter((name) => isArgument({stage}, name))
}

const namesIn = (text: string): string[] => [...text.matchAll(/\$\{?(\w+)/g)].map(([, name = '']) => name)

/** Whether an ARG of the stage, or of one that it begins with, declares it. */
export const isArgument = ({stage}: Pick<Moment, 'stage'>, name: string): boolean =>
  lineage(stage).some(({instructions}) => declaredArguments(instructions).has(name))
