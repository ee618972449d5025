import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {programOf} from '../image/shell/command.ts'
import type {Inputs} from '../inputs.ts'
import {groupsRunning} from './command-groups.ts'
import {startedBy} from './processes.ts'

/** How far a program may let its heap grow, as it is told in so many words. */
export interface HeapSize {
  program: 'Java' | 'Node.js'
  /** `-Xmx2g`, and the variable that holds it, where it is one. */
  option: string
  variable: string | undefined
  mb: number
  at: FileLocation
  /** The process groups whose machines start it. */
  groups: readonly string[]
}

interface Runtime {
  program: HeapSize['program']
  starts: RegExp
  /** The option with its number; the last one counts. */
  option: RegExp
  mbOf(number: number, unit: string): number
  /** Variables that it reads itself, the stronger one last. */
  weaker: readonly string[]
  stronger: readonly string[]
}

const units: Readonly<Record<string, number>> = {k: 1 / 1024, m: 1, g: 1024, t: 1024 * 1024}

const runtimes: readonly Runtime[] = [
  {
    program: 'Java',
    starts: /^java$/,
    option: /(?:^|\s)(-(?:Xmx|XX:MaxHeapSize=)(\d+)([kmgt]?))(?=\s|$)/gi,
    mbOf: (number, unit) => number * (units[unit.toLowerCase()] ?? 1 / (1024 * 1024)),
    // docs.oracle.com, "The java Command": JDK_JAVA_OPTIONS is put before the arguments, _JAVA_OPTIONS behind them.
    weaker: ['JAVA_TOOL_OPTIONS', 'JDK_JAVA_OPTIONS'],
    stronger: ['_JAVA_OPTIONS'],
  },
  {
    program: 'Node.js',
    starts: /^node$/,
    option: /(?:^|\s)(--max[-_]old[-_]space[-_]size=(\d+)())(?=\s|$)/g,
    mbOf: (number) => number,
    weaker: ['NODE_OPTIONS'],
    stronger: [],
  },
]

/** The sizes of the heaps that the process groups ask for: in the command, else in the variables that the runtime reads. */
export async function loadHeapSizes(inputs: Inputs, facts: FactStore): Promise<Fact<HeapSize[]>> {
  const flyConfig = await facts.need('flyConfig')
  const {config} = flyConfig
  const image = await facts.value('image')
  const unknown = () => undefined
  const reading = {inShell: unknown, outside: unknown, packageScripts: true}
  const {started} = await startedBy(inputs, facts, reading)
  const found: HeapSize[] = []
  for (const {program, starts, option, mbOf, weaker, stronger} of runtimes) {
    for (const each of started) {
      const [first, ...rest] = each.command.words
      const runs = groupsRunning(each.by, flyConfig)
      if (!each.certain || runs.length === 0 || !starts.test(programOf(each.command) ?? '') || !first) continue
      // Behind the program's own name the words are those of the app.
      const own = rest.slice(0, firstArgument(rest))
      const said = [
        ...weaker.flatMap(variable),
        {name: undefined, value: own.map((word) => word ?? '?').join(' '), at: each.command.at},
        ...stronger.flatMap(variable),
      ]
      const options = said.flatMap(({name, value, at}) =>
        [...value.matchAll(option)].map(([, text = '', number, unit = '']) => ({
          option: text,
          variable: name,
          mb: mbOf(Number(number), unit),
          at,
        })),
      )
      const last = options.at(-1)
      const told = found.some(({at, option: same}) => at.line === last?.at.line && same === last?.option)
      if (last && !told) found.push({program, ...last, groups: runs})
    }
  }
  return known(found)

  /** [env] beats ENV of the image. */
  function variable(name: string): {name: string; value: string; at: FileLocation}[] {
    const value = config.env?.[name]
    if (value !== undefined) return [{name, value: String(value), at: flyConfig.at('env', name)}]
    const set = image?.final.env.get(name)
    return set?.value === undefined ? [] : [{name, value: set.value, at: set.at}]
  }
}

/** `-jar app.jar`, a class or a script: options of the runtime stand before it. */
function firstArgument(words: readonly (string | undefined)[]): number {
  const index = words.findIndex((word) => word !== undefined && (!word.startsWith('-') || word === '-jar'))
  return index < 0 ? words.length : index
}
