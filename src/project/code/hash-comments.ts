import {blank} from './code.ts'

/** A text in which lines that are comments of a shell, of Python, Ruby or Elixir are blank, so that offsets stay. */
export const withoutHashLines = (text: string): string => text.replace(/^[ \t]*#.*$/gm, blank)
