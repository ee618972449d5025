import {compare} from '../../compare.ts'
import {redact} from '../../redact.ts'
import type {ReporterContext} from '../index.ts'
import type {ReportedFinding} from '../report.ts'
import {type Html, html} from './html.ts'

type Fix = NonNullable<ReportedFinding['fix']>
type Edit = Fix['edits'][number]

/** The lines that an edit takes away and those that it puts there; undefined where the files cannot be read any more. */
export async function fixDiff(
  {title, edits}: Fix,
  {file: read}: Pick<ReporterContext, 'file'>,
): Promise<Html | undefined> {
  const parts: Html[] = []
  for (const each of together(edits)) {
    const [first] = each as [Edit]
    const last = each.at(-1) as Edit
    const file = await read(first.file)
    if (!file) return undefined
    const before = Array.from({length: last.endLine - first.line + 1}, (_, index) => file.line(first.line + index))
    let after = ''
    let [line, column] = [first.line, 1]
    for (const edit of each) {
      after += between(file, {line, column}, edit) + edit.text
      line = edit.endLine
      column = edit.endColumn
    }
    after += file.line(line).slice(column - 1)
    parts.push(
      html`<pre class="code diff"><span class="line file">${first.file}:${first.line}</span>${rows(before, '−')}${rows(after.split('\n'), '+')}</pre>`,
    )
  }
  return html`<details class="fix"><summary>The edit: ${title}</summary>${parts}</details>`
}

/** Edits on the same lines belong to one piece of the diff. */
function together(edits: readonly Edit[]): Edit[][] {
  const sorted = edits.toSorted((a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column)
  const groups: Edit[][] = []
  for (const edit of sorted) {
    const last = groups.at(-1)?.at(-1)
    if (last && last.file === edit.file && last.endLine >= edit.line) groups.at(-1)?.push(edit)
    else groups.push([edit])
  }
  return groups
}

interface Lines {
  line(number: number): string
}

/** The text from one position up to where an edit begins. */
function between(file: Lines, {line, column}: {line: number; column: number}, to: Edit): string {
  if (line === to.line) return file.line(line).slice(column - 1, to.column - 1)
  const whole = Array.from({length: to.line - line - 1}, (_, index) => file.line(line + 1 + index))
  return [file.line(line).slice(column - 1), ...whole, file.line(to.line).slice(0, to.column - 1)].join('\n')
}

const rows = (lines: readonly string[], sign: '−' | '+'): Html[] =>
  lines
    .filter((line, index) => line || index < lines.length - 1)
    .map((line) => {
      const text = redact(line.slice(0, 2000))
      const code = sign === '+' ? html`<ins>${text}</ins>` : html`<del>${text}</del>`
      return html`<span class="line ${sign === '+' ? 'added' : 'removed'}"><span class="number" aria-hidden="true">${sign}</span><code>${code}</code></span>`
    })
