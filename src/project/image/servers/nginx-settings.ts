import type {FactStore} from '../../../facts.ts'
import {rootImage} from '../../dockerfile/parse.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands} from '../../processes/processes.ts'
import {plainName} from '../base/base-images.ts'
import type {Build} from '../build.ts'
import {machineCommands} from '../machine-commands.ts'
import {writtenByRun} from '../moment.ts'
import {nginxFiles, nginxImage, plainNginx} from './nginx-image.ts'
import {setByCommand} from './nginx-repeats.ts'
import {changed, coveredBy, filesIn} from './web-context.ts'

/** What nginx reads when it starts. */
export interface NginxSettings {
  build: Build
  base: string
  covered: string[]
  read: [path: string, file: TextFile][]
  /** The project's own file that it begins with. */
  main: string | undefined
  /** Of those that it reads: what another than the first includes, which may stand anywhere. */
  nested: ReadonlySet<string>
  /** The package that it comes from; undefined in its own image. */
  distribution: 'debian' | 'alpine' | undefined
  /** Its end is that of the machine. */
  certain: boolean
  /** All of what it includes is among them. */
  isWhole: boolean
  /** The directives that its command line sets. */
  byCommand: readonly string[]
}

/** undefined where it cannot be known. */
export async function nginxSettings(inputs: Inputs, facts: FactStore): Promise<NginxSettings | undefined> {
  const packaged = await facts.value('packagedNginx')
  if (!packaged) return ownSettings(inputs, facts)
  const {build, base, covered, read, main, nested, distribution, start, isWhole} = packaged
  const own = read.some(([path]) => path === main) ? main : undefined
  const byCommand = setByCommand(start.command.words)
  return {build, base, covered, read, main: own, nested, distribution, certain: start.certain, isWhole, byCommand}
}

/** The configuration that nginx reads in its own image, where nothing but nginx is started and nothing changes it before. */
async function ownSettings({reader}: Inputs, facts: FactStore): Promise<NginxSettings | undefined> {
  const [build, files, flyConfig] = await Promise.all([
    facts.need('build'),
    facts.value('files'),
    facts.value('flyConfig'),
  ])
  const {final} = build
  const base = plainName(rootImage(final.stage) ?? '')
  if (!nginxImage.test(base) || final.config.entrypoint) return undefined
  const {started} = await startedCommands(facts)
  const isUsual = started.every(({command: {words}}) => plainNginx.test(words.join(' ')))
  if (!isUsual || changed(build, /nginx|envsubst|openssl|certbot|\bcurl\b|\bwget\b/)) return undefined
  // Its variables move the templates (docker-entrypoint.d/20-envsubst-on-templates.sh).
  if (Object.keys(flyConfig?.config.env ?? {}).some((name) => name.startsWith('NGINX_ENVSUBST_'))) return undefined
  // A shell that starts nginx is none to the entrypoint, which fills in the templates for nginx alone.
  const isDirect = machineCommands(build, flyConfig).every(
    ({by, words}) => by === 'release_command' || /^nginx(?:-debug)?$/.test(words[0] ?? ''),
  )
  const covered = coveredBy(flyConfig?.config)
  const context = {build, paths: files ?? noFiles, reader, covered}
  const found = await filesIn('/etc/nginx', nginxFiles, context)
  const read = found?.filter(([path]) => isDirect || !path.endsWith('.template'))
  const isWritten = writtenByRun(build.stages)
  if (read?.some(([path, file]) => isWritten(path) || isWritten(file.path))) return undefined
  const main = read?.find(([path]) => path === '/etc/nginx/nginx.conf')
  // The image itself starts it so.
  const byCommand = started.length === 0 ? ['daemon'] : started.flatMap(({command: {words}}) => setByCommand(words))
  const readsFolder = !main || /^[^#\n]{0,300}include\s+["']?(?:\/etc\/nginx\/)?conf\.d\/\*/m.test(main[1].text)
  return (
    read && {
      ...{build, base, covered, read: main && !readsFolder ? [main] : read},
      ...{main: main?.[0], nested: new Set<string>(), distribution: undefined, certain: true, isWhole: true},
      byCommand,
    }
  )
}
