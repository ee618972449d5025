/** What lines of scripts and workflows write, copy and lay down beside a deploy. */
import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import type {TextFile} from '../files/text.ts'
import {isBelow} from '../image/files/image-path.ts'

/** A line of a program that writes a file of this name. */
export const writesFile = (text: string, name: string): boolean =>
  text
    .split('\n')
    .some((line) => line.includes(name) && /write|\bcopy|rename|\bopen\b|[^=-]>|\b(?:cp|mv|tee)\b/i.test(line))

/** Commands that write a Dockerfile for the project that they find. */
const ofDockerfiles = /@flydotio\/dockerfile|\bgenerate dockerfile\b|\bgen\.release --docker\b|\bdockerfile:generate\b/

const ofModules = /\bgo (?:mod (?:tidy|init)|get)\b/

/** A line that writes, copies or downloads to this name. */
export function makesFile(text: string, name: string): boolean {
  if (name === 'Dockerfile' && ofDockerfiles.test(text)) return true
  if (name === 'go.sum' && ofModules.test(text)) return true
  return text
    .split('\n')
    .some(
      (line) =>
        line.includes(name) &&
        /[^=-]>|\b(cp|mv|ln|tee|touch|curl|wget|tar|unzip|rsync|mkdir)\b|\s(-o|--out\w*)\b/.test(line),
    )
}

/** `path: web/dist` of a step that fetches what another job has built. */
const downloads =
  /uses:[ \t]{0,20}actions\/download-artifact@[^\n]{0,200}\n(?:(?![ \t]{0,40}- )[^\n]{0,200}\n){0,8}?[ \t]{0,40}path:[ \t]{0,20}["']?([\w./-]{1,200})/g

/** Whether a step of these lines fetches a path, or a folder that it lies in. */
export const downloadsFile = (text: string, path: string): boolean =>
  [...text.matchAll(downloads)].some(([, target = '']) => {
    const folder = posix.join('/', target)
    return folder !== '/' && isBelow(posix.join('/', path), folder)
  })

const copies = /(?:^|[\s;&|"'])(?:cp|mv|ln)\s+(?:-\w+\s+){0,3}([\w./-]+\*?)\s+([\w./-]+)(?=$|[\s;&|"'])/gm

/** What a `cp` or `mv` of these lines lays at a path; the folder where it runs is taken for the one of the deploy. */
export function sourceOf(text: string, path: string): string | undefined {
  for (const [, from = '', to = ''] of text.matchAll(copies)) {
    // All that a folder holds.
    const source = posix.normalize(from.replace(/\/[*.]$/, `/${posix.basename(path)}`))
    const target = posix.normalize(/(^|\/)\.?$/.test(to) ? posix.join(to, posix.basename(source)) : to)
    if (target === path && source !== path && !source.startsWith('/')) return source
  }
  return undefined
}

/** In place, or into another file; what only reads it (`sed -n`, `2>/dev/null`) does not count. */
const fillsIn =
  /\b(?:sed|perl|yq|tomlq|dasel)\b[^|;&]{0,500}\s(?:-\w*i|--in-place|put)\b|\b(?:envsubst|gomplate|tee)\b|(?<![=\-2&])>(?!&|\s*\/dev\/)/

/** `fly_app_name: shop-production`, as workflows and actions of somebody else are told the app. */
const namesApp = /^[ \t]{2,40}[\w-]{0,40}app[\w-]{0,40}:[ \t]{0,9}\S/im

/** Whether a workflow hands the configuration, with the name of an app, to what deploys it in a way that is not seen. */
function handsOver(file: TextFile, line: string, name: string): boolean {
  const [, value = ''] = /^[ \t]{2,40}[\w-]{1,60}:[ \t]{1,9}["']?([\w./-]+)["']?[ \t]*$/.exec(line) ?? []
  const isInput = value === name || value.endsWith(`/${name}`)
  return (
    isInput && /\.ya?ml$/.test(file.path) && /^[ \t]{2,40}(?:- )?uses:/m.test(file.text) && namesApp.test(file.text)
  )
}

/** A (continued) line that names the configuration and writes one, or hands it to another workflow with another name. */
export function rewriting(files: readonly (TextFile | undefined)[], config: string): FileLocation | undefined {
  const name = config.split('/').at(-1) as string
  for (const file of files) {
    if (!file?.text.includes(name)) continue
    for (const {0: line, index} of file.text.matchAll(/(?:[^\n\\]|\\\n|\\.)+/g)) {
      if (!line.includes(name) || /^\s*(?:#|\/\/)/.test(line)) continue
      const isName = fillsIn.test(line) || handsOver(file, line, name)
      if (isName) return file.span(index, index + line.length)
    }
  }
  return undefined
}
