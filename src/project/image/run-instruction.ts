/** What a RUN finds and what it may leave behind, without running it. */
import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {once} from '../../once.ts'
import {type Instruction, instructionsBefore, mountsOf, textBefore} from '../dockerfile/parse.ts'
import {fileAnswers} from './files/file-answers.ts'
import type {FileTree} from './files/file-tree.ts'
import {missingNeed} from './files/needs.ts'
import {runCommands} from './shell/shell.ts'
import type {StageWork} from './stage-work.ts'

/** `files`: those of the stage by now; RUNs without a COPY between them see the same. */
export function run(instruction: Instruction, work: StageWork, files: () => FileTree): void {
  const {at, text} = instruction
  lookForMounts(instruction, work)
  lookForNeeds(instruction, work, files)
  noteUnscoped(text, at, work)
  const folder = posix.resolve('/', work.result.config.workingDir)
  work.result.unknown.push({by: 'run', path: '/', why: 'a RUN may write anywhere', at, text, folder})
}

/** What a bind mount takes from the context must be there before the RUN begins. */
function lookForMounts(instruction: Instruction, {context, result, dockerfile}: StageWork): void {
  for (const mount of mountsOf(instruction)) {
    const source = mount.get('source') ?? mount.get('src')
    const isOfContext = (mount.get('type') ?? 'bind') === 'bind' && !mount.has('from')
    if (!isOfContext || !source || source.includes('$')) continue
    const path = posix.resolve('/', source)
    if (path === '/' || context.entry(path)) continue
    const message = `${source} is not there`
    const missing = {path, from: undefined, leftOut: context.leftOut(path)}
    result.problems.push({kind: 'copy', message, at: placeOfMount(instruction, source, dockerfile), missing})
  }
}

/** The line of a RUN that has the mount. */
function placeOfMount({at}: Instruction, source: string, {file}: StageWork['dockerfile']): FileLocation {
  const {line = 1, endLine = line} = at
  for (let number = line; number <= endLine; number++) {
    if (/--mount/.test(file.line(number)) && file.line(number).includes(source)) return file.lineSpan(number)
  }
  return at
}

function lookForNeeds(instruction: Instruction, work: StageWork, files: () => FileTree): void {
  const {stage, result, variables, dockerfile} = work
  const {config, problems, moments, unknown} = result
  // What a COPY did not bring is told there.
  if (problems.some(({kind, missing}) => kind === 'copy' && !missing?.likely && !missing?.elsewhere)) return
  const without: string[] = []
  const answer = fileAnswers(instruction, work, files, without)
  const commands = runCommands(dockerfile.file, instruction, (name) => variables.get(name), answer)
  const workingDir = posix.resolve('/', config.workingDir)
  if (commands) {
    const now = {files: files(), env: config.env.now(), variables: variables.now()}
    const {length} = unknown
    moments.push({
      stage,
      instruction,
      commands,
      workingDir,
      without,
      ...now,
      // Not a copy for each: thousands of RUNs would need room for millions.
      get unknown() {
        return unknown.slice(0, length)
      },
    })
  }
  const missing = missingNeed(commands ?? [], workingDir, {
    stage: result,
    mounts: mountsOf(instruction),
    text: instruction.text,
    before: (place) => textBefore(dockerfile.file, instruction, place),
  })
  if (!missing) return
  const {places, ...rest} = missing
  problems.push({kind: 'need', ...rest, needed: {places, before: instructionsBefore(stage, instruction)}})
}

/** The shell fills in what BuildKit hands it: the variables of this stage. */
function noteUnscoped(text: string, at: FileLocation, {variables, dockerfile, result}: StageWork): void {
  const assigns = once((name: string) =>
    // `NAME=$NAME` fills nothing in.
    new RegExp(`\\b${name}=(?!["']?\\$\\{?${name}\\b)|\\bread\\b[^\\n]{0,200}\\b${name}\\b|\\bfor ${name}\\b`).test(
      text,
    ),
  )
  for (const [, name = ''] of text.matchAll(/\$\{?([A-Za-z_]\w*)/g)) {
    if (!variables.has(name) && dockerfile.globals.get(name) && !assigns(name)) result.unscoped.push({name, at})
  }
}
