import {posix} from 'node:path'
import {type Fact, type FactStore, known} from '../../facts.ts'
import type {Instruction} from '../dockerfile/parse.ts'
import type {Inputs} from '../inputs.ts'
import {sourcesOf} from './contexts.ts'
import type {Deploy} from './deploys.ts'

/** Something that the Dockerfile copies, that is here, and that the checkout of a deploying workflow does not have. */
export interface UntrackedSource {
  deploy: Deploy
  path: string
  instruction: Instruction
}

export async function loadUntrackedSources({reader}: Inputs, facts: FactStore): Promise<Fact<UntrackedSource[]>> {
  const [workflows, dockerfile, config, paths] = await facts.needAll('workflows', 'dockerfile', 'flyConfig', 'files')
  const commands = await facts.value('deployCommands')
  const tracked = (path: string) => path === '.' || paths.has(path) || paths.hasFolder(path)
  const found: UntrackedSource[] = []
  const deploy = workflows.deploys.find(
    ({config: read, call: {folder, flags}}) => read === config.file && folder === '.' && !flags.has('image'),
  )
  if (!deploy) return known(found)
  for (const instruction of dockerfile.stages.flatMap((stage) => stage.instructions)) {
    for (const path of sourcesOf(instruction)) {
      if (tracked(path) || (await reader.kindOf(path)) === 'missing') continue
      // An earlier step, or a line beside the deploy, may make it there too.
      const isMade = deploy.call.before.includes(posix.basename(path)) || commands?.makes(path)
      if (!isMade && !mayBeBuilt(deploy)) found.push({deploy, path, instruction})
    }
  }
  return known(found)
}

/** A step before the deploy that builds, unpacks or generates may make any file. */
const mayBeBuilt = ({call: {before}}: Deploy): boolean =>
  /\b(build|generate|make|compile|install|download-artifact|actions\/cache)\b|uses: \.\//.test(
    before.replace(/setup-flyctl|superfly\/\S+/g, ''),
  )
