import {posix} from 'node:path'
import {allInstructions, flagOf, type Instruction} from '../../dockerfile/parse.ts'
import {escapePattern} from '../../escape-pattern.ts'
import {type Files, javascript} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import {submodulesIn} from '../../git/submodules.ts'
import type {Image} from '../../image/image.ts'

/**
 * Whether a file comes from elsewhere: a submodule has it, a COPY from a stage or an image goes to its folder, Prisma generates it, or a RUN,
 * a task of mix, a script of package.json or a program beside the app names it with an ending: `curl -o assets/vendor/chart.js …`
 */
export async function laidElsewhere(
  image: Image | undefined,
  reader: ProjectReader,
  paths: Files,
): Promise<(name: string) => boolean> {
  const [modules, schemas, tasks, manifests, makers] = await Promise.all([
    reader.texts(paths.named('.gitmodules')),
    reader.texts(paths.ending('.prisma')),
    reader.texts(paths.named('mix.exs')),
    reader.texts(paths.named('package.json')),
    reader.texts([...paths.ending(...javascript, '.sh').filter(isMaker)].slice(0, mostMakers)),
  ])
  const submodules = modules.flatMap((list) => submodulesIn(list).map(({path}) => `${path}/`))
  const outputs = schemas.flatMap(({path, text}) =>
    [...text.matchAll(/^[ \t]{0,50}output[ \t]{0,50}=[ \t]{0,50}"([^"\n]{1,300})"/gm)].map(([, output = '']) =>
      posix.join(posix.dirname(path), output),
    ),
  )
  const instructions = image?.stages.flatMap(({stage}) => stage.instructions) ?? []
  const copied = image?.stages.flatMap(({stage}) => laidPlaces(allInstructions(stage))) ?? []
  const written = [...instructions.filter(({keyword}) => keyword === 'RUN'), ...tasks].map(({text}) => text).join('\n')
  return (imported) => {
    // `./orders.js` may be orders.ts.
    const name = imported.replace(/\.[cm]?jsx?$/, '')
    const folder = posix.dirname(name)
    const base = escapePattern(posix.basename(name))
    // With its folder, as it may be any word.
    const near = name.split('/').slice(-2).join('/')
    const whole = /\.\w+$/.test(near) ? near : `${near}.`
    const output = new RegExp(`(?:\\s-o|--out\\w*|>)[\\s=]{1,9}[\\w./@-]{0,200}${escapePattern(whole)}`)
    return (
      (near.includes('/') &&
        [...makers.map((maker) => makes(maker, whole)), ...manifests.map(({text}) => text.includes(whole))].some(
          Boolean,
        )) ||
      manifests.some(({text}) => output.test(text)) ||
      outputs.some((each) => name === each || name.startsWith(`${each}/`)) ||
      submodules.some((path) => name.startsWith(path)) ||
      copied.some((target) => folder !== '.' && target.includes(`${folder}/`)) ||
      new RegExp(`(?<![\\w.-])${base}${/\.\w+$/.test(name) ? '' : '\\.\\w'}`).test(written)
    )
  }
}

/** Where each COPY from a stage or an image lays what it takes, from the folder on in which the stage works. */
function laidPlaces(instructions: readonly Instruction[]): string[] {
  let folder = '/'
  return instructions.flatMap((each) => {
    const target = each.words.at(-1) ?? ''
    if (each.keyword === 'WORKDIR') folder = posix.resolve(folder, target)
    return flagOf(each, 'from') === undefined ? [] : [`${posix.relative(folder, posix.resolve(folder, target))}/`]
  })
}

/** More of them than a project has. */
const mostMakers = 200

/** Programs beside the app, which may write a part of it. */
const isMaker = (path: string): boolean => /(?:^|\/)(?:scripts?|tools?)\//.test(path)

/** Whether a program names a file and writes; a script of the shell, in the same line. */
function makes({path, text}: TextFile, name: string): boolean {
  if (!text.includes(name)) return false
  if (!path.endsWith('.sh')) return /write|copy|\bcp|rename|out|generate|emit|create/i.test(text)
  return text
    .split('\n')
    .some((line) => line.includes(name) && /[^=]>|\b(?:cp|mv|ln|tee|touch|curl|wget|install)\b|\s-o|--out/.test(line))
}
