import {movesFiles} from '../image/may-hold.ts'
import {type Started, textOf} from './processes.ts'

/** Whether what a machine starts may lay a file of this name itself: it fetches or copies files, or writes one of that name. */
export const startBrings = (started: readonly Started[], by: string, name: string): boolean =>
  started.some(
    (each) =>
      each.by === by &&
      (movesFiles(textOf(each.command)) ||
        each.command.words[0] === 'tee' ||
        each.command.writes?.some((path) => path.endsWith(name))),
  )
