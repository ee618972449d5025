import {posix} from 'node:path'
import {codeOf} from '../../code/code.ts'
import {exportedObject, objectAt} from '../../code/object-literal.ts'
import {scripts, type Tracked} from '../../files/files.ts'
import type {Build} from '../../image/build.ts'
import type {Command} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import type {OutputGap} from './framework-output.ts'

/** `next start` with `output: 'export'`: "next start" does not work with "output: export" (next's server/next.ts). */
export async function nextExport(
  {command: {words}, folder}: {command: Command; folder: string},
  {final}: Build,
  {reader}: Inputs,
  tracked: Tracked,
): Promise<(Pick<OutputGap, 'because' | 'related' | 'hint' | 'proven'> & {script: string}) | undefined> {
  const [first, ...rest] = words
  const own = first === 'npx' ? rest : words
  if (own[0]?.split('/').at(-1) !== 'next' || own[1] !== 'start' || /^[^-]/.test(own[2] ?? '')) return undefined
  const [source, another] = scripts('next.config').flatMap(
    (name) => final.files.ownSource(posix.resolve('/', folder, name), tracked) ?? [],
  )
  const file = source === undefined || another ? undefined : await reader.text(source)
  const code = file && codeOf(file)
  // What a RUN makes of it is not followed; nor is what the file itself changes later.
  if (final.unknown.some(({by, text = ''}) => by === 'run' && /next\.config/.test(text))) return undefined
  if (!file || !code || /\.output\s*=(?!=)|\bdelete\b/.test(code.bare)) return undefined
  const span = exportedObject(code)
  const value = span && code.bare[span.start] === '{' ? objectAt(code, span).get('output') : undefined
  const isExport = value && /^(["'])export\1$/.test(code.text.slice(value.start, value.end))
  // A wrapper around the object may change it; a condition does.
  const loose = /^[ \t]*output\s*:\s*["']export["'][ \t]*(?:,[ \t]*)?$/m.exec(code.text)
  const isLoose = !span && loose && !/process\.env|\bphase\b/.test(code.text)
  if (!isExport && !isLoose) return undefined
  const at = value ?? {
    start: (loose as RegExpExecArray).index,
    end: (loose as RegExpExecArray).index + (loose as RegExpExecArray)[0].length,
  }
  return {
    script: 'next start',
    because: `${file.path} says output: 'export', and then it stops: there is no server, only the pages in out`,
    related: [file.span(at.start, at.end)],
    hint: `Serve out with a web server, for instance npx serve out; or remove output: 'export' from ${file.path}.`,
    proven: isExport === true,
  }
}
