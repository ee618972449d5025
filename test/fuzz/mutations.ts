/** What is done to a project to make it hostile. */
import fc from 'fast-check'
import type {Project} from '../harness.ts'
import type {MemoryFile} from '../memory.ts'
import {readScenario} from '../recordings/recordings.js'
import {hostileWords} from './words.ts'

/** One change; the numbers are taken modulo whatever there is to choose from. */
interface Mutation {
  kind: keyof typeof changes
  /** Which text of the project. */
  text: number
  at: number
  length: number
  word: number
}
export interface Case {
  project: number
  mutations: Mutation[]
}

/** A byte that is no UTF-8, in a text that is still to be encoded. */
const badByte = '\ue000'

interface Change {
  text: string
  at: number
  length: number
  word: string
  /** Another text of the corpus. */
  other: string
}

const insert = ({text, at}: Change, words: string): string => text.slice(0, at) + words + text.slice(at)
const lines = (text: string): string[] => text.split('\n')
const lineAt = ({text, at}: Change): number => lines(text.slice(0, at)).length - 1
/** How often something is repeated that is deep or long: enough to run out of a stack. */
const many = 6000

const changes = {
  cut: ({text, at, length}: Change) => text.slice(0, at) + text.slice(at + length),
  end: ({text, at}: Change) => text.slice(0, at),
  duplicate: (change: Change) => insert(change, change.text.slice(change.at, change.at + change.length)),
  insert: (change: Change) => insert(change, change.word),
  /** A word, a number or a text in quotes becomes something else: wrong types, wrong names. */
  replace(change: Change) {
    const tokens = [...change.text.matchAll(/"[^"\n]*"|'[^'\n]*'|[\w.-]+|[^\w\s]/g)]
    const token = tokens[change.at % Math.max(tokens.length, 1)]
    if (!token) return change.word
    return change.text.slice(0, token.index) + change.word + change.text.slice(token.index + token[0].length)
  },
  swapLines(change: Change) {
    const all = lines(change.text)
    const first = lineAt(change)
    const second = change.length % all.length
    ;[all[first], all[second]] = [all[second] ?? '', all[first] ?? '']
    return all.join('\n')
  },
  dropLine: (change: Change) => lines(change.text).toSpliced(lineAt(change), 1).join('\n'),
  repeatLine(change: Change) {
    const line = lines(change.text)[lineAt(change)] ?? ''
    return lines(change.text)
      .toSpliced(lineAt(change), 0, ...Array<string>(change.length % 300).fill(line))
      .join('\n')
  },
  /** The line once more, with another value: a key twice, an instruction that differs. */
  varyLine(change: Change) {
    const line = lines(change.text)[lineAt(change)] ?? ''
    const value = line.split(/[\s=:]/).at(-1) ?? ''
    const varied = value === '' ? line : line.slice(0, -value.length) + change.word
    return lines(change.text).toSpliced(lineAt(change), 0, varied).join('\n')
  },
  nest: (change: Change) => insert(change, (change.word || '[').slice(0, 8).repeat(change.length % many)),
  longLine: (change: Change) => insert(change, (change.word || 'x').padEnd(8, 'x').repeat((change.length % many) * 3)),
  indent: (change: Change) =>
    lines(change.text)
      .map((line, number) => (number < lineAt(change) ? line : `  ${line}`))
      .join('\n'),
  carriageReturns: ({text}: Change) => text.replaceAll('\n', '\r\n'),
  byteOrderMark: ({text}: Change) => `\ufeff${text}`,
  nul: (change: Change) => insert(change, '\0'),
  badByte: (change: Change) => insert(change, badByte),
  empty: () => '',
  splice: (change: Change) => insert(change, change.other.slice(0, change.length)),
  become: ({other}: Change) => other,
} as const satisfies Record<string, (change: Change) => string>

const kinds = Object.keys(changes) as (keyof typeof changes)[]

/** Projects by their number in the corpus, with some mutations each. */
export const cases = (corpus: readonly Project[]): fc.Arbitrary<Case> =>
  fc.noBias(
    fc.record({
      project: fc.nat(corpus.length - 1),
      mutations: fc.array(
        fc.record({
          kind: fc.constantFrom(...kinds),
          text: fc.nat(),
          at: fc.nat(),
          length: fc.nat(),
          word: fc.nat(hostileWords.length - 1),
        }),
        {minLength: 1, maxLength: 6, size: 'max'},
      ),
    }),
  )

/** What a second at most is promised for, in characters. */
const largest = 1_000_000

/** The project that a case stands for. */
export function mutated(corpus: readonly Project[], {project: number, mutations}: Case): Project {
  const project = corpus[number] as Project
  const files: Record<string, MemoryFile> = {...project.files}
  const answers = {...answersOf(project)}
  let git = project.git
  for (const {kind, ...numbers} of mutations) {
    const donor = Object.entries(corpus[(numbers.word * 7919 + numbers.at) % corpus.length]?.files ?? {})
    const [otherName, other] = donor[numbers.length % Math.max(donor.length, 1)] ?? ['other', '']
    const change = (text: string): string => {
      const at = numbers.at % (text.length + 1)
      // Short cuts more often than long ones.
      const length = numbers.length % (numbers.length % 3 === 0 ? text.length + 1 : 20)
      const word = hostileWords[numbers.word] as string
      const changed = changes[kind]({
        text,
        at,
        length: kind === 'nest' || kind === 'longLine' || kind === 'repeatLine' ? numbers.length : length,
        word,
        other: textOf(other),
      })
      // A long line that is repeated has no end.
      return changed.slice(0, largest)
    }
    const names = Object.keys(files)
    const calls = Object.keys(answers)
    if (numbers.text % 5 === 0 && !project.options?.offline) {
      const call = calls[numbers.text % calls.length] as string
      answers[call] = change(answers[call] as string)
    } else if (numbers.text % 41 === 1) git = change(git ?? '# branch.oid 1234\n# branch.head main\n? a.txt\n')
    else if (numbers.text % 7 === 1) files[otherName] = change(textOf(other))
    else {
      const name = names[numbers.text % names.length]
      if (name !== undefined) files[name] = change(textOf(files[name] as MemoryFile))
    }
  }
  const encoded = Object.entries(files).map(([name, file]) => [name, typeof file === 'string' ? encode(file) : file])
  return {...project, files: Object.fromEntries(encoded), answers, ...(git !== undefined && {git})}
}

/** What flyctl prints in the project's scenario, by call. */
const answersOf = ({flyctl = 'healthy', answers = {}}: Project): Record<string, string> => {
  const calls = Object.entries(readScenario(flyctl)).flatMap(([call, {json, stdout}]): [string, string][] =>
    json === undefined && stdout === undefined
      ? []
      : [[call, json === undefined ? String(stdout) : JSON.stringify(json)]],
  )
  return {...Object.fromEntries(calls), ...answers}
}

const textOf = (file: MemoryFile): string =>
  typeof file === 'string'
    ? file
    : file instanceof Uint8Array
      ? new TextDecoder().decode(file)
      : 'text' in file
        ? file.text
        : ''

function encode(text: string): MemoryFile {
  if (!text.includes(badByte)) return text
  return Uint8Array.from(
    text.split(badByte).flatMap((part, index) => [...(index > 0 ? [0xff] : []), ...new TextEncoder().encode(part)]),
  )
}
