import type {FileLocation, Fix} from './check.ts'

/** The cure that replaces what stands at a place, as `valueAt` and `keyAt` give it; none where the place has no extent. */
export function replace({file, line, column, endLine, endColumn}: FileLocation, text: string): Fix | undefined {
  if (!line || !column || !endLine || !endColumn) return undefined
  return {title: `Write ${text}`, edits: [{file, line, column, endLine, endColumn, text}]}
}
