import type {Stage} from './parse.ts'

/** Whether `--from` means this stage: by its name, whatever the case, or by its number. */
export const isNamed = ({name, index}: Stage, from: string): boolean =>
  name === from.toLowerCase() || String(index) === from
