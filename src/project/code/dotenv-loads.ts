import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {allInstructions, flagOf} from '../dockerfile/parse.ts'
import {copyOf} from '../image/files/context-path.ts'
import {isBelow} from '../image/files/image-path.ts'
import {mayBring} from '../image/may-hold.ts'
import type {Inputs} from '../inputs.ts'
import {startedCommands} from '../processes/processes.ts'
import {blocksAround, type Code, placeOf} from './code.ts'
import {codeContext} from './code-context.ts'
import {startedCode} from './started-code.ts'

/** A program that reads .env when it starts and ends without it, where the image has none. */
export interface DotenvLoad {
  by: string
  /** `godotenv.Load`. */
  reader: string
  at: FileLocation
  /** Where it would stand in the image. */
  path: string
  /** The line of .dockerignore that keeps such a file out. */
  rule: FileLocation | undefined
  /** It stands in main itself, under no condition. */
  certain: boolean
}

const ends = /(?:\blog\w{0,30}\.(?:Fatal|Panic)\w{0,10}|\bpanic|\bos\.Exit)\s{0,5}\(/

const readers: readonly {language: Code['language']; name: string; call: RegExp}[] = [
  {
    language: 'go',
    name: 'godotenv.Load',
    // `if err := godotenv.Load(); err != nil {`, and the same on two lines.
    call: new RegExp(
      String.raw`\bgodotenv\.(?:Load|Overload)\(\s{0,20}(?:"\.env"\s{0,20})?\)(?:;|\s{0,50}\n\s{0,50}if)\s{0,20}\w{1,20}\s{0,5}!=\s{0,5}nil\s{0,5}\{\s{0,50}${ends.source}`,
      'g',
    ),
  },
  {
    language: 'rust',
    name: 'dotenv',
    // `dotenv()?;` and `dotenv().context("…")?;` as well.
    call: /\b(?:dotenvy?::)?dotenv\(\)\s{0,50}(?:\.(?:expect|unwrap)\(|(?:\.(?:with_)?context\([^;?]{0,200}\)\s{0,50})?\?\s{0,10};)/g,
  },
]

/** joho/godotenv returns the error of os.Open, and so do dotenv and dotenvy of Rust, which look in folders above, too. */
export async function loadDotenvLoads(inputs: Inputs, facts: FactStore): Promise<Fact<DotenvLoad[]>> {
  const [[build, context], flyConfig] = await Promise.all([
    facts.needAll('build', 'buildContext', 'files'),
    facts.value('flyConfig'),
  ])
  const {final, has} = build
  const folder = final.config.workingDir || '/'
  const path = posix.join(folder, '.env')
  const {mounts = [], files: laid = []} = flyConfig?.config ?? {}
  const covered = [...mounts.map(({destination}) => destination), ...laid.map((each) => each.guest_path)]
  if (has(path) !== 'no' || mayBring(final, path) || covered.some((each) => each && isBelow(path, each)))
    return known([])
  const rule = context.ruleAgainst('/.env')
  // The folder of whoever deploys may have one, which comes along with the folder around it.
  const brings = allInstructions(final.stage).some(
    (each) =>
      flagOf(each, 'from') === undefined &&
      copyOf(each)?.sources.some((source) => /^\.\/?$/.test(source) || source.includes('.env')),
  )
  if (brings && !rule) return known([])
  const code = await codeContext(inputs, facts)
  const {started, scripts, texts} = await startedCommands(facts)
  // What is started before may write one.
  if ([...scripts.map(({file}) => file), ...texts].some(({text}) => text.includes('.env'))) return known([])
  const found: DotenvLoad[] = []
  for (const {by, command, certain} of started) {
    if (!certain) continue
    for (const each of (await startedCode(command.words, code)).files) {
      const kind = readers.find(({language}) => language === each.language)
      for (const match of kind ? each.text.matchAll(kind.call) : []) {
        const blocks = blocksAround(each, match.index)
        const [first = ''] = blocks
        // In a condition it may be for a developer alone.
        if (each.bare[match.index] !== each.text[match.index] || blocks.length !== 1 || found.length > 0) continue
        const at = placeOf(each, {start: match.index, end: match.index + match[0].length})
        const isMain = /\b(?:func (?:main|init)\(\)|fn main\(\))/.test(first)
        // The caller of another function may go on.
        if (!isMain && match[0].endsWith(';')) continue
        found.push({by, reader: kind?.name ?? '', at, path, rule, certain: isMain})
      }
    }
  }
  return known(found)
}
