import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {hasSecretName, passwordInUrl, wellKnownSecret} from '../../secret-forms.ts'
import type {Inputs} from '../inputs.ts'
import type {TextFile} from '../text.ts'

/** A file of the build context with a secret in it, which the final image holds. */
export interface SecretFile {
  /** In the context, and in the image. */
  source: string
  path: string
  /** The variable, or what the file is. */
  what: string
  at: FileLocation
  /** The COPY that brings it. */
  copy: FileLocation
}

/** Made to be shown, or for tests. */
const shown =
  /(^|\/)(tests?|__tests__|spec|fixtures|testdata|examples?|docs?|node_modules|vendor|site-packages)\/|\.(example|sample|template|dist|defaults?|test|testing|ci|local-example)$/i
const settings = /(^|\/)\.env(\.[\w-]+)*$|(^|\/)\.npmrc$|(^|\/)\.pypirc$|(^|\/)\.netrc$/
const keys = /(^|\/)id_(rsa|ed25519|ecdsa|dsa)$|\.(pem|key)$/
const credentials = /(^|\/)[\w.-]*(service[-_]?account|credentials?|firebase[\w-]*|gcp[\w-]*|keyfile)[\w.-]*\.json$/i

/** Values that stand for one. */
const placeholder =
  /change|replace|placeholder|example|sample|dummy|your|todo|x{4}|\*{3}|\.{3}|insert|secret|password|local|[<>{}$]/i

export async function loadSecretFiles({reader}: Inputs, facts: FactStore): Promise<Fact<SecretFile[]>> {
  const build = await facts.get('build')
  if (build.state !== 'ok') return build
  const {final} = build.value
  const found: SecretFile[] = []
  for (const [path, {kind, source, at: copy}] of final.files.files()) {
    if (kind !== 'file' || shown.test(source)) continue
    if (!settings.test(source) && !keys.test(source) && !credentials.test(source)) continue
    // A RUN of the stage may take it away again.
    if (final.unknown.some(({text = ''}) => text.includes(posix.basename(path)))) continue
    const file = await reader.text(source)
    const secret = file && (settings.test(source) ? variableIn(file) : keyIn(file))
    if (file && secret) found.push({source, path, copy, ...secret})
  }
  return known(found)
}

function keyIn(file: TextFile): {what: string; at: FileLocation} | undefined {
  const found = /-----BEGIN [A-Z ]*PRIVATE KEY-----/.exec(file.text)
  return found ? {what: 'a private key', at: file.lineSpan(file.position(found.index).line)} : undefined
}

/** The first variable that surely holds a secret, by its name and its value. */
function variableIn(file: TextFile): {what: string; at: FileLocation} | undefined {
  for (let number = 1; number <= file.lineCount; number++) {
    const line = file.line(number)
    const [, name = '', written = ''] = /^\s*(?:export\s+)?([\w:/.-]+)\s*=\s*(.+?)\s*$/.exec(line) ?? []
    const value = written.replace(/^(["'])(.*)\1$/, '$2')
    if (!name || placeholder.test(value) || /PUBLIC|PUBLISHABLE|ANON/i.test(name)) continue
    const token = /_authToken$|_password$/i.test(name)
    const isLong = value.length >= 16 && /\d/.test(value) && /[a-z]/i.test(value) && !/[\s/]/.test(value)
    const isSecret = wellKnownSecret(value) ?? passwordInUrl(value) ?? ((token || hasSecretName(name)) && isLong)
    if (isSecret) return {what: token ? 'a token' : name, at: file.lineSpan(number)}
  }
  return undefined
}
