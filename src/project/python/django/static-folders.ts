import {posix} from 'node:path'
import {type Code, codeOf, lineAt, parts, type Span} from '../../code/code.ts'
import {pathExpression} from '../../code/folders/path-expression.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import type {DjangoSettings} from './settings-files.ts'
import {type SettingsValues, textsOf} from './settings-values.ts'

/** The folder of the image that a setting names; undefined where it is set twice, or cannot be read. */
export function settingPath(name: string, settings: DjangoSettings, command: BuildCommand): string | undefined {
  const given = assigned(name, settings)
  return given && settingPlace(given.code, given.span, settings, command.folder)
}

/**
 * Where collectstatic looks for files of the project: STATICFILES_DIRS, and the folder `static` of each of its apps
 * (django/contrib/staticfiles/finders.py). None where not all of them can be told.
 */
export function staticFolders(settings: DjangoSettings, values: SettingsValues, command: BuildCommand): string[] {
  const apps = textsOf(values.get('INSTALLED_APPS'))
  if (!apps || /STATICFILES_FINDERS/.test(settings.text)) return []
  const ofApps = apps.flatMap((app) => {
    const folder = posix.join(settings.root, ...app.replace(/\.apps\.[A-Z]\w*$/, '').split('.'), 'static')
    return command.moment.files.get(folder)?.kind === 'folder' ? [folder] : []
  })
  if (!/STATICFILES_DIRS/.test(settings.text)) return ofApps
  const given = assigned('STATICFILES_DIRS', settings)
  const items = given && listItems(given.code, given.span)
  const named = items?.map((item) => settingPlace(given?.code as Code, item, settings, command.folder))
  return named?.every((place) => place !== undefined) ? [...named, ...ofApps] : []
}

/** The one expression that a setting is given, at the top level of a module that is surely loaded. */
export function assigned(name: string, {files, certain}: DjangoSettings): {code: Code; span: Span} | undefined {
  const codes = files.flatMap((file) => codeOf(file) ?? [])
  const mentions = codes.flatMap((code) =>
    [...code.bare.matchAll(new RegExp(`\\b${name}\\b(?=\\s*(?:\\+?=(?!=)|\\.(?:append|extend|insert)|\\[))`, 'g'))].map(
      ({index}) => ({code, index}),
    ),
  )
  const [only, another] = mentions
  if (!only || another || !certain.includes(only.code.file)) return undefined
  const {code, index} = only
  const sign = /^\w+\s*(?::[^=\n]{1,100})?=(?!=)\s*/.exec(code.bare.slice(index, index + 200))?.[0]
  const isTop = index === 0 || code.bare[index - 1] === '\n'
  if (sign === undefined || !isTop) return undefined
  const start = index + sign.length
  return {code, span: lineAt(code, start)}
}

function listItems(code: Code, {start, end}: Span): Span[] | undefined {
  const close = code.bare.slice(start, end).trimEnd().at(-1)
  if (!/[[(]/.test(code.bare[start] ?? '') || !/[\])]/.test(close ?? '')) return undefined
  const inside = {start: start + 1, end: start + code.bare.slice(start, end).trimEnd().length - 1}
  return parts(code, inside, /,/y).filter((span) => code.text.slice(span.start, span.end).trim())
}

/** What an expression of the settings is as a path of the image; `cwd`: where the command runs. */
export function settingPlace(code: Code, span: Span, {places}: DjangoSettings, cwd: string): string | undefined {
  const path = pathExpression(code, span)
  const place = places.get(code.file)
  if (!path || !place || path.from === 'manifest') return undefined
  return posix.resolve(path.from === 'file' ? posix.dirname(place) : cwd, path.path)
}
