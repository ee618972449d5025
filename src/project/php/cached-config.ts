import {posix} from 'node:path'
import {blank} from '../code/code.ts'
import type {TextFile} from '../files/text.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import {unchangedAt} from '../image/moment.ts'
import type {MissingTask, Project} from '../image/programs/missing-tasks.ts'
import {programOf} from '../image/shell/command.ts'

/** Comments and texts of PHP, which may hold brackets. */
const notCode =
  /<<<[ \t]*["']?(\w{1,50})["']?\n[\s\S]{0,500}?\n[ \t]*\1\b|\/\*[\s\S]*?(?:\*\/|$)|(?:\/\/|#(?!\[))[^\n]*|'(?:[^'\\]|\\[\s\S])*'?|"(?:[^"\\]|\\[\s\S])*"?/g
const token = /\barray\s*\(|[()]|=>\s*(?:static\s+)?(?:fn|function)\b/g

/**
 * `php artisan config:cache` writes the configuration down as PHP and reads that again, which no closure stands
 * (Illuminate\Foundation\Console\ConfigCacheCommand: "Your configuration files are not serializable").
 */
export async function cachedConfig(
  command: BuildCommand,
  {reader, tracked}: Project,
): Promise<MissingTask | undefined> {
  const [, script = '', task = '', ...rest] = command.words
  if (!/^php[\d.]*$/.test(programOf(command) ?? '') || posix.basename(script) !== 'artisan') return undefined
  if (!/^(?:config:cache|optimize)$/.test(task) || rest.some((word) => /^--except/.test(word ?? '?'))) return undefined
  const {moment, folder, at} = command
  const place = posix.resolve(folder, posix.dirname(script), 'config')
  const entry = moment.files.get(place)
  const names = entry?.kind === 'folder' ? [...entry.entries.keys()].filter((name) => name.endsWith('.php')) : []
  for (const name of names.sort()) {
    const source = unchangedAt(command, posix.join(place, name), tracked)
    const file = await reader.text(source)
    const start = file && closureIn(file)
    if (!file || start === undefined) continue
    return {
      message: `php artisan ${task} stops: ${file.path} has a function for a value, which cannot be written into the cache`,
      at,
      related: [file.lineSpan(file.position(start).line)],
      hint: `Name a class with __invoke, or [SomeClass::class, 'method'], in the place of the function.`,
    }
  }
  return undefined
}

/** Where a value of the array is a function: not in the arguments of a call, which may run it. */
function closureIn({text}: TextFile): number | undefined {
  const code = text.replace(notCode, blank)
  const match = /^return\s*(?:\[|array\s*\()/m.exec(code)
  // What returns before may be another array.
  if (!match || /\breturn\b/.test(code.slice(0, match.index))) return undefined
  const {0: returned, index: from} = match
  const open: boolean[] = []
  const all = /\barray\s*\($/.test(returned) ? from : from + returned.length
  for (const {0: found, index} of code.slice(all).matchAll(token)) {
    if (found === ')') open.pop()
    else if (found.endsWith('(')) open.push(found === '(')
    else if (!open.includes(true)) return all + index
  }
  return undefined
}
