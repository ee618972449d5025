import {isApart} from '../../../files/apart.ts'
import {javascript} from '../../../files/files.ts'
import {withoutSlashComments} from '../../comments.ts'
import {type AppCode, placeOf, type Refusal} from './refusal.ts'

/** `if (req.header('x-forwarded-proto') !== 'https') res.redirect(\`https://…` */
const expressRedirect =
  /\bif\s{0,99}\([^\n{};]{0,200}x-forwarded-proto["'`][\])]{0,2}\s{0,9}!==?\s{0,9}["']https["']\s{0,9}\)\s{0,99}\{?\s{0,99}(?:return\s{1,9})?res\.redirect\(\s{0,99}(?:30\d\s{0,9},\s{0,99})?["'`]https:\/\//i

const toHttps = String.raw`\{?\s{0,99}(?:return\s{1,9})?\w{1,30}\.redirect\(\s{0,99}(?:30\d\s{0,9},\s{0,99})?["'\x60]https:\/\/`
const isPlain = String.raw`!\s{0,9}\w{1,30}\.secure|\w{1,30}\.protocol\s{0,9}(?:!==?\s{0,9}["']https["']|===?\s{0,9}["']http["'])`
const isSecure = String.raw`\w{1,30}\.secure|\w{1,30}\.protocol\s{0,9}===?\s{0,9}["']https["']`
const goesOn = String.raw`(?:return\s{1,9})?next\(\)\s{0,9};?`
/**
 * `if (!req.secure) return res.redirect('https://…`, `req.secure ? next() : res.redirect(…`: Express itself asks the header where
 * 'trust proxy' is set alone (expressjs.com, "Express behind proxies"). Names of hosts are no condition here.
 */
const bySecure = new RegExp(
  [
    String.raw`\bif\s{0,99}\((?:(?!host)[^\n{};]){0,200}?(?:${isPlain})\s{0,9}\)\s{0,99}${toHttps}`,
    String.raw`\bif\s{0,99}\(\s{0,9}(?:${isSecure})\s{0,9}\)\s{0,30}\{?\s{0,30}${goesOn}\s{0,30}\}?\s{0,30}(?:else\b\s{0,30})?${toHttps}`,
    String.raw`\b(?:${isSecure})\s{0,9}\?\s{0,9}next\(\)\s{0,9}:\s{0,9}${toHttps}`,
  ].join('|'),
)

/** A middleware of the project's own; what stands before it in its file may let the path of the check pass. */
export async function expressRefusals({paths, reader, isCopied, given}: AppCode): Promise<Refusal[]> {
  const manifests = await reader.texts(paths.ending('package.json').filter((path) => !isApart(path)))
  if (!manifests.some(({text}) => text.includes('"express"'))) return []
  const sources = paths
    .ending(...javascript)
    .filter((path) => !isApart(path) && !/(?:^|\/)(?:dist|build|public|static)\//.test(path) && isCopied(path))
  const all = await reader.texts(sources)
  const texts = all.filter(({text}) => /\bexpress\b/.test(text) && text.includes('https://'))
  const isProduction = given('NODE_ENV') === 'production'
  const trusts = all.some(({text}) => text.includes('trust proxy'))
  return texts.flatMap((file) => {
    const code = withoutSlashComments(file.text)
    const asked = expressRedirect.exec(code)
    const match = asked ?? bySecure.exec(code)
    // A setting decides.
    if (!match || /process\.env\.(?!NODE_ENV\b)/.test(match[0])) return []
    const end = match.index + match[0].length
    // For production alone, which the machine is then told to be.
    const isConditional = /NODE_ENV|isProd/i.test(file.text.slice(Math.max(0, match.index - 400), end))
    if (isConditional && !isProduction) return []
    return [
      {
        by: 'Express',
        kind: 'redirect',
        believesHeader: asked !== null || trusts,
        exempt: file.text.slice(0, end),
        at: placeOf(file, match),
      },
    ]
  })
}
