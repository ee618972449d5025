import type {Stage} from './parse.ts'

/** Whether `--from` means this stage: by its name, whatever the case, or by its number. */
export const isNamed = (stage: Stage, from: string): boolean => namedBy(from)(stage)

export function namedBy(from: string): (stage: Stage) => boolean {
  const lower = from.toLowerCase()
  const number = /^\d+$/.test(from) ? Number(from) : undefined
  return ({name, index}) => name === lower || index === number
}
