import type {FileLocation, Severity} from '../check.ts'
import type {Ignore} from '../facts.ts'

/** preflight.toml, read; what it does not say has its default. */
export interface Settings {
  severities: ReadonlyMap<string, Severity>
  off: ReadonlySet<string>
  ignores: Ignore[]
  requiredSecrets: Named[]
  recommendedSecrets: Named[]
  /** The file with the values of the secrets, relative to the working directory. */
  envFile: Named | undefined
  postgres: {app: Named | undefined; cluster: Named | undefined}
  /** OS packages that a stage must install itself, by stage name or `final`. */
  stagePackages: {stage: string; packages: string[]; at: FileLocation}[]
}

/** A name and where preflight.toml says it. */
export interface Named {
  name: string
  at: FileLocation
}

export const defaults: Settings = {
  severities: new Map(),
  off: new Set(),
  ignores: [],
  requiredSecrets: [],
  recommendedSecrets: [],
  envFile: undefined,
  postgres: {app: undefined, cluster: undefined},
  stagePackages: [],
}
