import type {FileLocation} from '../../../check.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {Since} from '../../git/since.ts'
import type {Processes} from '../../processes/processes.ts'
import type {Migration} from '../migrations.ts'
import type {SqlPart} from '../tables/sql-steps.ts'

/** The migrations of a tool that keeps them as files of SQL. */
export interface MigrationSet {
  /** The file that makes the folder one: the journal, or the lock file. */
  index: string
  migrations: Migration[]
  faults: MigrationFault[]
  /** What a migration makes although an earlier one has made it. */
  twice?: MigrationFault[]
  /** Its files, where a program of the project runs them, of which it is not known how. */
  own?: Migration[]
  /** What of all its files runs forwards, in the order of the tool. */
  parts?: SqlPart[]
  /** Those that a database has not run are one transaction. */
  isOneTransaction?: boolean
}

/** Something that the tool stops at, or passes over in silence. */
export interface MigrationFault {
  message: string
  at: FileLocation
  related?: FileLocation[]
  hint: string
  /** Else it says nothing, and does not do it. */
  stops: boolean
  /** The deploy surely meets it. */
  isSure: boolean
  failsAt: 'release' | 'boot'
}

/** What a set is read with. */
export interface SetInputs {
  reader: ProjectReader
  paths: Files
  processes: Processes | undefined
  since: Since | undefined
  /** What the workflows run, where that is asked. */
  steps?: string
}

/** The command of the deploy that runs the migrations: surely, where it is the tool's own. */
export function runOf(
  tool: RegExp,
  {processes}: Pick<SetInputs, 'processes'>,
): {by: string; at: FileLocation; certain: boolean; failsAt: 'release' | 'boot'} | undefined {
  const own = processes?.find(tool)
  const found = own ?? processes?.find(/migrat/i)
  if (!found) return undefined
  const failsAt = found.by === 'release_command' ? 'release' : 'boot'
  return {by: found.by, at: found.at, certain: own?.certain ?? false, failsAt}
}
