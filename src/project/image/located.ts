import {posix} from 'node:path'
import type {BuildStep} from './build-stage.ts'
import type {Command} from './shell.ts'

/** A command with the folder that it runs in. */
export interface Located {
  command: Command
  folder: string
}

/** The commands of a RUN with their folders; none behind one that goes somewhere unknown. */
export function located({commands, workingDir}: Pick<BuildStep, 'commands' | 'workingDir'>): Located[] {
  const found: Located[] = []
  let folder = workingDir
  for (const command of commands) {
    if (command.words[0] === 'cd') {
      if (command.words[1] === undefined || command.conditional) break
      folder = posix.resolve(folder, command.words[1])
    } else found.push({command, folder})
  }
  return found
}
