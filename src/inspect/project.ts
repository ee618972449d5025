import type {FactStore} from '../facts.ts'
import {redact} from '../redact.ts'
import {type InspectedMigrations, inspectMigrations, newInWords, upgradeInWords} from './migrations.ts'
import {type RevisionGraph, revisionGraph} from './revision-graph.ts'
import {type DrawnStage, drawnStages} from './stages.ts'
import {type InspectedRoute, inspectTraffic} from './traffic.ts'

/** The project as preflight sees it, for the pictures of a report: plain data, nothing secret in it. */
export interface InspectedProject {
  routes: InspectedRoute[]
  stages: DrawnStage[]
  /** alembic's environments. */
  migrations: (Omit<InspectedMigrations, 'revisions'> & {
    count: number
    outcome: string
    brought: string
    graph: RevisionGraph
  })[]
}

/** A fact that is absent or failed leaves its part empty: the report's checks tell why. */
export async function inspectProject(facts: FactStore): Promise<InspectedProject> {
  const [routes, stages, alembic] = await Promise.all([
    inspectTraffic(facts),
    drawnStages(facts),
    facts.value('alembic'),
  ])
  const migrations = alembic ? inspectMigrations(alembic, await facts.get('since')) : []
  return withoutSecrets({
    routes,
    stages,
    migrations: migrations.map(({revisions, ...environment}) => ({
      ...environment,
      count: revisions.length,
      brought: newInWords({revisions, ...environment}),
      outcome: upgradeInWords(environment.upgradeHead),
      graph: revisionGraph(revisions),
    })),
  })
}

const withoutSecrets = <T>(data: T): T =>
  JSON.parse(JSON.stringify(data), (_, value) => (typeof value === 'string' ? redact(value) : value))
