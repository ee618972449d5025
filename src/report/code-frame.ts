import {codeFrameColumns} from '@babel/code-frame'
import {type FileLocation, frameOf} from './frame.ts'
import type {ReporterContext} from './index.ts'

/** The lines around a place, with the place marked; undefined where there is no line to show. */
export async function codeFrame(
  at: FileLocation,
  context: Pick<ReporterContext, 'file' | 'width'>,
): Promise<string | undefined> {
  // Room for the indent and the line numbers.
  const frame = await frameOf(at, context, Math.max(30, (context.width ?? 120) - 14))
  if (!frame) return undefined
  const {first, lines, place} = frame
  const {line, start, end} = place
  const location = {start: {line, ...(start && {column: start})}, ...(end && {end: {line, column: end}})}
  const options = {linesAbove: 2, linesBelow: 1, highlightCode: false, startLine: first}
  return codeFrameColumns(lines.join('\n'), location, options).replace(/^/gm, '  ')
}
