import type {FactStore} from '../facts.ts'

/** What a project says of itself, as far as its settings can use it. */
export interface Found {
  config: string
  app: string | undefined
  region: string | undefined
  /** Other configurations beside it. */
  others: string[]
  dockerfile: string | undefined
  /** What migrates the database. */
  releaseCommand: string | undefined
  /** The number of alembic's revisions. */
  revisions: number
  usesPostgres: boolean
  /** The variables that the code cannot do without, and nothing sets in the open: `proven` where the deploy surely reads them. */
  secrets: {name: string; proven: boolean; where: string}[]
}

/** Reads it from the files; undefined where there is no configuration of Fly.io, with the reason. */
export async function findOut(facts: FactStore): Promise<Found | {reason: string}> {
  const config = await facts.get('flyConfig')
  if (config.state !== 'ok') return {reason: config.reason}
  const [app, others = [], dockerfile, alembic, environment, python, required = []] = await Promise.all([
    facts.value('appName'),
    facts.value('otherConfigs'),
    facts.value('dockerfile'),
    facts.value('alembic'),
    facts.value('environment'),
    facts.value('python'),
    facts.value('requiredVariables'),
  ])
  const {deploy, primary_region: region} = config.value.config
  return {
    config: config.value.file,
    app: app?.name,
    region,
    others: others.map(({file}) => file),
    dockerfile: dockerfile?.file.path,
    releaseCommand: deploy?.release_command || undefined,
    revisions: alembic?.environments.reduce((sum, {revisions}) => sum + revisions.length, 0) ?? 0,
    usesPostgres:
      python?.postgresUse !== undefined || (environment?.reads.some(({name}) => name === 'DATABASE_URL') ?? false),
    // What belongs in [env] is no secret.
    secrets: required.flatMap(({names: [name], at, proven, forgotten}) =>
      name === undefined || forgotten
        ? []
        : {name, proven, where: at.line === undefined ? at.file : `${at.file}:${at.line}`},
    ),
  }
}
