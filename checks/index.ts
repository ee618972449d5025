/**
 * THE ORDERED PLAN: groups in the order of a deploy, one line a check.
 * A new check is its file, its page, its test and a line here.
 */
import type {AnyCheck} from '../src/check.ts'
import alembicConfig from './alembic/config.ts'
import alembicHeads from './alembic/heads.ts'
import alembicParents from './alembic/parents.ts'
import dockerfileExists from './dockerfile/exists.ts'
import exposedPort from './dockerfile/exposed-port.ts'
import libpq from './dockerfile/libpq.ts'
import multiStage from './dockerfile/multi-stage.ts'
import pythonVersion from './dockerfile/python-version.ts'
import requiredPackages from './dockerfile/required-packages.ts'
import dockerfileSyntax from './dockerfile/syntax.ts'
import appName from './fly-config/app-name.ts'
import flyConfigDecode from './fly-config/decode.ts'
import flyConfigSyntax from './fly-config/syntax.ts'
import unknownKey from './fly-config/unknown-key.ts'
import serviceProcesses from './fly-config/service-processes.ts'
import unknownGroup from './fly-config/unknown-group.ts'
import unusedProcesses from './fly-config/unused-processes.ts'
import servicePorts from './fly-config/service-ports.ts'
import internalPort from './fly-config/internal-port.ts'
import portRange from './fly-config/port-range.ts'
import duplicatePort from './fly-config/duplicate-port.ts'
import serviceProtocol from './fly-config/service-protocol.ts'
import handlers from './fly-config/handlers.ts'
import portOptions from './fly-config/port-options.ts'
import concurrency from './fly-config/concurrency.ts'
import udp from './fly-config/udp.ts'
import autoStop from './fly-config/auto-stop.ts'
import dedicatedIp from './fly-config/dedicated-ip.ts'
import gitClean from './git/clean.ts'
import gitPushed from './git/pushed.ts'
import liveApp from './live/app.ts'
import liveFlyctl from './live/flyctl.ts'
import livePostgres from './live/postgres.ts'
import requiredSecrets from './live/required-secrets.ts'
import liveSession from './live/session.ts'
import postgresDriver from './python/postgres-driver.ts'
import requirements from './python/requirements.ts'
import unusedIgnore from './settings/unused-ignore.ts'

export const checks: readonly AnyCheck[] = [
  gitClean,
  gitPushed,

  flyConfigSyntax,
  flyConfigDecode,
  unknownKey,
  appName,
  serviceProcesses,
  unknownGroup,
  unusedProcesses,
  servicePorts,
  internalPort,
  portRange,
  duplicatePort,
  serviceProtocol,
  handlers,
  portOptions,
  concurrency,
  udp,
  autoStop,
  dedicatedIp,

  dockerfileExists,
  dockerfileSyntax,
  pythonVersion,
  libpq,
  multiStage,
  exposedPort,
  requiredPackages,

  requirements,
  postgresDriver,

  alembicConfig,
  alembicParents,
  alembicHeads,

  liveFlyctl,
  liveSession,
  liveApp,
  livePostgres,
  requiredSecrets,

  unusedIgnore,
]
