import {posix} from 'node:path'
import type {FileLocation, Severity} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {withoutSlashComments} from '../../code/comments.ts'
import {allInstructions, flagOf, type Instruction} from '../../dockerfile/parse.ts'
import {noFiles, scripts} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Build} from '../../image/build.ts'
import type {BuiltStage} from '../../image/build-stage.ts'
import {copyOf} from '../../image/files/context-path.ts'
import {stageIndex} from '../../image/files/copy-sources.ts'
import {isBelow} from '../../image/files/image-path.ts'
import {mayBring} from '../../image/may-hold.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands} from '../../processes/processes.ts'
import {missingServer, standaloneFolder} from './next-server.ts'
import {commandsOf} from './site-builds.ts'

/** What the image lacks of what `next build` writes and the server serves. */
export interface NextGap {
  /**
   * `standalone`: its folder is copied and not written. `static`, `public`: a folder beside it is not copied. `aside`: the
   * scripts and styles are copied beside the server, and not below it. `server`: its server lies elsewhere than it is started.
   */
  kind: 'standalone' | 'static' | 'public' | 'aside' | 'server'
  /** The folder of the app in the stage that builds it, and that of the server in the image. */
  app: string
  server: string
  stage: string
  at: FileLocation
  /** next.config, or a file of the folder. */
  related: FileLocation[]
  severity: Severity
  /** Of a server: what is started, where it lies, and what says so. */
  started?: {by: string; script: string; expected: string; because: string}
  /** Of scripts and styles: where they are copied to, and where the server looks for them. */
  laid?: {target: string; expected: string}
}

/** Pages have scripts and styles; routes and handlers alone have none. */
const pages =
  /(^|\/)(?:src\/)?(?:app\/(?:.{0,500}\/)?page\.[jt]sx?|pages\/(?!api\/)(?:.{0,500}\/)?[^_/][^/]{0,255}\.(?:[jt]sx?|mdx?))$/

/** Holds the COPY of .next/standalone against next.config and against the folders that belong beside it. */
export async function loadNextOutput(inputs: Inputs, facts: FactStore): Promise<Fact<NextGap[]>> {
  const {reader} = inputs
  const [[build, dockerfile, {commands}], files] = await Promise.all([
    facts.needAll('build', 'dockerfile', 'buildCommands'),
    facts.value('files'),
  ])
  const {final} = build
  const instructions = allInstructions(final.stage)
  const copies = instructions.flatMap((instruction) => {
    const copy = copyOf(instruction)
    const from = flagOf(instruction, 'from')
    return copy && from !== undefined ? copy.sources.map((source) => ({...copy, source, from, instruction})) : []
  })
  const standalone = copies.find(({source}) => /\/\.next\/standalone(?:\/\.?)?$/.test(`/${source}`))
  const index = standalone && stageIndex(standalone.from, dockerfile.stages, final.stage)
  const builder = build.stages.find(({stage}) => stage.index === index)
  if (!standalone || !builder) return known([])
  const app = posix.resolve('/', standalone.source.replace(/\/\.?$/, ''), '../..')
  const tracked = files ?? noFiles
  const texts = [
    ...build.stages.flatMap(({stage}) => stage.instructions.filter(isRun).map(({text}) => text)),
    ...commands.map(({words}) => words.join(' ')),
  ]
  const source = (name: string) => builder.files.ownSource(posix.join(app, name), tracked)
  const manifest = source('package.json')
  if (manifest === undefined) return known([])
  const folder = posix.dirname(manifest) === '.' ? '' : `${posix.dirname(manifest)}/`
  const config = await configOf()
  // In a workspace the server lies deeper in what is copied, and .next/static beside it.
  const [, beside] =
    copies.map(({target}) => /^(.{0,300})\/\.next\/static\/?$/.exec(target)).find((each) => each !== null) ?? []
  const server = beside || standalone.target
  const base = {app, server, stage: standalone.from, at: standalone.instruction.at}
  const found: NextGap[] = []

  const isSet = texts.some((text) => /standalone/i.test(text.replace(/\.next\/standalone/g, '')))
  if (
    config !== 'unknown' &&
    !/standalone/.test(withoutSlashComments(config?.text ?? '')) &&
    !isSet &&
    !setBy(builder)
  ) {
    // A part of it, or a plugin, may set it.
    const severity = config && /\brequire\(|\bimport\b|\.\.\./.test(config.text) ? 'warning' : 'error'
    return known([{...base, kind: 'standalone', related: [config?.whole ?? {file: manifest}], severity}])
  }
  const brings = (name: string) =>
    texts.some((text) => text.includes(name) && /\b(?:cp|mv|ln|rsync|copyfiles|cpx|shx)\b/.test(text)) ||
    copies.some(({source: each}) => `${posix.resolve('/', each)}/`.endsWith(`/${name}/`) || isAround(each, name)) ||
    instructions.some((each) =>
      copyOf(each)?.sources.some((one) => one === '.' || posix.join('/', one).endsWith(`/${name}`)),
    )
  const isAround = (each: string, name: string) =>
    !each.includes('standalone') && `${posix.join(app, name)}/`.startsWith(`${posix.resolve('/', each)}/`)
  const page = tracked
    .ending('.js', '.jsx', '.ts', '.tsx', '.md', '.mdx')
    .find((path) => path.startsWith(folder) && pages.test(path.slice(folder.length)))
  const elsewhere = config !== 'unknown' && /\b(?:assetPrefix|distDir)\b/.test(config?.text ?? '')
  if (page && !elsewhere && !brings('.next/static'))
    found.push({...base, kind: 'static', related: [{file: page}], severity: 'warning'})
  else if (page && !elsewhere) found.push(...(await staticAside()))
  const asset = tracked.under(`${folder}public`).find((path) => !/\/\.git(keep|ignore)$/.test(path))
  if (asset && !brings('public')) found.push({...base, kind: 'public', related: [{file: asset}], severity: 'warning'})
  found.push(...(await serverGap()))
  return known(found)

  /** The one COPY of .next/static lays it where the server does not look. */
  async function staticAside(): Promise<NextGap[]> {
    const run = commandsOf(builder as BuiltStage, commands)
    const where = config === 'unknown' ? undefined : standaloneFolder(app, builder as BuiltStage, config, run)
    const moved = texts.some((text) => /\.next\b/.test(text) && /\b(?:cp|mv|ln|rsync|copyfiles|cpx|shx)\b/.test(text))
    const [only, another] = copies.filter(
      ({source: each}) => !each.includes('standalone') && /(?:^|\/)\.next(?:\/static)?\/?$/.test(each),
    )
    if (!where || !standalone || moved || !only || another || !/\/static\/?$/.test(only.source)) return []
    const [target = '', expected = ''] = [only.target, posix.join(standalone.target, where.folder, '.next/static')].map(
      (each) => posix.resolve('/', final.config.workingDir, each),
    )
    // A server of files before it may hand them out.
    const handsOut = (await reader.texts(tracked.ending('.conf', '.template', 'Caddyfile'))).some(({text}) =>
      /_next[^}]{0,500}\b(?:alias|root|try_files|file_server)\b/.test(text),
    )
    if (target === expected || handsOut) return []
    return [
      {
        ...base,
        kind: 'aside',
        at: only.instruction.at,
        related: [base.at],
        severity: 'warning',
        laid: {target, expected},
      },
    ]
  }

  /** The server that is started is not the one that is copied. */
  async function serverGap(): Promise<NextGap[]> {
    const run = commandsOf(builder as BuiltStage, commands)
    const where = config === 'unknown' ? undefined : standaloneFolder(app, builder as BuiltStage, config, run)
    const moved = texts.some((text) => /standalone/.test(text) && /\b(?:cp|mv|ln|rsync)\b/.test(text))
    const more = copies.filter(({source: each}) => /standalone|server\.js$/.test(each)).length > 1
    /** A server of the project's own, in a folder that is copied for itself. */
    const isBrought = (place: string) =>
      copies.some(({source: each, target}) => {
        const folder = posix.resolve('/', final.config.workingDir, target)
        return !/\.next\b|(?:^|\/)public\/?$/.test(each) && isBelow(place, folder)
      })
    if (!where || !standalone || moved || more) return []
    const {started} = await startedCommands(facts)
    const gap = missingServer(started, build, {target: standalone.target, folder: where.folder})
    if (!gap) return []
    const place = posix.resolve('/', final.config.workingDir, gap.script)
    // A RUN behind the COPY may lay it there: `cp apps/web/server.js .`
    const runs = final.unknown.filter(({by}) => by === 'run')
    if (isBrought(place) || mayBring({stage: final.stage, unknown: runs}, place)) return []
    const {at, ...rest} = gap
    return [
      {...base, kind: 'server', at, related: [base.at], severity: 'error', started: {...rest, because: where.because}},
    ]
  }

  async function configOf(): Promise<TextFile | undefined | 'unknown'> {
    const name = scripts('next.config')
      .map((each) => source(each))
      .find((each) => each !== undefined)
    if (name !== undefined) return (await reader.text(name)) ?? 'unknown'
    // One that is not copied plainly may be there all the same.
    return scripts('next.config').some(
      (each) => builder?.files.get(posix.join(app, each)) || tracked.has(`${folder}${each}`),
    )
      ? 'unknown'
      : undefined
  }
}

const isRun = ({keyword}: Instruction): boolean => keyword === 'RUN'

/** NEXT_PRIVATE_STANDALONE, and what a project calls its own switch. */
const setBy = ({config}: Build['final']): boolean =>
  [...config.env].some(([name, value]) => /standalone/i.test(`${name}=${value}`))
