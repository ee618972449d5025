import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {allInstructions, type Instruction} from '../dockerfile/parse.ts'
import type {Moment} from '../image/moment.ts'
import {programOf} from '../image/shell/command.ts'
import type {Inputs} from '../inputs.ts'

/** A source of Rust that cargo takes for the stub that it has compiled in its place. */
export interface StaleStub {
  /** As the RUN names it that writes the stub: `src/main.rs`. */
  name: string
  /** The second `cargo build`. */
  at: FileLocation
  /** The RUN that writes the stub. */
  stub: FileLocation
  /** The COPY that brings the source. */
  copy: FileLocation
}

/**
 * Cargo compiles again what is newer than its last build, by the times of the files, and COPY keeps those of the context:
 * where the stubs are compiled in a new builder, they are younger than all sources (doc.rust-lang.org/cargo, "Build
 * cache"; github.com/rust-lang/cargo, core/compiler/fingerprint). Missed: sources that come from another stage.
 */
export async function loadStaleStubs(_: Inputs, facts: FactStore): Promise<Fact<StaleStub[]>> {
  const [{stages}, files] = await Promise.all([facts.need('build'), facts.value('files')])
  const moments = new Map(stages.flatMap(({moments: own}) => own.map((each) => [each.instruction, each] as const)))
  const found: StaleStub[] = []
  for (const {stage, moments: own} of stages) {
    const runs = allInstructions(stage).filter(({keyword}) => keyword === 'RUN')
    for (const moment of own) {
      const built = buildOf(moment)
      if (!built || hasOwnTarget(moment)) continue
      const before = runs.slice(0, runs.indexOf(moment.instruction))
      const stub = stubsIn(before, moments).find(({path, run}) => {
        const behind = before.slice(before.indexOf(run))
        const first = behind.find((each) => {
          const then = moments.get(each)
          return then && buildOf(then, true)?.flags === built.flags && !hasOwnTarget(then)
        })
        const source = moment.files.get(path)
        const isLaid = source?.kind === 'file' && files?.has(source.source)
        // The first build had the source itself.
        const wasLaid = first && moments.get(first)?.files.get(path)?.kind === 'file'
        if (!first || !isLaid || wasLaid || !isWanted(path, built.words)) return false
        const later = [...behind.slice(behind.indexOf(first) + 1), moment.instruction].map(({text}) => text)
        // `cargo build && rm target/release/deps/shop*`
        const [, behindBuild = ''] = /.*\bcargo\s+b(?:uild)?\b(.*)$/s.exec(first.text) ?? []
        return ![behindBuild, ...later].some((text) => renews(text, path))
      })
      const source = stub && moment.files.get(stub.path)
      if (!stub || source?.kind !== 'file') continue
      found.push({name: stub.name, at: built.at, stub: stub.run.at, copy: source.at})
      break
    }
  }
  return known(found)
}

/** The last `cargo build` of a RUN, and what its results are kept apart by. */
function buildOf(
  {commands, instruction}: Moment,
  ofStubs = false,
): {words: readonly string[]; flags: string; at: FileLocation} | undefined {
  // `cargo build || true` of stubs is for those of libraries: a program of one line is compiled.
  const mayFail = ofStubs && /\bcargo build\b[^;&|]{0,300}\|\|\s{0,9}true\b/.test(instruction.text)
  const build = commands.findLast(
    (each) =>
      programOf(each) === 'cargo' && /^(?:build|b|leptos)$/.test(each.words[1] ?? '') && (mayFail || !each.conditional),
  )
  if (!build || build.words.includes(undefined)) return undefined
  const words = build.words as string[]
  const value = (name: string) => words[words.indexOf(name) + 1]
  const kept = ['--target', '--profile', '--target-dir'].filter((name) => words.includes(name)).map(value)
  return {words, at: build.at, flags: [words[1], words.some((word) => /^(?:--release|-r)$/.test(word)), ...kept].join()}
}

/** A cache for the results, which this RUN alone may have, or a folder that a variable names. */
const hasOwnTarget = ({instruction, variables}: Moment): boolean =>
  /target\b[^,\s]{0,200}\/target\b|CARGO_TARGET_DIR|CARGO_BUILD_TARGET_DIR/.test(
    `${instruction.line.flags.join(' ')} ${instruction.text}`,
  ) || variables.has('CARGO_TARGET_DIR')

interface Stub {
  name: string
  path: string
  run: Instruction
}

const stubsIn = (runs: readonly Instruction[], moments: ReadonlyMap<Instruction, Moment>): Stub[] =>
  runs.flatMap((run) => {
    const folder = moments.get(run)?.workingDir
    const text = run.text.replace(/\\\r?\n/g, ' ')
    if (folder === undefined || /\bcd\s|\bfor\s/.test(text)) return []
    const written = [...text.matchAll(/\b(?:echo|printf)\s[^>;&|\n]{0,300}?>{1,2}\s*["']?([\w./-]{1,200}\.rs)\b/g)]
    const touched = [...text.matchAll(/\btouch\s+((?:[\w./-]{1,200}\.rs\s*){1,30})/g)]
    return [...written, ...touched]
      .flatMap(([, names = '']) => names.trim().split(/\s+/))
      .filter((name) => /(?:^|\/)src\//.test(name))
      .map((name) => ({name, path: posix.resolve(folder, name), run}))
  })

/** Whether a build compiles it: that of one package does not compile all others. */
function isWanted(path: string, words: readonly string[]): boolean {
  const index = words.findIndex((word) => /^(?:-p|--package)$/.test(word))
  return index < 0 || path.includes(`/${words[index + 1]}/src/`)
}

/** Whether a RUN makes it younger, or has cargo forget what it has compiled. */
function renews(text: string, path: string): boolean {
  const plain = text.replace(/\\\r?\n/g, ' ')
  if (/\bcargo\s+clean\b|\brm\s[^;&|\n]{0,300}(?:target|deps|fingerprint|release)|\.sh\b|\bmake\b|\bjust\b/.test(plain))
    return true
  return plain.split(/&&|[;\n]/).some((part) => {
    if (!/\btouch\b|\bsed\s+-i/.test(part)) return false
    return (
      /\bfind\b|\bxargs\b|[*{$]/.test(part) ||
      part.split(/\s+/).some((word) => word && path.endsWith(word.replace(/^\.\//, '')))
    )
  })
}
