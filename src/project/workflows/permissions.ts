import type {FileLocation} from '../../check.ts'
import type {Deep} from './values.ts'
import type {Job, Workflow} from './workflow.ts'

const levels = ['none', 'read', 'write']

/** A permission of the token of GitHub: `contents: write`; of `read-all` and `write-all` the scope is `*`. */
interface Permission {
  scope: string
  level: number
  at: FileLocation
}

/** What a job says that its token may do, or else its workflow; undefined where neither says, and the repository decides. */
function permissionsOf(job: Job, workflow: Workflow): Permission[] | undefined {
  if (job.keys.has('permissions')) return read(job.texts)
  const found = read(workflow.texts)
  return found.length > 0 ? found : undefined
}

const read = (texts: readonly Deep[]): Permission[] =>
  texts.flatMap(({path, value: {text, at}}) => {
    const [, scope = '*'] = /^permissions(?:\.([\w-]+))?$/.exec(path) ?? ['', '']
    const level = levels.indexOf(text.replace('-all', ''))
    return scope && level >= 0 ? [{scope, level, at}] : []
  })

export interface Excess {
  /** The job that asks. */
  job: string
  /** `contents: write` */
  asked: string
  /** `contents: none`, of what the caller has. */
  allowed: string
  at: FileLocation
}

/**
 * What the jobs of a workflow ask for beyond what the job may do that calls it: GitHub refuses the caller before anything
 * runs, whatever `if` says ("The nested job … is requesting …, but is only allowed …").
 */
export function excessOf(caller: {job: Job; workflow: Workflow}, called: Workflow): Excess[] {
  const granted = permissionsOf(caller.job, caller.workflow)
  if (!granted) return []
  const levelOf = (scope: string) => granted.find((each) => each.scope === scope || each.scope === '*')?.level ?? 0
  return called.jobs.flatMap((job) =>
    (permissionsOf(job, called) ?? [])
      .filter(({scope, level}) => level > levelOf(scope))
      .map(({scope, level, at}) => {
        const name = (which: number) => (scope === '*' ? `${levels[which]}-all` : `${scope}: ${levels[which]}`)
        return {job: job.id, asked: name(level), allowed: scope === '*' ? 'less' : name(levelOf(scope)), at}
      }),
  )
}
