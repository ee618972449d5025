import type {FileLocation} from '../../check.ts'

export type Path = readonly (string | number)[]

/** A parsed TOML, YAML or JSON file: its value and where each key stands. */
export interface Document {
  /** Plain tables, arrays, strings, numbers, booleans and dates. */
  value: Record<string, unknown>
  /** The place of a key; of its nearest existing parent when the key is missing. */
  at(path: Path): FileLocation
}

/** Why a file could not be parsed, and where. */
export interface SyntaxProblem {
  message: string
  at: FileLocation
  hint?: string
}

/** `http_service.checks[0].type`: flyctl's spelling of a path. */
export function keyPath(path: Path): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('')
}

export const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
