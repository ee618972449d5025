import type {FileLocation} from '../../check.ts'
import {hasSecretName, passwordInUrl, wellKnownSecret} from '../../secret-forms.ts'
import {isApart} from '../files/apart.ts'
import type {TextFile} from '../files/text.ts'
import {forTheBrowser} from './browser-variables.ts'

/** Made to be shown, or for tests. */
export const isShown = (path: string): boolean =>
  isApart(path) ||
  /\.(example|sample|template|schema|dist|defaults?|test|testing|ci|e2e|playwright|cypress|local-example)$/i.test(path)

/** Files of settings, in which secrets stand by their names. */
export const isSettings = (path: string): boolean =>
  /(^|\/)\.env(\.[\w-]+)*$|(^|\/)\.npmrc$|(^|\/)\.pypirc$|(^|\/)\.netrc$/.test(path)

/** Encrypted by dotenvx or sops: made to be in git. */
export const isEncrypted = (value: string): boolean => /^(?:encrypted:|ENC\[)/.test(value)

/** Values that stand for one. */
const placeholder =
  /change|replace|placeholder|example|sample|dummy|your|todo|x{4}|\*{3}|\.{3}|insert|s[e3]cret|password|local|[<>{}$]|^(?:test|fake|mock|demo|dev|ci|e2e)[-_]|characters?[-_]/i

/** `postgres://app:pw@database:5432`: a name without a dot is that of a neighbour in docker compose, and no host of its own. */
const isNeighbour = (value: string): boolean => /@[\w-]{1,100}(?::\d{1,5})?(?:[/?]|$)/.test(value)

/** Made to be read by everybody. What pays for something, no page should have: `sk-…`. */
const isOpen = (name: string, value: string): boolean =>
  /PUBLIC|PUBLISHABLE|ANON|SITE_?KEY/i.test(name) || (forTheBrowser.test(name) && !/^[sr]k[-_]/.test(value))

/** The first variable that surely holds a secret, by its name and its value; the value itself is never handed out. */
export function secretVariable(file: TextFile): {what: string; at: FileLocation} | undefined {
  for (let number = 1; number <= file.lineCount; number++) {
    const line = file.line(number)
    const [, name = '', written = ''] = /^\s*(?:export\s+)?([\w:/.-]+)\s*=\s*(.+?)\s*$/.exec(line) ?? []
    const value = written.replace(/^(["'])(.*)\1$/, '$2')
    if (!name || placeholder.test(value) || isEncrypted(value) || isOpen(name, value)) continue
    const token = /_authToken$|_password$/i.test(name)
    const isLong = value.length >= 16 && /\d/.test(value) && /[a-z]/i.test(value) && !/[\s/]/.test(value)
    const isSecret =
      wellKnownSecret(value) ??
      (isNeighbour(value) ? undefined : passwordInUrl(value)) ??
      ((token || hasSecretName(name)) && isLong)
    if (isSecret) return {what: token ? 'a token' : name, at: file.lineSpan(number)}
  }
  return undefined
}
