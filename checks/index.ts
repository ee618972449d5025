/**
 * THE ORDERED PLAN: groups in the order of a deploy, one line a check.
 * A new check is its file, its page, its test and a line here.
 */
import type {AnyCheck} from '../src/check.ts'
import alembicConfig from './alembic/config.ts'
import alembicHeads from './alembic/heads.ts'
import alembicParents from './alembic/parents.ts'
import argScope from './dockerfile/arg-scope.ts'
import buildPackages from './dockerfile/build-packages.ts'
import copySource from './dockerfile/copy-source.ts'
import envSyntax from './dockerfile/env-syntax.ts'
import dockerfileExists from './dockerfile/exists.ts'
import exposedPort from './dockerfile/exposed-port.ts'
import installFiles from './dockerfile/install-files.ts'
import instructions from './dockerfile/instructions.ts'
import libpq from './dockerfile/libpq.ts'
import multiStage from './dockerfile/multi-stage.ts'
import pipOptions from './dockerfile/pip-options.ts'
import pnpmBuilds from './dockerfile/pnpm-builds.ts'
import pythonVersion from './dockerfile/python-version.ts'
import requiredPackages from './dockerfile/required-packages.ts'
import dockerfileSyntax from './dockerfile/syntax.ts'
import workspaceManifests from './dockerfile/workspace-manifests.ts'
import yarnWorkspace from './dockerfile/yarn-workspace.ts'
import databaseFallback from './env/database-fallback.ts'
import databaseUrl from './env/database-url.ts'
import databaseVariable from './env/database-variable.ts'
import environmentRequired from './env/required.ts'
import appName from './fly-config/app-name.ts'
import autoStop from './fly-config/auto-stop.ts'
import bluegreenChecks from './fly-config/bluegreen-checks.ts'
import buildStrategy from './fly-config/build-strategy.ts'
import builder from './fly-config/builder.ts'
import builtin from './fly-config/builtin.ts'
import checkInterval from './fly-config/check-interval.ts'
import checkMissing from './fly-config/check-missing.ts'
import checkPort from './fly-config/check-port.ts'
import checkRequest from './fly-config/check-request.ts'
import checkRouting from './fly-config/check-routing.ts'
import checkTimeout from './fly-config/check-timeout.ts'
import checkTiming from './fly-config/check-timing.ts'
import checkType from './fly-config/check-type.ts'
import commandSyntax from './fly-config/command-syntax.ts'
import compression from './fly-config/compression.ts'
import concurrency from './fly-config/concurrency.ts'
import containers from './fly-config/containers.ts'
import deadKey from './fly-config/dead-key.ts'
import flyConfigDecode from './fly-config/decode.ts'
import dedicatedIp from './fly-config/dedicated-ip.ts'
import deployStrategy from './fly-config/deploy-strategy.ts'
import deployTimeouts from './fly-config/deploy-timeouts.ts'
import droppedValue from './fly-config/dropped-value.ts'
import duplicatePort from './fly-config/duplicate-port.ts'
import envLocalhost from './fly-config/env-localhost.ts'
import envName from './fly-config/env-name.ts'
import envPort from './fly-config/env-port.ts'
import envSecret from './fly-config/env-secret.ts'
import envValue from './fly-config/env-value.ts'
import files from './fly-config/files.ts'
import handlers from './fly-config/handlers.ts'
import internalPort from './fly-config/internal-port.ts'
import killSignal from './fly-config/kill-signal.ts'
import killTimeout from './fly-config/kill-timeout.ts'
import localFiles from './fly-config/local-files.ts'
import machineChecks from './fly-config/machine-checks.ts'
import machineConversion from './fly-config/machine-conversion.ts'
import maxUnavailable from './fly-config/max-unavailable.ts'
import mountAutoExtend from './fly-config/mount-auto-extend.ts'
import mountPlace from './fly-config/mount-place.ts'
import mountRegion from './fly-config/mount-region.ts'
import mountSize from './fly-config/mount-size.ts'
import mountSnapshots from './fly-config/mount-snapshots.ts'
import portOptions from './fly-config/port-options.ts'
import portRange from './fly-config/port-range.ts'
import region from './fly-config/region.ts'
import releaseCommandEmpty from './fly-config/release-command-empty.ts'
import releaseCommandVolume from './fly-config/release-command-volume.ts'
import restartPolicy from './fly-config/restart-policy.ts'
import sameApp from './fly-config/same-app.ts'
import serviceCheckTiming from './fly-config/service-check-timing.ts'
import servicePorts from './fly-config/service-ports.ts'
import serviceProcesses from './fly-config/service-processes.ts'
import serviceProtocol from './fly-config/service-protocol.ts'
import severalMounts from './fly-config/several-mounts.ts'
import shellSyntax from './fly-config/shell-syntax.ts'
import statics from './fly-config/statics.ts'
import strategyMounts from './fly-config/strategy-mounts.ts'
import strayService from './fly-config/stray-service.ts'
import flyConfigSyntax from './fly-config/syntax.ts'
import udp from './fly-config/udp.ts'
import unknownGroup from './fly-config/unknown-group.ts'
import unknownKey from './fly-config/unknown-key.ts'
import unusedProcesses from './fly-config/unused-processes.ts'
import vmCpus from './fly-config/vm-cpus.ts'
import vmGpu from './fly-config/vm-gpu.ts'
import vmMemory from './fly-config/vm-memory.ts'
import vmSize from './fly-config/vm-size.ts'
import vmUnused from './fly-config/vm-unused.ts'
import gitClean from './git/clean.ts'
import gitPushed from './git/pushed.ts'
import commandFile from './image/command-file.ts'
import commandModule from './image/command-module.ts'
import gitProgram from './image/git-program.ts'
import listenAddress from './image/listen-address.ts'
import listenPort from './image/listen-port.ts'
import lostState from './image/lost-state.ts'
import prismaOpenssl from './image/prisma-openssl.ts'
import staticsPath from './image/statics-path.ts'
import liveApp from './live/app.ts'
import liveFlyctl from './live/flyctl.ts'
import livePostgres from './live/postgres.ts'
import requiredSecrets from './live/required-secrets.ts'
import liveSession from './live/session.ts'
import commandPackage from './python/command-package.ts'
import neededPackages from './python/needed-packages.ts'
import packageName from './python/package-name.ts'
import poetry2 from './python/poetry-2.ts'
import postgresDriver from './python/postgres-driver.ts'
import requirements from './python/requirements.ts'
import uvRun from './python/uv-run.ts'
import unusedIgnore from './settings/unused-ignore.ts'

export const checks: readonly AnyCheck[] = [
  gitClean,
  gitPushed,

  flyConfigSyntax,
  flyConfigDecode,
  unknownKey,
  deadKey,
  droppedValue,
  appName,
  sameApp,
  // what is built
  buildStrategy,
  builder,
  builtin,
  compression,
  // what the deploy and the groups run
  commandSyntax,
  shellSyntax,
  deployStrategy,
  strategyMounts,
  bluegreenChecks,
  maxUnavailable,
  deployTimeouts,
  releaseCommandEmpty,
  releaseCommandVolume,
  // what the processes are told
  envName,
  envValue,
  envPort,
  envLocalhost,
  envSecret,
  // how traffic reaches them
  serviceProcesses,
  unknownGroup,
  unusedProcesses,
  strayService,
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
  // how their health is asked
  checkMissing,
  checkType,
  checkInterval,
  checkTimeout,
  checkPort,
  checkRequest,
  checkTiming,
  serviceCheckTiming,
  checkRouting,
  machineChecks,
  // the machines
  machineConversion,
  containers,
  vmSize,
  vmCpus,
  vmMemory,
  vmGpu,
  vmUnused,
  restartPolicy,
  killTimeout,
  killSignal,
  region,
  // their volumes and files
  mountRegion,
  mountPlace,
  severalMounts,
  mountSize,
  mountSnapshots,
  mountAutoExtend,
  files,
  localFiles,
  statics,

  dockerfileExists,
  dockerfileSyntax,
  instructions,
  envSyntax,
  argScope,
  copySource,
  installFiles,
  workspaceManifests,
  pythonVersion,
  pipOptions,
  yarnWorkspace,
  pnpmBuilds,
  buildPackages,
  libpq,
  multiStage,
  exposedPort,
  requiredPackages,

  commandFile,
  lostState,
  listenPort,
  listenAddress,
  gitProgram,
  prismaOpenssl,
  commandModule,
  staticsPath,

  requirements,
  postgresDriver,
  packageName,
  neededPackages,
  commandPackage,
  poetry2,
  uvRun,

  alembicConfig,
  alembicParents,
  alembicHeads,

  databaseUrl,
  databaseVariable,
  databaseFallback,
  environmentRequired,

  liveFlyctl,
  liveSession,
  liveApp,
  livePostgres,
  requiredSecrets,

  unusedIgnore,
]
