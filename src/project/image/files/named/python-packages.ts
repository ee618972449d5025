/** The packages that pyproject.toml lists one by one: the backend stops at the first whose folder is not there. */
import {posix} from 'node:path'
import type {TextFile} from '../../../files/text.ts'
import type {Moment} from '../../moment.ts'
import type {Named} from './naming.ts'

/** `[tool.setuptools]` and its keys, up to the next table; a list may go over several lines. */
const setuptools = /^\[tool\.setuptools\][ \t]*\n((?:(?!\[).*\n?)*)/m
const poetry = /^\[tool\.poetry\][ \t]*\n((?:(?!\[).*\n?)*)/m
const list = /^packages[ \t]*=[ \t]*\[((?:[^[\]{}]|\{[^{}]*\})*)\]/m

/** Without a build backend uv installs what the project depends on, and not the project; one may be told to. */
const isLeftOut = (text: string, command: string, {variables}: Moment): boolean =>
  /^uv /.test(command) &&
  (!/^\[build-system\]/m.test(text) || /^package\s*=\s*false/m.test(text) || variables.has('UV_NO_INSTALL_PROJECT'))

/** setuptools: "error: package directory 'worker' does not exist", also for `-e`. */
export function* setuptoolsPackages({text}: TextFile, command: string, moment: Moment): Generator<Named> {
  if (isLeftOut(text, command, moment) || !isBuiltWith(text, /^setuptools\./) || /\bpackage[-_]dir\b/.test(text)) return
  for (const {inner, offset} of listIn(text, setuptools)) {
    for (const each of inner.matchAll(/["']([\w.]+)["']/g)) {
      const folder = (each[1] as string).replaceAll('.', '/')
      yield place(folder, offset + each.index, each[0])
    }
  }
}

/** Poetry: "ValueError: /app/shop does not contain any element" (poetry/core/masonry/utils/package_include.py). */
export function* poetryPackages({text}: TextFile): Generator<Named> {
  if (!isBuiltWith(text, /^poetry\./) || /^package-mode\s*=\s*false/m.test(text)) return
  for (const {inner, offset} of listIn(text, poetry)) {
    for (const each of inner.matchAll(/\{([^{}]*)\}/g)) {
      const value = (key: string) => new RegExp(`\\b${key}\\s*=\\s*["']([\\w./-]+)["']`).exec(each[1] as string)?.[1]
      const include = value('include')
      // What belongs to the sdist alone is not asked for here.
      if (include === undefined || /\bformat\b/.test(each[0]) || /\.py$/.test(include)) continue
      const folder = posix.join(value('from') ?? '', include)
      yield place(folder, offset + each.index, each[0])
    }
  }
}

/** Without a backend pip takes setuptools. */
function isBuiltWith(text: string, backend: RegExp): boolean {
  const [, named = 'setuptools.'] = /^build-backend\s*=\s*["']([^"']+)["']/m.exec(text) ?? []
  return backend.test(named) && !/^backend-path\s*=/m.test(text)
}

function* listIn(text: string, table: RegExp): Generator<{inner: string; offset: number}> {
  const section = table.exec(text)
  const body = section?.[1] ?? ''
  const found = list.exec(body)
  if (!section || !found) return
  const inner = found[1] as string
  const start = section.index + section[0].length - body.length + found.index
  yield {
    inner: inner.replace(/#.*$/gm, (comment) => ' '.repeat(comment.length)),
    offset: start + found[0].indexOf('[') + 1,
  }
}

/** The folder alone must be there: a part of it is enough, and one that is made for that. */
const place = (path: string, start: number, {length}: string): Named => ({
  path,
  start,
  end: start + length,
  sure: true,
})
