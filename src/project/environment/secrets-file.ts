import type {FileLocation} from '../../check.ts'
import {absent, type Fact, type FactStore, failed, known} from '../../facts.ts'
import {noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'
import {type ValueFault, valueFault} from './value-faults.ts'

/** The file that `secrets.env-file` of preflight.toml names: which secrets there are. The values are judged and not kept. */
export interface SecretsFile {
  file: string
  variables: {name: string; at: FileLocation; fault: ValueFault | undefined}[]
}

export async function loadSecretsFile({reader}: Inputs, facts: FactStore): Promise<Fact<SecretsFile>> {
  const settings = await facts.value('settings')
  if (!settings?.envFile) return absent('preflight.toml names no secrets.env-file')
  const {name} = settings.envFile
  const result = await reader.read(name)
  // A checkout has no such file, and should not.
  if (!result.ok && result.kind === 'missing') return absent(`${name}, which preflight.toml names, is not here`)
  if (!result.ok) return failed(`${name}, which preflight.toml names, ${result.reason}`)
  reader.hide(name)
  const {dotenvSettings} = await import('../documents/dotenv.ts')
  const paths = (await facts.value('files')) ?? noFiles
  const variables = dotenvSettings(result.file).map((each) => ({
    name: each.name,
    at: each.at,
    fault: valueFault(each.name, each.value, paths),
  }))
  return known({file: result.file.path, variables})
}
