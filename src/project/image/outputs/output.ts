/** What the build of a language writes, and what it calls it. */
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {StepProject} from '../../toolchains/step-project.ts'
import type {BuildCommand} from '../build-commands.ts'

export interface Made {
  /** The folder of the image that it writes to. */
  folder: string
  /** All that it writes there of the kind that is looked for. */
  names: readonly string[]
  /** Names that its plugins and settings may give beside them. */
  mayWrite?: RegExp
  /** Why it is called so: `after the module example.com/shop`, `as -o web says`. */
  because: string
  /** Something that is not read may name it otherwise. */
  likely?: boolean
  /** Other commands write to such a place, too: it counts only where there are none. */
  alone?: boolean
}

export interface Project {
  reader: ProjectReader
  /** What git tracks. */
  tracked: Files
}

export interface OutputRule {
  /** In a message. */
  tool: string
  /** On the program without its folder, and its arguments: the commands that write it. */
  builds: RegExp
  /** In a RUN: other commands of the tool, which write nothing else that is looked for. */
  harmless: RegExp
  /** The paths that such a build alone writes to; it may have a pattern for its last part. */
  wanted: RegExp
  /** That folder is the tool's own: neither a base image nor anything else of the project lies there. */
  ownFolder: boolean
  /** What a build writes instead, or also; undefined where it cannot be told. */
  made(command: BuildCommand, wanted: string, project: Project): Promise<Made | undefined>
}

/** The files of the project as a command of the build sees them. */
export const stepOf = (command: BuildCommand, {reader}: Project): StepProject =>
  new StepProject(command.moment, {command, folder: command.folder}, reader)

/** The value of a flag, in either spelling; undefined where there is none or it cannot be known. */
export function flagValue(words: readonly (string | undefined)[], ...names: string[]): string | undefined {
  for (const [index, word] of words.entries()) {
    const [name = '', value] = word?.split(/=(.*)/s) ?? []
    if (names.includes(name)) return value ?? words[index + 1]
  }
  return undefined
}
