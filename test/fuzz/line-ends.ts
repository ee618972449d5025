import {check, type Project} from '../harness.ts'
import type {MemoryFile} from '../memory.ts'

/**
 * What preflight says otherwise of a project whose lines end with `\r\n`, as git makes them on Windows. A script that
 * cannot start because of that is another project, and so is one in which a `\r` stood before.
 */
export async function differencesByLineEnds(project: Project): Promise<string[]> {
  const files = Object.entries(project.files ?? {})
  if (files.some(([, file]) => textOf(file)?.includes('\r'))) return []
  const other = Object.fromEntries(files.map(([path, file]) => [path, withReturns(file)]))
  const [before, after] = [await told(project), await told({...project, files: other})]
  return [
    ...before.filter((each) => !after.includes(each)).map((each) => `only with \\n: ${each}`),
    ...after.filter((each) => !before.includes(each)).map((each) => `only with \\r\\n: ${each}`),
  ]
}

const textOf = (file: MemoryFile): string | undefined =>
  typeof file === 'string' ? file : 'text' in file ? file.text : undefined

function withReturns(file: MemoryFile): MemoryFile {
  // A program that is named with a carriage return is not there: that line is no matter of reading.
  const text = textOf(file)?.replace(/(?<!^#![^\n]*)\n/g, '\r\n')
  return text === undefined ? file : typeof file === 'string' ? text : {...file, text}
}

async function told(project: Project): Promise<string[]> {
  const {checks} = await check({...project, options: {offline: true, ...project.options}})
  return checks
    .filter(({id}) => id !== 'image/script-start')
    .flatMap(({id, outcome, findings}) => [
      `${id} ${outcome}`,
      ...findings.map(({severity, message, location}) => `${id} ${severity} ${JSON.stringify(location)} ${message}`),
    ])
}
