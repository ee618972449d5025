import type {TextFile} from '../../files/text.ts'
import {maskSql} from '../sql.ts'
import type {Step} from '../steps.ts'

/** The statements of a file of SQL, or of a part of it, as steps of a migration, each with its place. */
export function sqlSteps(file: TextFile, isSure: boolean, begin = 0, end = file.text.length): Step[] {
  const steps: Step[] = []
  let start = begin
  for (const part of maskSql(file.text).slice(begin, end).split(';')) {
    const from = start + (part.length - part.trimStart().length)
    const to = start + part.trimEnd().length
    start += part.length + 1
    if (part.trim() === '') continue
    const at = file.span(from, to)
    const text = {kind: 'text' as const, text: file.text.slice(from, to), at}
    const call = {
      kind: 'call' as const,
      name: 'sql',
      method: 'sql',
      receiver: undefined,
      args: [text],
      keywords: new Map(),
      at,
    }
    steps.push({
      call,
      at,
      table: undefined,
      conditional: false,
      mayFail: false,
      goesOn: false,
      isSure,
      autocommit: false,
    })
  }
  return steps
}
