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
import buildStrategy from './fly-config/build-strategy.ts'
import builder from './fly-config/builder.ts'
import builtin from './fly-config/builtin.ts'
import compression from './fly-config/compression.ts'
import deadKey from './fly-config/dead-key.ts'
import droppedValue from './fly-config/dropped-value.ts'
import envLocalhost from './fly-config/env-localhost.ts'
import envName from './fly-config/env-name.ts'
import envSecret from './fly-config/env-secret.ts'
import envValue from './fly-config/env-value.ts'
import files from './fly-config/files.ts'
import killSignal from './fly-config/kill-signal.ts'
import killTimeout from './fly-config/kill-timeout.ts'
import restartPolicy from './fly-config/restart-policy.ts'
import sameApp from './fly-config/same-app.ts'
import statics from './fly-config/statics.ts'
import flyConfigSyntax from './fly-config/syntax.ts'
import unknownKey from './fly-config/unknown-key.ts'
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
  sameApp,
  droppedValue,
  deadKey,
  restartPolicy,
  killTimeout,
  killSignal,
  compression,
  buildStrategy,
  builder,
  builtin,
  envName,
  envValue,
  envLocalhost,
  envSecret,
  files,
  statics,

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
