/** What BuildKit refuses of an instruction before anything is built (frontend/dockerfile/instructions/parse.go). */
import {suggest} from '../../suggest.ts'
import {LexError} from '../dockerfile/lex.ts'
import {jsonArray} from '../dockerfile/logical-line.ts'
import type {Instruction} from '../dockerfile/parse.ts'
import {namesAndValues} from './config-instructions.ts'

interface Refusal {
  message: string
  hint: string
}

/** The flags that each instruction knows; the others know none. */
const flagsOf: Readonly<Record<string, readonly string[]>> = {
  ADD: ['checksum', 'chmod', 'chown', 'exclude', 'keep-git-dir', 'link', 'unpack'],
  COPY: ['chmod', 'chown', 'exclude', 'from', 'link', 'parents'],
  FROM: ['platform'],
  HEALTHCHECK: ['interval', 'retries', 'start-interval', 'start-period', 'timeout'],
  RUN: ['device', 'mount', 'network', 'security'],
}

const signals =
  /^(SIG)?(ABRT|ALRM|BUS|CHLD|CLD|CONT|FPE|HUP|ILL|INT|IO|IOT|KILL|PIPE|POLL|PROF|PWR|QUIT|SEGV|STKFLT|STOP|SYS|TERM|TRAP|TSTP|TTIN|TTOU|URG|USR1|USR2|VTALRM|WINCH|XCPU|XFSZ|RTMIN(\+\d+)?|RTMAX(-\d+)?)$/i

export function grammarProblem(instruction: Instruction, escapeCharacter: string): Refusal | undefined {
  const {keyword, line} = instruction
  const {flags, heredocs} = line
  const known = flagsOf[keyword] ?? []
  const unknown = flags.find(([name]) => !known.includes(name))
  if (unknown) {
    const meant = suggest(unknown[0], known)
    return {
      message: `${keyword} does not know the flag --${unknown[0]}`,
      hint: meant ? `Did you mean --${meant}?` : known.length > 0 ? `It knows --${known.join(', --')}.` : 'Delete it.',
    }
  }
  const open = heredocs.find(({closed}) => !closed)
  if (open) {
    return {message: `the heredoc <<${open.name} never ends`, hint: `End it with a line that holds ${open.name} alone.`}
  }
  return (rules[keyword] ?? (() => undefined))(instruction, escapeCharacter)
}

const needsOne = ({keyword, line}: Instruction): Refusal | undefined =>
  line.rest === ''
    ? {message: `${keyword} says nothing, it must have an argument`, hint: 'Add it, or delete the line.'}
    : undefined

const needsPairs = (instruction: Instruction, escapeCharacter: string): Refusal | undefined => {
  const missing = needsOne(instruction)
  if (missing) return missing
  try {
    namesAndValues(instruction.line.rest, escapeCharacter)
    return undefined
  } catch (error) {
    if (!(error instanceof LexError)) throw error
    return {message: error.message, hint: 'Write NAME="value", and comments on lines of their own.'}
  }
}

const needsTwo = (instruction: Instruction): Refusal | undefined => {
  const {keyword, line} = instruction
  const words = jsonArray(line.rest) ?? line.rest.split(/\s+/).filter(Boolean)
  if (words.length > 1) return needsStrings(instruction)
  return {
    message: `${keyword} has ${words.length === 1 ? 'no destination' : 'no arguments'}, it must have a source and a destination`,
    hint: `Write ${keyword} ${words.length === 1 ? String(words[0]) : 'SOURCE'} ./`,
  }
}

const needsStrings = ({keyword, line}: Instruction): Refusal | undefined =>
  jsonArray(line.rest)?.some((each) => typeof each !== 'string')
    ? {
        message: `the array of ${keyword} holds something that is no string`,
        hint: 'Put every element in double quotes.',
      }
    : undefined

const rules: Readonly<Record<string, (instruction: Instruction, escapeCharacter: string) => Refusal | undefined>> = {
  ENV: needsPairs,
  LABEL: needsPairs,
  ARG: needsOne,
  USER: needsOne,
  WORKDIR: needsOne,
  EXPOSE: needsOne,
  VOLUME: needsOne,
  COPY: needsTwo,
  ADD: needsTwo,
  CMD: needsStrings,
  ENTRYPOINT: needsStrings,
  RUN: needsStrings,
  SHELL: ({line}) =>
    jsonArray(line.rest)?.every((each) => typeof each === 'string')
      ? undefined
      : {message: `SHELL ${line.rest} is no array`, hint: 'Write SHELL ["/bin/bash", "-c"].'},
  FROM({line}) {
    const [, as, name = ''] = line.rest.split(/\s+/)
    const words = line.rest.split(/\s+/).length
    if (words !== 1 && (words !== 3 || !/^as$/i.test(as as string))) {
      return {
        message: `FROM has ${words} words, it must have an image, or IMAGE AS NAME`,
        hint: 'Write comments on lines of their own.',
      }
    }
    if (words === 1 || /^[a-z][a-z0-9-_.]*$/.test(name.toLowerCase())) return undefined
    return {
      message: `${name} cannot be the name of a stage: it begins with a letter, and has letters, digits, -, _ and . only`,
      hint: `Write AS ${name.replace(/^[^a-z]+/i, '').replace(/[^\w.-]/g, '-') || 'build'}.`,
    }
  },
  STOPSIGNAL: ({line}) =>
    /\$/.test(line.rest) || /^\d+$/.test(line.rest) || signals.test(line.rest)
      ? undefined
      : {message: `STOPSIGNAL ${line.rest} is no signal`, hint: 'Write STOPSIGNAL SIGTERM.'},
}
