import type {FileLocation, Finding} from '../../check.ts'
import type {Alembic} from './alembic.ts'

/** Something that keeps alembic from doing what it should. */
export interface Fault {
  /** The check that tells it. */
  topic: 'config' | 'syntax' | 'revisions' | 'parents' | 'upgrade-function' | 'env-script'
  message: string
  at: FileLocation
  related?: FileLocation[]
  hint: string
  /**
   * `load`: every command fails that reads the revisions. `upgrade`: `alembic upgrade` fails, on `postgres` only there.
   * `silent`: it exits 0 and something is not done.
   */
  ends: 'load' | 'upgrade' | 'postgres' | 'silent'
  /** It is wrong wherever alembic runs with these files. */
  proven: boolean
  /** The configuration leads to nothing that the project has: where nothing runs alembic it may be left over. */
  leadsNowhere?: boolean
}

/**
 * The findings of one topic: an error where the deploy surely meets a proven fault, advice where a configuration may be left
 * over, as it leads nowhere and nothing is seen to run alembic.
 */
export function* faultsOn({environments, commands}: Alembic, topic: Fault['topic']): Iterable<Finding> {
  for (const {faults, upgrade} of environments) {
    for (const fault of faults) {
      if (fault.topic !== topic) continue
      const mayBeLeft = fault.leadsNowhere && commands.length === 0 && !upgrade
      yield {
        message: fault.message,
        at: fault.at,
        related: [...(fault.related ?? []), ...(upgrade ? [upgrade.at] : [])],
        hint: fault.hint,
        failsAt: fault.ends === 'silent' ? 'silent' : (upgrade?.failsAt ?? 'silent'),
        ...(!(fault.proven && upgrade?.certain) && {severity: mayBeLeft ? 'info' : 'warning'}),
      }
    }
  }
}
