import type {FileLocation, Severity} from '../check.ts'
import type {Ignore} from '../facts.ts'

/** preflight.toml with what it extends, read; what it does not say has its default. */
export interface Settings {
  severities: ReadonlyMap<string, Severity>
  off: ReadonlySet<string>
  ignores: Ignore[]
  requiredSecrets: Named[]
  recommendedSecrets: Named[]
  /** The file with the values of the secrets, relative to the working directory. */
  envFile: Named | undefined
  postgres: {app: Named | undefined; cluster: Named | undefined}
  policy: Policy
}

/** A name and where a settings file says it. */
export interface Named {
  name: string
  at: FileLocation
}

/** A rule of [policy] and where it stands. */
export interface Rule<T> {
  value: T
  at: FileLocation
}

/** The project's own rules; one that is undefined is none. */
export interface Policy {
  regions: Rule<string[]> | undefined
  sizes: Rule<string[]> | undefined
  /** In MB. */
  minMemory: Rule<number> | undefined
  maxMemory: Rule<number> | undefined
  /** Of machines for each process group. */
  minCount: Rule<number> | undefined
  maxCount: Rule<number> | undefined
  forceHttps: Rule<boolean> | undefined
  healthChecks: Rule<boolean> | undefined
  autoStop: Rule<'off' | 'on'> | undefined
  minMachinesRunning: Rule<number> | undefined
  releaseCommand: Rule<boolean> | undefined
  forbiddenEnv: Rule<string[]> | undefined
  baseImages: Rule<string[]> | undefined
  python: (Rule<string> & {allows(version: string): boolean}) | undefined
  /** OS packages that a stage must install itself, by stage name or `final`. */
  stagePackages: {stage: string; packages: string[]; at: FileLocation}[]
}
