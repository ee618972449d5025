/**
 * THE ORDERED PLAN: groups in the order of a deploy, one line a check.
 * A new check is its file, its page, its test and a line here.
 */

import type {AnyCheck} from '../src/check.ts'
import alembicCommand from './alembic/command.ts'
import alembicConfig from './alembic/config.ts'
import alembicCreateAll from './alembic/create-all.ts'
import alembicEnvImports from './alembic/env-imports.ts'
import alembicEnvScript from './alembic/env-script.ts'
import alembicEveryMachine from './alembic/every-machine.ts'
import alembicHeads from './alembic/heads.ts'
import alembicInImage from './alembic/in-image.ts'
import alembicParents from './alembic/parents.ts'
import alembicRevisions from './alembic/revisions.ts'
import alembicSyntax from './alembic/syntax.ts'
import alembicTracked from './alembic/tracked.ts'
import alembicUnrun from './alembic/unrun.ts'
import alembicUpgradeFunction from './alembic/upgrade-function.ts'
import actionInputs from './ci/action-inputs.ts'
import actionReference from './ci/action-reference.ts'
import checkout from './ci/checkout.ts'
import deployConcurrency from './ci/concurrency.ts'
import consoleShell from './ci/console-shell.ts'
import deployConfig from './ci/deploy-config.ts'
import deployContext from './ci/deploy-context.ts'
import endlessCommand from './ci/endless-command.ts'
import expressionContext from './ci/expression-context.ts'
import flyActions from './ci/fly-actions.ts'
import flyctlCommand from './ci/flyctl-command.ts'
import flyctlFlags from './ci/flyctl-flags.ts'
import flyctlInstalled from './ci/flyctl-installed.ts'
import ignoredFailure from './ci/ignored-failure.ts'
import imageTag from './ci/image-tag.ts'
import leftOutFile from './ci/left-out-file.ts'
import lfsFiles from './ci/lfs-files.ts'
import literalVariable from './ci/literal-variable.ts'
import localBuild from './ci/local-build.ts'
import missingFile from './ci/missing-file.ts'
import missingScript from './ci/missing-script.ts'
import nameValue from './ci/name-value.ts'
import otherConfig from './ci/other-config.ts'
import otherEnvironment from './ci/other-environment.ts'
import pnpmVersion from './ci/pnpm-version.ts'
import preflightStep from './ci/preflight-step.ts'
import pushFilter from './ci/push-filter.ts'
import retired from './ci/retired.ts'
import reusableWorkflow from './ci/reusable-workflow.ts'
import runnerPrograms from './ci/runner-programs.ts'
import shScript from './ci/sh-script.ts'
import sharedApp from './ci/shared-app.ts'
import stepEnvironment from './ci/step-environment.ts'
import submodules from './ci/submodules.ts'
import token from './ci/token.ts'
import unattended from './ci/unattended.ts'
import unreadWorkflow from './ci/unread-workflow.ts'
import untrackedSource from './ci/untracked-source.ts'
import unusedBuildValue from './ci/unused-build-value.ts'
import workflowRules from './ci/workflow-rules.ts'
import workflowSyntax from './ci/workflow-syntax.ts'
import absentMembers from './dockerfile/absent-members.ts'
import apkPackages from './dockerfile/apk-packages.ts'
import aptLists from './dockerfile/apt-lists.ts'
import aptPackages from './dockerfile/apt-packages.ts'
import archivedRelease from './dockerfile/archived-release.ts'
import argScope from './dockerfile/arg-scope.ts'
import baseImage from './dockerfile/base-image.ts'
import buildArgs from './dockerfile/build-args.ts'
import buildDatabase from './dockerfile/build-database.ts'
import buildFiles from './dockerfile/build-files.ts'
import buildOutput from './dockerfile/build-output.ts'
import buildPackages from './dockerfile/build-packages.ts'
import buildTasks from './dockerfile/build-tasks.ts'
import buildVariables from './dockerfile/build-variables.ts'
import cargoLock from './dockerfile/cargo-lock.ts'
import collectedFiles from './dockerfile/collected-files.ts'
import copySource from './dockerfile/copy-source.ts'
import copyTarget from './dockerfile/copy-target.ts'
import developmentTools from './dockerfile/development-tools.ts'
import dotnetRestore from './dockerfile/dotnet-restore.ts'
import dotnetTool from './dockerfile/dotnet-tool.ts'
import endOfLife from './dockerfile/end-of-life.ts'
import envSyntax from './dockerfile/env-syntax.ts'
import envTwice from './dockerfile/env-twice.ts'
import dockerfileExists from './dockerfile/exists.ts'
import exposedPort from './dockerfile/exposed-port.ts'
import failingRun from './dockerfile/failing-run.ts'
import gemLock from './dockerfile/gem-lock.ts'
import gemPlatform from './dockerfile/gem-platform.ts'
import gitFolder from './dockerfile/git-folder.ts'
import goImports from './dockerfile/go-imports.ts'
import goPackages from './dockerfile/go-packages.ts'
import ignoreFile from './dockerfile/ignore-file.ts'
import ignoredMembers from './dockerfile/ignored-members.ts'
import installFiles from './dockerfile/install-files.ts'
import installYes from './dockerfile/install-yes.ts'
import instructions from './dockerfile/instructions.ts'
import joinedLines from './dockerfile/joined-lines.ts'
import jsonForm from './dockerfile/json-form.ts'
import latestGenerator from './dockerfile/latest-generator.ts'
import libpq from './dockerfile/libpq.ts'
import linkedModules from './dockerfile/linked-modules.ts'
import lockFile from './dockerfile/lock-file.ts'
import lockPlatform from './dockerfile/lock-platform.ts'
import lostExport from './dockerfile/lost-export.ts'
import memberModules from './dockerfile/member-modules.ts'
import memberPrograms from './dockerfile/member-programs.ts'
import mountedSecrets from './dockerfile/mounted-secrets.ts'
import multiStage from './dockerfile/multi-stage.ts'
import namedFiles from './dockerfile/named-files.ts'
import packageManager from './dockerfile/package-manager.ts'
import packageRegistry from './dockerfile/package-registry.ts'
import peerPackages from './dockerfile/peer-packages.ts'
import phpBuilds from './dockerfile/php-builds.ts'
import phpExtensions from './dockerfile/php-extensions.ts'
import phpPackages from './dockerfile/php-packages.ts'
import pipOptions from './dockerfile/pip-options.ts'
import pnpmBuilds from './dockerfile/pnpm-builds.ts'
import pnpmDeploy from './dockerfile/pnpm-deploy.ts'
import pnpmGlobal from './dockerfile/pnpm-global.ts'
import postcssPlugin from './dockerfile/postcss-plugin.ts'
import publicVariables from './dockerfile/public-variables.ts'
import pythonLock from './dockerfile/python-lock.ts'
import pythonVersion from './dockerfile/python-version.ts'
import queryData from './dockerfile/query-data.ts'
import readableFolders from './dockerfile/readable-folders.ts'
import requiredPackages from './dockerfile/required-packages.ts'
import runProgram from './dockerfile/run-program.ts'
import runRights from './dockerfile/run-rights.ts'
import runShell from './dockerfile/run-shell.ts'
import secretMounts from './dockerfile/secret-mounts.ts'
import skippedBuilds from './dockerfile/skipped-builds.ts'
import sshSource from './dockerfile/ssh-source.ts'
import staleStubs from './dockerfile/stale-stubs.ts'
import staticManifest from './dockerfile/static-manifest.ts'
import dockerfileSyntax from './dockerfile/syntax.ts'
import takenUser from './dockerfile/taken-user.ts'
import toolchainVersion from './dockerfile/toolchain-version.ts'
import uninstalledTools from './dockerfile/uninstalled-tools.ts'
import userOptions from './dockerfile/user-options.ts'
import workspaceBuilds from './dockerfile/workspace-builds.ts'
import workspaceManifests from './dockerfile/workspace-manifests.ts'
import yarnWorkspace from './dockerfile/yarn-workspace.ts'
import compiledOption from './env/compiled-option.ts'
import composeHost from './env/compose-host.ts'
import databaseFallback from './env/database-fallback.ts'
import databaseIpv6 from './env/database-ipv6.ts'
import databaseUrl from './env/database-url.ts'
import databaseVariable from './env/database-variable.ts'
import elixirCluster from './env/elixir-cluster.ts'
import jdbcUrl from './env/jdbc-url.ts'
import laravelNames from './env/laravel-names.ts'
import npgsqlUrl from './env/npgsql-url.ts'
import parsedNumber from './env/parsed-number.ts'
import phoenixHost from './env/phoenix-host.ts'
import phoenixServer from './env/phoenix-server.ts'
import proxyHttps from './env/proxy-https.ts'
import railsEnvironment from './env/rails-environment.ts'
import removedOption from './env/removed-option.ts'
import environmentRequired from './env/required.ts'
import runtimeRaise from './env/runtime-raise.ts'
import runtimeSyntax from './env/runtime-syntax.ts'
import schemaValue from './env/schema-value.ts'
import secretsFile from './env/secrets-file.ts'
import settingsNames from './env/settings-names.ts'
import settingsValue from './env/settings-value.ts'
import sharedSqlite from './env/shared-sqlite.ts'
import sslMode from './env/ssl-mode.ts'
import trustedProxy from './env/trusted-proxy.ts'
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
import idleStop from './fly-config/idle-stop.ts'
import imageName from './fly-config/image-name.ts'
import internalPort from './fly-config/internal-port.ts'
import killSignal from './fly-config/kill-signal.ts'
import killTimeout from './fly-config/kill-timeout.ts'
import litefsNeeds from './fly-config/litefs.ts'
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
import releaseCommandFiles from './fly-config/release-command-files.ts'
import releaseCommandVolume from './fly-config/release-command-volume.ts'
import releaseServer from './fly-config/release-server.ts'
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
import gitMergeConflict from './git/merge-conflict.ts'
import gitPushed from './git/pushed.ts'
import gitSecretFile from './git/secret-file.ts'
import allowedHosts from './image/allowed-hosts.ts'
import axumRoutes from './image/axum-routes.ts'
import barePort from './image/bare-port.ts'
import builtProgram from './image/built-program.ts'
import cPackages from './image/c-packages.ts'
import calledProgram from './image/called-program.ts'
import checkAnswer from './image/check-answer.ts'
import checkPath from './image/check-path.ts'
import clientOutput from './image/client-output.ts'
import clientRoutes from './image/client-routes.ts'
import commandFile from './image/command-file.ts'
import commandForeground from './image/command-foreground.ts'
import commandModule from './image/command-module.ts'
import commandProgram from './image/command-program.ts'
import compiledAssets from './image/compiled-assets.ts'
import compiledFile from './image/compiled-file.ts'
import composerPackages from './image/composer-packages.ts'
import copiedPython from './image/copied-python.ts'
import corsSettings from './image/cors-settings.ts'
import coveredCopy from './image/covered-copy.ts'
import coveredFolder from './image/covered-folder.ts'
import denoPermissions from './image/deno-permissions.ts'
import dotenvFile from './image/dotenv-file.ts'
import dotenvSettings from './image/dotenv-settings.ts'
import dotnetRuntime from './image/dotnet-runtime.ts'
import editableInstall from './image/editable-install.ts'
import entrypointCommand from './image/entrypoint-command.ts'
import envFile from './image/env-file.ts'
import execForm from './image/exec-form.ts'
import frameworkOutput from './image/framework-output.ts'
import frameworkTask from './image/framework-task.ts'
import gitProgram from './image/git-program.ts'
import heapSize from './image/heap-size.ts'
import idleCommand from './image/idle-command.ts'
import imageVolume from './image/image-volume.ts'
import installedGems from './image/installed-gems.ts'
import javaArchive from './image/java-archive.ts'
import kestrelAddress from './image/kestrel-address.ts'
import knownPort from './image/known-port.ts'
import laravelStorage from './image/laravel-storage.ts'
import libc from './image/libc.ts'
import listenAddress from './image/listen-address.ts'
import listenPort from './image/listen-port.ts'
import litefs from './image/litefs.ts'
import litestreamRestore from './image/litestream-restore.ts'
import localPackages from './image/local-packages.ts'
import localService from './image/local-service.ts'
import logFolder from './image/log-folder.ts'
import lostState from './image/lost-state.ts'
import lostUploads from './image/lost-uploads.ts'
import mixCall from './image/mix-call.ts'
import mixPackages from './image/mix-packages.ts'
import mountedOver from './image/mounted-over.ts'
import movedEnvironment from './image/moved-environment.ts'
import nativeModules from './image/native-modules.ts'
import nextOutput from './image/next-output.ts'
import nginxFiles from './image/nginx-files.ts'
import nginxFolder from './image/nginx-folder.ts'
import nginxHosts from './image/nginx-hosts.ts'
import nginxPass from './image/nginx-pass.ts'
import nginxRoot from './image/nginx-root.ts'
import nginxSite from './image/nginx-site.ts'
import nginxSyntax from './image/nginx-syntax.ts'
import nginxTemplate from './image/nginx-template.ts'
import openBasedir from './image/open-basedir.ts'
import systemPackageManager from './image/package-manager.ts'
import packageScript from './image/package-script.ts'
import pageFiles from './image/page-files.ts'
import parsedAddress from './image/parsed-address.ts'
import phpCase from './image/php-case.ts'
import platform from './image/platform.ts'
import playwrightBrowsers from './image/playwright-browsers.ts'
import prismaClient from './image/prisma-client.ts'
import prismaOpenssl from './image/prisma-openssl.ts'
import prismaParts from './image/prisma-parts.ts'
import prismaSchema from './image/prisma-schema.ts'
import prismaUrl from './image/prisma-url.ts'
import privateNetwork from './image/private-network.ts'
import privilegedPort from './image/privileged-port.ts'
import queueWorker from './image/queue-worker.ts'
import railsGems from './image/rails-gems.ts'
import railsNames from './image/rails-names.ts'
import readFolder from './image/read-folder.ts'
import releasePath from './image/release-path.ts'
import requiredGems from './image/required-gems.ts'
import rootHome from './image/root-home.ts'
import rubyConstants from './image/ruby-constants.ts'
import scriptStart from './image/script-start.ts'
import secretFile from './image/secret-file.ts'
import servedSite from './image/served-site.ts'
import serverOptions from './image/server-options.ts'
import serverStage from './image/server-stage.ts'
import serverUser from './image/server-user.ts'
import shellSyntaxOfImage from './image/shell-syntax.ts'
import staticsPath from './image/statics-path.ts'
import swiftLibraries from './image/swift-libraries.ts'
import systemFiles from './image/system-files.ts'
import systemPackage from './image/system-package.ts'
import unsetPort from './image/unset-port.ts'
import imageUser from './image/user.ts'
import volumeRoot from './image/volume-root.ts'
import workerPort from './image/worker-port.ts'
import writableFolder from './image/writable-folder.ts'
import liveApp from './live/app.ts'
import liveBluegreen from './live/bluegreen.ts'
import liveCertificates from './live/certificates.ts'
import liveChanges from './live/changes.ts'
import ciLogin from './live/ci-login.ts'
import cordonedMachines from './live/cordoned-machines.ts'
import liveCrashes from './live/crashes.ts'
import fileSecrets from './live/file-secrets.ts'
import liveFlyctl from './live/flyctl.ts'
import liveHealth from './live/health.ts'
import liveHosts from './live/hosts.ts'
import liveIps from './live/ips.ts'
import lastRelease from './live/last-release.ts'
import liveMachineSize from './live/machine-size.ts'
import managedPostgres from './live/managed-postgres.ts'
import liveMemory from './live/memory.ts'
import minMachines from './live/min-machines.ts'
import mountedVolumes from './live/mounted-volumes.ts'
import livePostgres from './live/postgres.ts'
import postgresHealth from './live/postgres-health.ts'
import primaryRegion from './live/primary-region.ts'
import processGroups from './live/process-groups.ts'
import liveRedis from './live/redis.ts'
import liveRegions from './live/regions.ts'
import requiredSecrets from './live/required-secrets.ts'
import liveSession from './live/session.ts'
import shadowedEnv from './live/shadowed-env.ts'
import stagedSecrets from './live/staged-secrets.ts'
import stoppedMachines from './live/stopped-machines.ts'
import tokenEnd from './live/token-end.ts'
import tokenHidden from './live/token-hidden.ts'
import tokenRights from './live/token-rights.ts'
import unusedSecrets from './live/unused-secrets.ts'
import liveVolumes from './live/volumes.ts'
import artisanForce from './migrations/artisan-force.ts'
import bindParameter from './migrations/bind-parameter.ts'
import caughtRefusal from './migrations/caught-refusal.ts'
import developmentCommand from './migrations/development-command.ts'
import djangoMigrations from './migrations/django.ts'
import ectoFiles from './migrations/ecto-files.ts'
import emptiedDatabase from './migrations/emptied-database.ts'
import enumCreatedTwice from './migrations/enum-created-twice.ts'
import enumMissing from './migrations/enum-missing.ts'
import enumValue from './migrations/enum-value.ts'
import migrationFiles from './migrations/files.ts'
import flywayDatabase from './migrations/flyway-database.ts'
import foreignKeyTarget from './migrations/foreign-key-target.ts'
import gooseFiles from './migrations/goose-files.ts'
import indexExpression from './migrations/index-expression.ts'
import indexType from './migrations/index-type.ts'
import madeTwice from './migrations/made-twice.ts'
import missingColumn from './migrations/missing-column.ts'
import missingExtension from './migrations/missing-extension.ts'
import missingName from './migrations/missing-name.ts'
import missingTable from './migrations/missing-table.ts'
import notNullColumn from './migrations/not-null-column.ts'
import oldCode from './migrations/old-code.ts'
import otherDialect from './migrations/other-dialect.ts'
import plainString from './migrations/plain-string.ts'
import railsFiles from './migrations/rails-files.ts'
import railsMigration from './migrations/rails-migration.ts'
import railsNotNull from './migrations/rails-not-null.ts'
import refusedOperation from './migrations/refused-operation.ts'
import refusedRows from './migrations/refused-rows.ts'
import releaseTask from './migrations/release-task.ts'
import schemaDrift from './migrations/schema-drift.ts'
import severalStatements from './migrations/several-statements.ts'
import sqlSyntax from './migrations/sql-syntax.ts'
import sqliteOperation from './migrations/sqlite-operation.ts'
import stillNeeded from './migrations/still-needed.ts'
import tableLock from './migrations/table-lock.ts'
import transaction from './migrations/transaction.ts'
import typeChange from './migrations/type-change.ts'
import unchangedRun from './migrations/unchanged-run.ts'
import unnamedConstraint from './migrations/unnamed-constraint.ts'
import asyncRequests from './node/async-requests.ts'
import clientComponents from './node/client-components.ts'
import compilerOptions from './node/compiler-options.ts'
import exportedName from './node/exported-name.ts'
import expressRoutes from './node/express-routes.ts'
import fastifyPlugins from './node/fastify-plugins.ts'
import importFile from './node/import-file.ts'
import importPackage from './node/import-package.ts'
import installedPackages from './node/installed-packages.ts'
import laravelVite from './node/laravel-vite.ts'
import modulePackages from './node/module-packages.ts'
import nodeNeeds from './node/needed-packages.ts'
import newerNode from './node/newer-node.ts'
import nextExports from './node/next-exports.ts'
import nextFiles from './node/next-files.ts'
import nextLint from './node/next-lint.ts'
import ownScripts from './node/own-imports.ts'
import prismaModels from './node/prisma-models.ts'
import prismaNames from './node/prisma-names.ts'
import reactVersions from './node/react-versions.ts'
import refusedOptions from './node/refused-options.ts'
import routeConflicts from './node/route-conflicts.ts'
import searchParams from './node/search-params.ts'
import svelteFiles from './node/svelte-files.ts'
import nodeSyntax from './node/syntax.ts'
import typescript from './node/typescript.ts'
import undefinedNameOfNode from './node/undefined-name.ts'
import policyBaseImages from './policy/base-images.ts'
import policyEnvNames from './policy/env-names.ts'
import policyMachineCount from './policy/machine-count.ts'
import policyMachines from './policy/machines.ts'
import policyPythonVersion from './policy/python-version.ts'
import policyRegion from './policy/region.ts'
import policyReleaseCommand from './policy/release-command.ts'
import policyServices from './policy/services.ts'
import awareTimes from './python/aware-times.ts'
import commandPackage from './python/command-package.ts'
import conflictingVersions from './python/conflicting-versions.ts'
import dataclassFields from './python/dataclass-fields.ts'
import djangoSettings from './python/django-settings.ts'
import excludedVersion from './python/excluded-version.ts'
import fastapiRoutes from './python/fastapi-routes.ts'
import flaskRoutes from './python/flask-routes.ts'
import hashes from './python/hashes.ts'
import importMemory from './python/import-memory.ts'
import importedPackages from './python/imported-packages.ts'
import libraryNames from './python/library-names.ts'
import limitedRoute from './python/limited-route.ts'
import linuxPackage from './python/linux-package.ts'
import managedEnvironment from './python/managed-environment.ts'
import mappedTables from './python/mapped-tables.ts'
import neededPackages from './python/needed-packages.ts'
import ownImports from './python/own-imports.ts'
import packageLayout from './python/package-layout.ts'
import packageName from './python/package-name.ts'
import pageTemplates from './python/page-templates.ts'
import parentFolder from './python/parent-folder.ts'
import poetry2 from './python/poetry-2.ts'
import postgresDriver from './python/postgres-driver.ts'
import pydanticModels from './python/pydantic-models.ts'
import requirements from './python/requirements.ts'
import reservedAttribute from './python/reserved-attribute.ts'
import responseBody from './python/response-body.ts'
import serverInterface from './python/server-interface.ts'
import settingsFields from './python/settings-fields.ts'
import sqliteSql from './python/sqlite-sql.ts'
import standardLibrary from './python/standard-library.ts'
import pythonSyntax from './python/syntax.ts'
import undefinedName from './python/undefined-name.ts'
import uninstalledPackage from './python/uninstalled-package.ts'
import uvRun from './python/uv-run.ts'
import wheels from './python/wheels.ts'
import settingsBaseline from './settings/baseline.ts'
import unusedIgnore from './settings/unused-ignore.ts'

export const checks: readonly AnyCheck[] = [
  gitClean,
  gitPushed,
  gitSecretFile,
  gitMergeConflict,

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
  imageName,
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
  releaseServer,
  releaseCommandFiles,
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
  idleStop,
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
  litefsNeeds,
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
  memberModules,
  copyTarget,
  memberPrograms,
  runShell,
  pythonLock,
  pythonVersion,
  pipOptions,
  yarnWorkspace,
  pnpmBuilds,
  pnpmDeploy,
  pnpmGlobal,
  buildPackages,
  libpq,
  multiStage,
  exposedPort,
  requiredPackages,
  installYes,
  envTwice,
  gemPlatform,
  failingRun,
  gemLock,
  buildFiles,
  namedFiles,
  buildTasks,
  collectedFiles,
  buildOutput,
  buildVariables,
  buildDatabase,
  publicVariables,
  buildArgs,
  secretMounts,
  mountedSecrets,
  lostExport,
  queryData,
  goImports,
  goPackages,
  cargoLock,
  staleStubs,
  latestGenerator,
  dotnetRestore,
  dotnetTool,
  linkedModules,
  skippedBuilds,
  developmentTools,
  postcssPlugin,
  lockFile,
  lockPlatform,
  peerPackages,
  toolchainVersion,
  baseImage,
  aptLists,
  aptPackages,
  apkPackages,
  userOptions,
  takenUser,
  archivedRelease,
  ignoreFile,
  readableFolders,
  ignoredMembers,
  absentMembers,
  packageManager,
  packageRegistry,
  workspaceBuilds,
  phpBuilds,
  phpExtensions,
  phpPackages,
  endOfLife,
  runRights,
  runProgram,
  gitFolder,
  joinedLines,
  jsonForm,
  sshSource,
  staticManifest,
  uninstalledTools,

  commandFile,
  builtProgram,
  lostState,
  listenPort,
  listenAddress,
  serverOptions,
  privateNetwork,
  serverStage,
  gitProgram,
  calledProgram,
  systemPackage,
  systemPackageManager,
  prismaOpenssl,
  commandModule,
  staticsPath,
  commandProgram,
  commandForeground,
  dotenvFile,
  dotnetRuntime,
  barePort,
  unsetPort,
  kestrelAddress,
  javaArchive,
  scriptStart,
  shellSyntaxOfImage,
  nginxTemplate,
  packageScript,
  frameworkTask,
  imageUser,
  serverUser,
  openBasedir,
  rootHome,
  writableFolder,
  workerPort,
  queueWorker,
  localPackages,
  secretFile,
  railsGems,
  railsNames,
  installedGems,
  requiredGems,
  rubyConstants,
  readFolder,
  logFolder,
  localService,
  movedEnvironment,
  editableInstall,
  dotenvSettings,
  envFile,
  compiledFile,
  composerPackages,
  compiledAssets,
  parsedAddress,
  axumRoutes,
  checkPath,
  checkAnswer,
  allowedHosts,
  lostUploads,
  mixCall,
  releasePath,
  mixPackages,
  mountedOver,
  coveredCopy,
  coveredFolder,
  laravelStorage,
  phpCase,
  imageVolume,
  volumeRoot,
  platform,
  libc,
  nativeModules,
  cPackages,
  execForm,
  copiedPython,
  nextOutput,
  prismaClient,
  prismaSchema,
  prismaUrl,
  prismaParts,
  heapSize,
  systemFiles,
  frameworkOutput,
  servedSite,
  pageFiles,
  clientRoutes,
  litefs,
  litestreamRestore,
  clientOutput,
  denoPermissions,
  knownPort,
  entrypointCommand,
  privilegedPort,
  playwrightBrowsers,
  idleCommand,
  swiftLibraries,
  corsSettings,
  nginxFiles,
  nginxFolder,
  nginxSyntax,
  nginxHosts,
  nginxPass,
  nginxRoot,
  nginxSite,

  requirements,
  postgresDriver,
  linuxPackage,
  pythonSyntax,
  reservedAttribute,
  responseBody,
  limitedRoute,
  packageName,
  neededPackages,
  awareTimes,
  commandPackage,
  poetry2,
  uvRun,
  managedEnvironment,
  wheels,
  hashes,
  conflictingVersions,
  excludedVersion,
  importedPackages,
  serverInterface,
  sqliteSql,
  importMemory,
  standardLibrary,
  libraryNames,
  pydanticModels,
  dataclassFields,
  mappedTables,
  fastapiRoutes,
  flaskRoutes,
  ownImports,
  uninstalledPackage,
  packageLayout,
  djangoSettings,
  undefinedName,
  settingsFields,
  pageTemplates,
  parentFolder,

  importFile,
  laravelVite,
  importPackage,
  ownScripts,
  installedPackages,
  nodeSyntax,
  typescript,
  undefinedNameOfNode,
  newerNode,
  exportedName,
  clientComponents,
  asyncRequests,
  nextFiles,
  nextExports,
  svelteFiles,
  compilerOptions,
  nextLint,
  searchParams,
  routeConflicts,
  prismaNames,
  prismaModels,
  reactVersions,
  refusedOptions,
  modulePackages,
  expressRoutes,
  fastifyPlugins,
  nodeNeeds,

  alembicConfig,
  alembicParents,
  alembicHeads,
  alembicSyntax,
  alembicRevisions,
  alembicUpgradeFunction,
  alembicEnvScript,
  alembicCommand,
  alembicInImage,
  alembicEnvImports,
  alembicTracked,
  alembicEveryMachine,
  alembicCreateAll,
  alembicUnrun,

  madeTwice,
  missingColumn,
  missingTable,
  missingName,
  missingExtension,
  refusedOperation,
  refusedRows,
  sqliteOperation,
  foreignKeyTarget,
  enumCreatedTwice,
  enumMissing,
  enumValue,
  transaction,
  otherDialect,
  plainString,
  artisanForce,
  bindParameter,
  severalStatements,
  unnamedConstraint,
  typeChange,
  notNullColumn,
  oldCode,
  stillNeeded,
  tableLock,
  migrationFiles,
  indexExpression,
  indexType,
  releaseTask,
  caughtRefusal,
  djangoMigrations,
  developmentCommand,
  emptiedDatabase,
  flywayDatabase,
  sqlSyntax,
  gooseFiles,
  unchangedRun,
  railsFiles,
  ectoFiles,
  railsMigration,
  railsNotNull,
  schemaDrift,

  databaseUrl,
  databaseVariable,
  jdbcUrl,
  npgsqlUrl,
  laravelNames,
  databaseFallback,
  environmentRequired,
  secretsFile,
  runtimeRaise,
  runtimeSyntax,
  phoenixHost,
  phoenixServer,
  railsEnvironment,
  compiledOption,
  elixirCluster,
  proxyHttps,
  trustedProxy,
  databaseIpv6,
  composeHost,
  sharedSqlite,
  removedOption,
  sslMode,
  parsedNumber,
  settingsNames,
  settingsValue,
  schemaValue,

  workflowSyntax,
  workflowRules,
  expressionContext,
  reusableWorkflow,
  flyActions,
  literalVariable,
  localBuild,
  sharedApp,
  pushFilter,
  actionReference,
  checkout,
  pnpmVersion,
  runnerPrograms,
  endlessCommand,
  missingScript,
  shScript,
  actionInputs,
  unreadWorkflow,
  missingFile,
  flyctlInstalled,
  flyctlCommand,
  consoleShell,
  flyctlFlags,
  nameValue,
  unusedBuildValue,
  stepEnvironment,
  token,
  unattended,
  deployConfig,
  deployContext,
  untrackedSource,
  leftOutFile,
  lfsFiles,
  submodules,
  imageTag,
  otherConfig,
  otherEnvironment,
  ignoredFailure,
  retired,
  deployConcurrency,
  preflightStep,

  liveFlyctl,
  liveSession,
  tokenHidden,
  tokenEnd,
  tokenRights,
  ciLogin,
  liveApp,
  livePostgres,
  managedPostgres,
  requiredSecrets,
  postgresHealth,
  liveRedis,
  fileSecrets,
  shadowedEnv,
  stagedSecrets,
  unusedSecrets,
  liveIps,
  liveCertificates,
  lastRelease,
  liveHealth,
  liveChanges,
  liveVolumes,
  mountedVolumes,
  processGroups,
  liveMachineSize,
  liveMemory,
  stoppedMachines,
  liveCrashes,
  liveHosts,
  cordonedMachines,
  liveBluegreen,
  minMachines,
  liveRegions,
  primaryRegion,

  policyRegion,
  policyMachines,
  policyMachineCount,
  policyServices,
  policyReleaseCommand,
  policyEnvNames,
  policyBaseImages,
  policyPythonVersion,

  unusedIgnore,
  settingsBaseline,
]
