import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {allInstructions} from '../dockerfile/parse.ts'
import {machineVariable} from '../environment/set-variables.ts'
import {noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'
import {kestrelOf} from './kestrel.ts'

/** An address at which the server of ASP.NET Core does not start. */
export interface KestrelFault {
  by: string
  /** `https://+:443`; of a list of ports `443`. */
  address: string
  /** The variable that has it; undefined where the project itself says so. */
  variable: string | undefined
  at: FileLocation
  /** `certificate`: https, and nothing brings a certificate. `scheme`: it is no URL. */
  kind: 'certificate' | 'scheme'
  /** No variable and no file that is not seen can change that. */
  sure: boolean
}

const urlVariables = ['ASPNETCORE_URLS', 'URLS', 'DOTNET_URLS']
const portVariables = ['ASPNETCORE_HTTPS_PORTS', 'HTTPS_PORTS', 'DOTNET_HTTPS_PORTS']
const certificateVariables = ['Path', 'Subject', 'KeyPath'].flatMap((name) =>
  ['', 'ASPNETCORE_', 'DOTNET_'].map((start) => `${start}Kestrel__Certificates__Default__${name}`),
)
const certificateFiles = ['.pfx', '.pem', '.crt', '.cer', '.p12']

/**
 * "Unable to configure HTTPS endpoint. No server certificate was specified, and the default developer certificate could not
 * be found", "Invalid url" (Kestrel: AddressBinder, BindingAddress). The certificate for development is the computer's own.
 */
export async function loadKestrelFaults({reader}: Inputs, facts: FactStore): Promise<Fact<KestrelFault[]>> {
  const [[processes, image, build, flyConfig], files, deploys] = await Promise.all([
    facts.needAll('processes', 'image', 'build', 'flyConfig'),
    facts.value('files'),
    facts.value('deployCommands'),
  ])
  const paths = files ?? noFiles
  const {mounts = [], files: written = []} = flyConfig.config
  if (flyConfig.hasContainers || deploys?.hasFlag('--env') || deploys?.hasFlag('-e')) return known([])
  const variable = machineVariable(flyConfig, image)
  const instructions = allInstructions(build.final.stage)
  const found: KestrelFault[] = []
  for (const {by, text, certain, supervised} of processes.commands) {
    const [, dll] =
      /^(?:exec )?(?:\/usr\/bin\/)?dotnet ([\w./-]+\.dll)(?:\s(?!.*(?:--urls|Kestrel)).*)?$/.exec(text) ?? []
    if (!dll || !certain || supervised || by === 'release_command') continue
    const kestrel = await kestrelOf(dll, {paths, reader, variable})
    if (!kestrel) continue
    const mayHaveCertificate =
      kestrel.hasCertificate ||
      certificateVariables.some(variable) ||
      written.length > 0 ||
      instructions.some(({text: each}) => /dev-certs|openssl|certbot|\.pfx|Certificates__/.test(each))
    const own = kestrel.addresses.map(({url, at}) => ({address: url, variable: undefined, at}))
    for (const {address, at, variable: name} of own.length > 0 ? own : given()) {
      const kind = !(address.includes('://') || name?.endsWith('PORTS'))
        ? 'scheme'
        : !mayHaveCertificate && (/^https:/i.test(address) || name?.endsWith('PORTS'))
          ? 'certificate'
          : undefined
      if (!kind || address === '' || address.includes('$')) continue
      const hasFile = mounts.length > 0 || paths.ending(...certificateFiles).length > 0
      found.push({by, address, variable: name, at, kind, sure: name === undefined && !hasFile})
      break
    }
  }
  return known(found)

  /** What variables say; ports count where no addresses are given. */
  function given(): {address: string; variable: string; at: FileLocation}[] {
    const name = [...urlVariables, ...portVariables].find((each) => variable(each)?.value !== '' && variable(each))
    const set = name === undefined ? undefined : variable(name)
    if (name === undefined || set?.value === undefined) return []
    return set.value.split(';').map((each) => ({address: each.trim(), variable: name, at: set.at}))
  }
}
