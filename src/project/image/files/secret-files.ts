import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {Wanted} from '../../context/build-context.ts'
import {isSettings, isShown, secretVariable} from '../../environment/secret-values.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'

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

const keys = /(^|\/)id_(rsa|ed25519|ecdsa|dsa)$|\.(pem|key)$/
const credentials =
  /(^|\/)[\w.-]{0,100}(service[-_]?account|credentials?|firebase[\w-]{0,60}|gcp[\w-]{0,60}|keyfile)[\w.-]{0,100}\.json$/i

export async function loadSecretFiles({reader}: Inputs, facts: FactStore): Promise<Fact<SecretFile[]>> {
  const {final} = await facts.need('build')
  const found: SecretFile[] = []
  for (const [path, {kind, source, at: copy}] of final.files.files(candidates)) {
    if (kind !== 'file' || !mayHoldSecret(source) || isShown(source)) continue
    // A RUN of the stage may take it away again.
    if (final.unknown.some(({text = ''}) => text.includes(posix.basename(path)))) continue
    const file = await reader.text(source)
    reader.hide(source)
    if (await isOfSymfony(source)) continue
    const secret = file && (isSettings(source) ? secretVariable(file) : keyIn(file))
    if (file && secret) found.push({source, path, copy, ...secret})
  }
  return known(found)

  /** .env and .env.ENVIRONMENT are the defaults of the app, and it does not start without the first; secrets are in .env.local. */
  async function isOfSymfony(source: string): Promise<boolean> {
    if (!/^\.env(?:\.(?!local$)[a-z]{1,20})?$/.test(posix.basename(source))) return false
    const manifest = await reader.text(posix.join(posix.dirname(source), 'composer.json'))
    return manifest !== undefined && /"symfony\/(?:dotenv|runtime|framework-bundle)"/.test(manifest.text)
  }
}

const candidates: Wanted = (names) => [
  ...names.beginning('.env', '.npmrc', '.pypirc', '.netrc', 'id_'),
  ...names.ending('.pem', '.key', '.json').filter(mayHoldSecret),
]

/** By its name. */
const mayHoldSecret = (path: string): boolean => isSettings(path) || keys.test(path) || credentials.test(path)

function keyIn(file: TextFile): {what: string; at: FileLocation} | undefined {
  const found = /-----BEGIN [A-Z ]*PRIVATE KEY-----/.exec(file.text)
  return found ? {what: 'a private key', at: file.lineSpan(file.position(found.index).line)} : undefined
}
