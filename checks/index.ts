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
import commandSyntax from './fly-config/command-syntax.ts'
import shellSyntax from './fly-config/shell-syntax.ts'
import deployStrategy from './fly-config/deploy-strategy.ts'
import strategyMounts from './fly-config/strategy-mounts.ts'
import bluegreenChecks from './fly-config/bluegreen-checks.ts'
import maxUnavailable from './fly-config/max-unavailable.ts'
import deployTimeouts from './fly-config/deploy-timeouts.ts'
import releaseCommandEmpty from './fly-config/release-command-empty.ts'
import releaseCommandVolume from './fly-config/release-command-volume.ts'
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
  commandSyntax,
  shellSyntax,
  deployStrategy,
  strategyMounts,
  bluegreenChecks,
  maxUnavailable,
  deployTimeouts,
  releaseCommandEmpty,
  releaseCommandVolume,

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
