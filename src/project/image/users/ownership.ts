import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import type {Dockerfile} from '../../dockerfile/dockerfile.ts'
import {allInstructions, flagOf, type Instruction, instructionsBefore, lineage} from '../../dockerfile/parse.ts'
import {isNamed} from '../../dockerfile/stage-name.ts'
import type {Build} from '../build.ts'
import {copyOf} from '../files/context-path.ts'
import type {FileTree} from '../files/file-tree.ts'
import {isBelow} from '../files/image-path.ts'
import type {Past} from '../history.ts'
import {commandsByRun, type Moment} from '../moment.ts'
import {type Command, programOf} from '../shell/command.ts'
import {runCommands} from '../shell/shell.ts'

export const isRoot = (user: string): boolean => /^(|root|0)(:|$)/.test(user)

/** Programs that give files to others, or let others write. */
const gives = /^(chown|chgrp|chmod|install|setfacl)$/

/** Folders for an app in those of the system: WORKDIR makes them, as base images do not. */
const ofWorkdir = /^\/(home\/[^/]+|usr\/src|opt)\/[^/]+$/

/**
 * Who may write in the final image, or in a stage as a RUN finds it. COPY and WORKDIR give what they make to root, whatever
 * USER says, but for a WORKDIR that comes behind USER (dockerfile2llb: dispatchCopy, dispatchWorkdir).
 */
export class Ownership {
  /** As whom the machine, or the RUN, runs; '' for root. */
  readonly user: string
  /** Where the image gives folders to that user, the last one; else its USER. */
  readonly at: FileLocation
  readonly #build: Build
  readonly #dockerfile: Dockerfile
  readonly #instructions: readonly Instruction[]
  readonly #files: FileTree
  readonly #env: Past

  constructor(build: Build, dockerfile: Dockerfile, moment?: Moment) {
    this.#build = build
    this.#dockerfile = dockerfile
    this.#instructions = moment
      ? instructionsBefore(moment.stage, moment.instruction)
      : allInstructions(build.final.stage)
    this.#files = moment?.files ?? build.final.files
    this.#env = moment?.env ?? build.final.config.env
    const written = this.#instructions.findLast(({keyword}) => keyword === 'USER')?.text.trim() ?? ''
    const user = moment ? written : build.final.config.user
    this.user = isRoot(user) || user.includes('$') ? '' : user
    const commands = this.#instructions.flatMap((each) => this.#commandsOf(each) ?? [])
    const last = commands.findLast((each) => programOf(each) === 'chown')
    const instruction = this.#instructions.findLast(({keyword}) => keyword === 'USER')
    this.at = last?.at ?? instruction?.at ?? build.final.stage.at
  }

  /** The folder of root's that keeps that user from writing there: it, or the nearest above that is in the image. */
  closedBy(path: string): string | undefined {
    if (this.user === '') return undefined
    let place = path
    while (place !== '/' && !this.#files.get(place)) place = posix.dirname(place)
    // What the base image brings has owners of its own.
    const ofBase = /^\/(tmp|var|home|root|run|dev|usr|opt|etc|mnt)(\/|$)/.test(place)
    if (place === '/' || (ofBase && !(ofWorkdir.test(place) && this.#isWorkdir(place)))) return undefined
    // Of what is not seen, a RUN may make a part and give it away.
    for (let each = path; isBelow(each, place); each = posix.dirname(each)) if (this.#isGiven(each)) return undefined
    return place
  }

  #isWorkdir(place: string): boolean {
    let workdir = '/'
    return this.#instructions.some(({keyword, words}) => {
      if (keyword === 'WORKDIR') workdir = posix.resolve(workdir, words.join(' '))
      return keyword === 'WORKDIR' && workdir === place
    })
  }

  /** Whether something may give this place to another user than root. */
  #isGiven(place: string): boolean {
    let workdir = '/'
    let asRoot = true
    const ofRoot = new Set<string>()
    for (const instruction of this.#instructions) {
      const {keyword, words, text} = instruction
      if (keyword === 'USER') asRoot = isRoot(text.trim())
      else if (keyword === 'WORKDIR') {
        workdir = posix.resolve(workdir, words.join(' '))
        if (asRoot) ofRoot.add(workdir)
        if (!asRoot && (isBelow(place, workdir) || isBelow(workdir, place))) return true
      } else if (keyword === 'COPY' || keyword === 'ADD') {
        if (this.#copyGives(instruction, {workdir, ofRoot}, place)) return true
      } else if (keyword === 'RUN' && this.#runGives(instruction, workdir, place, asRoot)) return true
    }
    return false
  }

  /** `ofRoot`: folders that WORKDIR has made by then. */
  #copyGives(
    instruction: Instruction,
    {workdir, ofRoot}: {workdir: string; ofRoot: ReadonlySet<string>},
    place: string,
  ): boolean {
    const target = copyOf(instruction)?.target ?? ''
    const path = posix.resolve(workdir, target)
    const touches = target.includes('$') || isBelow(place, path) || isBelow(path, place)
    if (!touches) return false
    const owner = flagOf(instruction, 'chown')
    // A folder that is there keeps its owner: it is what COPY brings into it that has the new one.
    const isKept = ofRoot.has(path) && (place === path || !this.#files.get(place))
    if (owner !== undefined) return !isRoot(owner) && !isKept
    if (flagOf(instruction, 'chmod') !== undefined) return true
    const from = flagOf(instruction, 'from')
    if (from === undefined) return false
    // What another stage gave away may stay so.
    const other = this.#build.stages.find(({stage}) => isNamed(stage, from))
    if (!other) return true
    return lineage(other.stage).some(({instructions}) =>
      instructions.some(
        (each) =>
          (each.keyword === 'USER' && !isRoot(each.text.trim())) ||
          flagOf(each, 'chown') !== undefined ||
          (each.keyword === 'RUN' &&
            /\b(chown|chmod|setfacl|install)\s/.test(
              each.text.replace(
                /\b(npm|apt-get|apt|bundle|yarn|pnpm|pip|bun|gem)\s+(-\S{1,100}\s+){0,10}install\b/g,
                '',
              ),
            )),
      ),
    )
  }

  #runGives(instruction: Instruction, workdir: string, place: string, asRoot: boolean): boolean {
    const commands = this.#commandsOf(instruction)
    if (!commands || /\b(find|xargs)\b/.test(instruction.text)) return true
    // It may make the folder anew, or has been given it.
    if (!asRoot && instruction.text.includes(posix.basename(place))) return true
    let folder = workdir
    for (const command of commands) {
      const words = command.words
      if (words[0] === 'cd') folder = words[1] === undefined ? '/' : posix.resolve(folder, words[1])
      const name = programOf(command)
      if (name === undefined || /\.sh$/.test(name)) return true
      if (/^(useradd|adduser)$/.test(name) && words.includes(place)) return true
      if (!gives.test(name)) continue
      const all = words.some((word) => /^(-\w*R\w*|--recursive)$/.test(word ?? ''))
      for (const word of words.slice(1)) {
        if (word === undefined || /[*?[{]/.test(word)) return true
        if (word.startsWith('-')) continue
        const path = posix.resolve(folder, word)
        if (path === place || (all && isBelow(place, path))) return true
      }
    }
    return false
  }

  #commandsOf(instruction: Instruction): Command[] | undefined {
    if (instruction.keyword !== 'RUN') return []
    const answered = commandsByRun(this.#build).get(instruction)
    if (answered) return [...answered]
    return runCommands(this.#dockerfile.file, instruction, (name) => this.#env.get(name))
  }
}
