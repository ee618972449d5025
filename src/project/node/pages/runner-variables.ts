import {posix} from 'node:path'
import type {FactStore} from '../../../facts.ts'
import {flagOf} from '../../dockerfile/parse.ts'
import {parseJson} from '../../documents/json.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {copyOf} from '../../image/files/context-path.ts'
import {inFolders, stepPart} from '../../workflows/step-commands.ts'
import type {Step} from '../../workflows/workflow.ts'
import {readRequest} from '../scripts/package-runner.ts'
import {scriptsOf} from '../scripts/scripts-of.ts'
import {type PublicTool, pageAddresses} from './page-addresses.ts'
import type {PublicVariable} from './public-variables.ts'

/**
 * The same of a workflow that builds the pages itself, before flyctl makes an image of what came out: addresses of the
 * computer at home that stay in them, as no step knows the variable.
 */
export async function runnerVariables(
  tools: readonly (PublicTool & {pattern: RegExp; name: string})[],
  files: Files,
  reader: ProjectReader,
  facts: FactStore,
): Promise<PublicVariable[]> {
  const [workflows, dockerfile] = await Promise.all([facts.value('workflows'), facts.value('dockerfile')])
  const stage = dockerfile?.stages.at(-1)
  if (!workflows || !stage || files.beginning('.env').some((path) => /^\.env(?:\.production)?$/.test(path))) return []
  // The image takes what stands in no commit.
  const takes = stage.instructions.some(
    (each) =>
      each.keyword === 'COPY' &&
      flagOf(each, 'from') === undefined &&
      (copyOf(each)?.sources ?? []).some((source) => isOutput(source) && !files.hasFolder(posix.normalize(source))),
  )
  const manifest = takes ? await reader.text('package.json') : undefined
  if (!manifest) return []
  for (const {step, job} of workflows.leadUp) {
    const built = builtIn(step)
    const tool = built && tools.find(({pattern}) => built.some((line) => pattern.test(line)))
    if (!tool) continue
    const said = job.steps.map(({run}) => run?.text ?? '').join('\n')
    const lacks = (name: string) => !job.steps.some(({env}) => env.has(name)) && !said.includes(name)
    const common = {tool: tool.name, at: step.at, stage: step.at, given: undefined, isRunner: true}
    const addresses = await pageAddresses(tool, '', files, reader)
    return addresses
      .filter(({name, instead}) => instead !== undefined && lacks(name))
      .map((address) => ({...common, ...address}))
  }
  return []

  /** What a step starts in this folder, a script of package.json followed; undefined where that is not told. */
  function builtIn(step: Step): string[] | undefined {
    if (!step.run || !workflows) return undefined
    return [...inFolders(stepPart(step, step.run).part)].flatMap(({command, folder}) => {
      const place = posix.join(workflows.repository, folder ?? '..', 'package.json')
      if (folder === undefined || command.conditional || reader.display(place) !== 'package.json') return []
      const request = readRequest(command.words)
      const words = command.words.map((word) => word ?? '?').join(' ')
      return request?.kind === 'script' && request.folder === undefined && request.member === undefined
        ? (scriptOf(request.name)
            ?.split('&&')
            .map((each) => each.trim()) ?? [])
        : [words.replace(/^npx\s+/, '')]
    })
  }

  function scriptOf(name: string): string | undefined {
    const document = manifest && parseJson(manifest)
    const scripts = scriptsOf(document && 'value' in document ? document.value : undefined)
    return Object.hasOwn(scripts, name) ? scripts[name] : undefined
  }
}

const isOutput = (source: string): boolean => /^(?:\.\/)?(?:dist|build|out)\/?$/.test(source)
