/** The loaders of the static facts. Each is imported when its fact is first asked for. */
import {known, type Loaders, type StaticFacts} from '../facts.ts'
import type {Inputs} from './inputs.ts'
import {inSources} from './node/source/in-sources.ts'

export type ProjectFactName = Exclude<keyof StaticFacts, 'settings' | 'ignores'>

export function projectLoaders(inputs: Inputs): Pick<Loaders, ProjectFactName> {
  return {
    options: async () => known(inputs.options),
    git: async () => (await import('./git/working-tree.ts')).loadGit(inputs),
    since: async (facts) => (await import('./git/since.ts')).loadSince(inputs, facts),
    files: async () => (await import('./files/list-files.ts')).loadFiles(inputs),
    flyConfig: async () => (await import('./fly-config/fly-config.ts')).loadFlyConfig(inputs),
    containers: async (facts) => (await import('./fly-config/containers.ts')).loadContainers(inputs, facts),
    localFiles: async (facts) => (await import('./fly-config/local-files.ts')).loadLocalFiles(inputs, facts),
    otherConfigs: async (facts) => (await import('./fly-config/other-configs.ts')).loadOtherConfigs(inputs, facts),
    appName: async (facts) => (await import('./fly-config/app-name.ts')).loadAppName(inputs, facts),
    deployCommands: async (facts) => (await import('./deploys/deploy-commands.ts')).loadDeployCommands(inputs, facts),
    buildsElse: async (facts) => (await import('./deploys/builds-else.ts')).loadBuildsElse(facts),
    otherStage: async (facts) => (await import('./deploys/other-stage.ts')).loadOtherStage(facts),
    workflows: async (facts) => (await import('./workflows/workflows.ts')).loadWorkflows(inputs, facts),
    brokenWorkflows: async () => (await import('./workflows/broken-workflows.ts')).loadBrokenWorkflows(inputs),
    pushFilters: async (facts) => (await import('./workflows/push-filters.ts')).loadPushFilters(inputs, facts),
    pnpmGlobals: async (facts) => (await import('./node/installs/pnpm-globals.ts')).loadPnpmGlobals(inputs, facts),
    editableInstalls: async (facts) =>
      (await import('./python/packages/editable-installs.ts')).loadEditableInstalls(inputs, facts),
    foreignPackages: async (facts) =>
      (await import('./node/locks/foreign-packages.ts')).loadForeignPackages(inputs, facts),
    platformGaps: async (facts) => (await import('./node/locks/platform-gaps.ts')).loadPlatformGaps(inputs, facts),
    actionDemands: async (facts) => (await import('./workflows/action-demands.ts')).loadActionDemands(inputs, facts),
    pnpmSetups: async (facts) => (await import('./workflows/pnpm-setups.ts')).loadPnpmSetups(inputs, facts),
    missingScripts: async (facts) => (await import('./workflows/missing-scripts.ts')).loadMissingScripts(inputs, facts),
    shScripts: async (facts) => (await import('./workflows/sh-scripts.ts')).loadShScripts(inputs, facts),
    runnerPrograms: async (facts) => (await import('./workflows/runner-programs.ts')).loadRunnerPrograms(inputs, facts),
    unreadWorkflows: async (facts) =>
      (await import('./workflows/unread-workflows.ts')).loadUnreadWorkflows(inputs, facts),
    untrackedSources: async (facts) =>
      (await import('./workflows/untracked-sources.ts')).loadUntrackedSources(inputs, facts),
    lfsFiles: async (facts) => (await import('./workflows/lfs-files.ts')).loadLfsFiles(inputs, facts),
    emptySubmodules: async (facts) => (await import('./workflows/submodules.ts')).loadEmptySubmodules(inputs, facts),
    contextGaps: async (facts) => (await import('./workflows/contexts.ts')).loadContextGaps(inputs, facts),
    dockerfile: async (facts) => (await import('./dockerfile/dockerfile.ts')).loadDockerfile(inputs, facts),
    buildContext: async (facts) => (await import('./context/build-context.ts')).loadBuildContext(inputs, facts),
    unreadFolders: async (facts) => (await import('./context/unread-folders.ts')).loadUnreadFolders(inputs, facts),
    build: async (facts) => (await import('./image/build.ts')).loadBuild(inputs, facts),
    buildCommands: async (facts) => (await import('./image/build-commands.ts')).loadBuildCommands(inputs, facts),
    cPackages: async (facts) => (await import('./image/packages/c-packages.ts')).loadCPackages(inputs, facts),
    lackingOpenssl: async (facts) =>
      (await import('./image/packages/rust-openssl.ts')).loadLackingOpenssl(inputs, facts),
    lostSettings: async (facts) => (await import('./ruby/named-settings.ts')).loadLostSettings(inputs, facts),
    railsMigrationStops: async (facts) =>
      (await import('./migrations/rails/rails-migrations.ts')).loadRailsMigrationStops(inputs, facts),
    lackingProtoc: async (facts) => (await import('./image/packages/rust-protoc.ts')).loadLackingProtoc(inputs, facts),
    lackingCrateNeeds: async (facts) =>
      (await import('./image/packages/rust-crates.ts')).loadLackingCrateNeeds(inputs, facts),
    axumRoutes: async (facts) => (await import('./code/axum-routes.ts')).loadAxumRoutes(inputs, facts),
    unpreparedQueries: async (facts) =>
      (await import('./image/packages/sqlx-queries.ts')).loadUnpreparedQueries(inputs, facts),
    goImportFaults: async (facts) => (await import('./image/packages/go-imports.ts')).loadGoImportFaults(inputs, facts),
    goTargetFaults: async (facts) => (await import('./image/packages/go-targets.ts')).loadGoTargetFaults(inputs, facts),
    unexpanded: async (facts) => (await import('./image/unexpanded.ts')).loadUnexpanded(inputs, facts),
    dotenvLoads: async (facts) => (await import('./code/dotenv-loads.ts')).loadDotenvLoads(inputs, facts),
    jdbcUrls: async (facts) => (await import('./java/jdbc-urls.ts')).loadJdbcUrls(inputs, facts),
    archiveFaults: async (facts) => (await import('./java/archive-faults.ts')).loadArchiveFaults(inputs, facts),
    kestrelFaults: async (facts) => (await import('./dotnet/kestrel-faults.ts')).loadKestrelFaults(inputs, facts),
    dotnetToolGaps: async (facts) => (await import('./dotnet/tool-gaps.ts')).loadDotnetToolGaps(inputs, facts),
    npgsqlUrls: async (facts) => (await import('./dotnet/npgsql-urls.ts')).loadNpgsqlUrls(inputs, facts),
    emptyingStarts: async (facts) =>
      (await import('./migrations/emptying-starts.ts')).loadEmptyingStarts(inputs, facts),
    unchangedRuns: async (facts) => (await import('./migrations/unchanged-runs.ts')).loadUnchangedRuns(inputs, facts),
    cargoLockGaps: async (facts) => (await import('./toolchains/cargo-lock.ts')).loadCargoLockGaps(inputs, facts),
    latestGenerators: async (facts) =>
      (await import('./toolchains/latest-generators.ts')).loadLatestGenerators(inputs, facts),
    staleStubs: async (facts) => (await import('./toolchains/stale-stubs.ts')).loadStaleStubs(inputs, facts),
    barePorts: async (facts) => (await import('./code/listen/bare-ports.ts')).loadBarePorts(inputs, facts),
    movedPlugins: async (facts) => (await import('./node/installs/postcss-plugins.ts')).loadMovedPlugins(inputs, facts),
    unsetPorts: async (facts) => (await import('./image/servers/unset-ports.ts')).loadUnsetPorts(inputs, facts),
    restoreGaps: async (facts) => (await import('./dotnet/restore-gaps.ts')).loadRestoreGaps(inputs, facts),
    dotnetGaps: async (facts) => (await import('./dotnet/runtime-gaps.ts')).loadDotnetGaps(inputs, facts),
    commandShapes: async (facts) => (await import('./image/command-shapes.ts')).loadCommandShapes(inputs, facts),
    idleQueues: async (facts) => (await import('./processes/idle-queues.ts')).loadIdleQueues(inputs, facts),
    privateCalls: async (facts) => (await import('./services/private-calls.ts')).loadPrivateCalls(inputs, facts),
    queueWorkers: async (facts) => (await import('./processes/queue-workers.ts')).loadQueueWorkers(inputs, facts),
    emptyProjects: async (facts) =>
      (await import('./node/typescript/empty-projects.ts')).loadEmptyProjects(inputs, facts),
    tscFaults: (facts) =>
      inSources(facts, async () => (await import('./node/typescript/tsc-faults.ts')).loadTscFaults(inputs, facts)),
    refusedOptions: async (facts) =>
      (await import('./node/typescript/refused-options.ts')).loadRefusedOptions(inputs, facts),
    tscPrograms: async (facts) => (await import('./node/typescript/tsc-programs.ts')).loadTscPrograms(inputs, facts),
    sourceReaders: async (facts) => (await import('./node/source/source-readers.ts')).loadSourceReaders(inputs, facts),
    missingExports: (facts) =>
      inSources(facts, async () =>
        (await import('./node/source/missing-exports.ts')).loadMissingExports(inputs, facts),
      ),
    layerFaults: (facts) =>
      inSources(facts, async () => (await import('./node/pages/component-layers.ts')).loadLayerFaults(inputs, facts)),
    syntaxFaults: (facts) =>
      inSources(facts, async () => (await import('./node/source/syntax-faults.ts')).loadSyntaxFaults(inputs, facts)),
    undefinedNames: (facts) =>
      inSources(facts, async () =>
        (await import('./node/source/undefined-names.ts')).loadUndefinedNames(inputs, facts),
      ),
    excludedPins: async (facts) => (await import('./python/packages/excluded-pins.ts')).loadExcludedPins(facts),
    newerNodeNames: (facts) =>
      inSources(facts, async () => (await import('./node/source/newer-node.ts')).loadNewerNames(inputs, facts)),
    lintFaults: (facts) =>
      inSources(facts, async () => (await import('./node/lint/next-lint.ts')).loadLintFaults(inputs, facts)),
    routeConflicts: (facts) =>
      inSources(facts, async () => (await import('./node/pages/route-conflicts.ts')).loadRouteConflicts(inputs, facts)),
    nextFaults: (facts) =>
      inSources(facts, async () => (await import('./node/pages/next-faults.ts')).loadNextFaults(inputs, facts)),
    exportFaults: (facts) =>
      inSources(facts, async () => (await import('./node/pages/next-exports.ts')).loadExportFaults(inputs, facts)),
    svelteFaults: (facts) =>
      inSources(facts, async () => (await import('./node/pages/svelte-faults.ts')).loadSvelteFaults(inputs, facts)),
    syncRequests: (facts) =>
      inSources(facts, async () => (await import('./node/pages/sync-requests.ts')).loadSyncRequests(inputs, facts)),
    unboundedPages: async (facts) => (await import('./node/pages/search-params.ts')).loadUnboundedPages(inputs, facts),
    buildFiles: async (facts) => (await import('./image/files/build-files.ts')).loadBuildFiles(inputs, facts),
    namedFiles: async (facts) => (await import('./image/files/named-files.ts')).loadNamedFiles(inputs, facts),
    absentMembers: async (facts) =>
      (await import('./node/workspace/absent-members.ts')).loadAbsentMembers(inputs, facts),
    hiddenMembers: async (facts) =>
      (await import('./node/workspace/hidden-members.ts')).loadHiddenMembers(inputs, facts),
    unreadManifests: async (facts) =>
      (await import('./node/installs/unread-manifests.ts')).loadUnreadManifests(inputs, facts),
    lateManifests: async (facts) =>
      (await import('./node/installs/late-manifests.ts')).loadLateManifests(inputs, facts),
    workspaceBuilds: async (facts) =>
      (await import('./node/workspace/workspace-builds.ts')).loadWorkspaceBuilds(inputs, facts),
    bashWords: async (facts) => (await import('./image/shell/bash-words.ts')).loadBashWords(inputs, facts),
    shellFaults: async (facts) => (await import('./image/shell/shell-faults.ts')).loadShellFaults(inputs, facts),
    localModules: async (facts) => (await import('./node/installs/local-modules.ts')).loadLocalModules(inputs, facts),
    memberPrograms: async (facts) =>
      (await import('./node/workspace/member-programs.ts')).loadMemberPrograms(inputs, facts),
    copyTargets: async (facts) => (await import('./image/files/copy-targets.ts')).loadCopyTargets(inputs, facts),
    coveredCopies: async (facts) => (await import('./image/files/covered-copies.ts')).loadCoveredCopies(inputs, facts),
    coveredFolders: async (facts) =>
      (await import('./image/files/covered-folders.ts')).loadCoveredFolders(inputs, facts),
    memberModules: async (facts) =>
      (await import('./node/workspace/member-modules.ts')).loadMemberModules(inputs, facts),
    workspaceInstalls: async (facts) =>
      (await import('./node/workspace/workspace-installs.ts')).loadWorkspaceInstalls(inputs, facts),
    missingOutputs: async (facts) => (await import('./image/outputs/outputs.ts')).loadOutputs(inputs, facts),
    missingTasks: async (facts) => (await import('./image/programs/missing-tasks.ts')).loadMissingTasks(inputs, facts),
    buildVariables: async (facts) => (await import('./image/build-variables.ts')).loadBuildVariables(inputs, facts),
    publicVariables: async (facts) =>
      (await import('./node/pages/public-variables.ts')).loadPublicVariables(inputs, facts),
    lockSettings: async (facts) => (await import('./node/locks/lock-settings.ts')).loadLockSettings(inputs, facts),
    lockGaps: async (facts) => (await import('./node/locks/lock-gaps.ts')).loadLockGaps(inputs, facts),
    managerGaps: async (facts) => (await import('./node/locks/manager-gaps.ts')).loadManagerGaps(inputs, facts),
    registryGaps: async (facts) => (await import('./node/installs/registry-gaps.ts')).loadRegistryGaps(inputs, facts),
    peerConflicts: async (facts) =>
      (await import('./node/installs/peer-conflicts.ts')).loadPeerConflicts(inputs, facts),
    nextOutput: async (facts) => (await import('./node/output/next-output.ts')).loadNextOutput(inputs, facts),
    prismaAddresses: async (facts) =>
      (await import('./node/prisma/prisma-addresses.ts')).loadPrismaAddresses(inputs, facts),
    modelFaults: async (facts) => (await import('./node/prisma/model-faults.ts')).loadModelFaults(inputs, facts),
    repeatedNames: async (facts) => (await import('./node/prisma/prisma-names.ts')).loadRepeatedNames(inputs, facts),
    prismaParts: async (facts) => (await import('./node/prisma/prisma-parts.ts')).loadPrismaParts(inputs, facts),
    prismaFiles: async (facts) => (await import('./node/prisma/prisma-files.ts')).loadPrismaFiles(inputs, facts),
    prismaClient: async (facts) => (await import('./node/prisma/prisma-client.ts')).loadPrismaClient(inputs, facts),
    leftModules: async (facts) => (await import('./node/workspace/left-modules.ts')).loadLeftModules(inputs, facts),
    linkedModules: async (facts) =>
      (await import('./node/workspace/linked-modules.ts')).loadLinkedModules(inputs, facts),
    lostMembers: async (facts) => (await import('./node/workspace/lost-members.ts')).loadLostMembers(inputs, facts),
    developmentTools: async (facts) =>
      (await import('./node/installs/development-tools.ts')).loadDevelopmentTools(inputs, facts),
    ignoredBuilds: async (facts) =>
      (await import('./node/installs/ignored-builds.ts')).loadIgnoredBuilds(inputs, facts),
    unlistedMembers: async (facts) =>
      (await import('./node/workspace/unlisted-members.ts')).loadUnlistedMembers(inputs, facts),
    lateMembers: async (facts) => (await import('./node/workspace/late-members.ts')).loadLateMembers(inputs, facts),
    uninstalledTools: async (facts) =>
      (await import('./node/installs/uninstalled-tools.ts')).loadUninstalledTools(inputs, facts),
    skippedBuilds: async (facts) =>
      (await import('./node/installs/skipped-builds.ts')).loadSkippedBuilds(inputs, facts),
    foreignModules: async (facts) =>
      (await import('./node/installs/foreign-modules.ts')).loadForeignModules(inputs, facts),
    toolchains: async (facts) => (await import('./toolchains/toolchains.ts')).loadToolchains(inputs, facts),
    runnerBuilds: async (facts) => (await import('./workflows/runner-builds.ts')).loadRunnerBuilds(inputs, facts),
    baseImages: async (facts) => (await import('./image/base/images-used.ts')).loadBaseImages(inputs, facts),
    aptNames: async (facts) => (await import('./image/packages/apt-names.ts')).loadAptNames(facts),
    image: async (facts) => (await import('./image/image.ts')).loadImage(inputs, facts),
    processes: async (facts) => (await import('./processes/processes.ts')).loadProcesses(inputs, facts),
    startedCommands: async (facts) => (await import('./processes/processes.ts')).loadStartedCommands(inputs, facts),
    listeners: async (facts) => (await import('./image/servers/listeners.ts')).loadListeners(inputs, facts),
    removedOptions: async (facts) => (await import('./ruby/removed-options.ts')).loadRemovedOptions(inputs, facts),
    sslModes: async (facts) => (await import('./database/ssl-modes.ts')).loadSslModes(inputs, facts),
    gitClones: async (facts) => (await import('./node/installs/git-clones.ts')).loadGitClones(inputs, facts),
    mixClones: async (facts) => (await import('./elixir/mix-clones.ts')).loadMixClones(inputs, facts),
    prismaOutput: async (facts) => (await import('./node/prisma/prisma-output.ts')).loadPrismaOutput(inputs, facts),
    collectFaults: async (facts) =>
      (await import('./python/django/collect-faults.ts')).loadCollectFaults(inputs, facts),
    machineSettings: async (facts) =>
      (await import('./python/django/machine-settings.ts')).loadMachineSettings(inputs, facts),
    djangoFaults: async (facts) => (await import('./python/django/settings-faults.ts')).loadDjangoFaults(inputs, facts),
    pageFaults: async (facts) => (await import('./python/pages/page-faults.ts')).loadPageFaults(inputs, facts),
    guardedChecks: async (facts) => (await import('./code/health/guarded-checks.ts')).loadGuardedChecks(inputs, facts),
    frameworkTasks: async (facts) => (await import('./image/framework-tasks.ts')).loadFrameworkTasks(inputs, facts),
    documentedImages: async (facts) =>
      (await import('./deploys/documented-images.ts')).loadDocumentedImages(inputs, facts),
    otherCases: async (facts) => (await import('./php/other-cases.ts')).loadOtherCases(inputs, facts),
    releasePaths: async (facts) => (await import('./elixir/release-paths.ts')).loadReleasePaths(inputs, facts),
    keyFaults: async (facts) => (await import('./elixir/compiled-keys.ts')).loadKeyFaults(inputs, facts),
    releaseTasks: async (facts) => (await import('./elixir/release-tasks.ts')).loadReleaseTasks(inputs, facts),
    privilegedPorts: async (facts) => (await import('./image/users/privileged-ports.ts')).loadPrivilegedPorts(facts),
    parsedAddresses: async (facts) => (await import('./code/parsed-addresses.ts')).loadParsedAddresses(inputs, facts),
    serverInterfaces: async (facts) =>
      (await import('./python/commands/server-interfaces.ts')).loadServerInterfaces(inputs, facts),
    refusedVariables: async (facts) =>
      (await import('./environment/refused-variables.ts')).loadRefusedVariables(inputs, facts),
    refusedValues: async (facts) =>
      (await import('./python/settings/refused-values.ts')).loadRefusedValues(inputs, facts),
    parsedNumbers: async (facts) => (await import('./code/parsed-numbers.ts')).loadParsedNumbers(inputs, facts),
    routes: async (facts) => (await import('./code/routes/routes.ts')).loadRoutes(inputs, facts),
    redirectedChecks: async (facts) =>
      (await import('./code/health/redirected-checks.ts')).loadRedirectedChecks(inputs, facts),
    interceptedChecks: async (facts) =>
      (await import('./code/health/intercepted-checks.ts')).loadInterceptedChecks(inputs, facts),
    refusals: async (facts) => (await import('./code/health/refusals/refusals.ts')).loadRefusals(inputs, facts),
    viteHosts: async (facts) => (await import('./code/health/vite-hosts.ts')).loadViteHosts(inputs, facts),
    mcpHosts: async (facts) => (await import('./python/frameworks/mcp-hosts.ts')).loadMcpHosts(inputs, facts),
    localConnections: async (facts) =>
      (await import('./code/local-connections.ts')).loadLocalConnections(inputs, facts),
    readFolders: async (facts) => (await import('./code/folders/read-folders.ts')).loadReadFolders(inputs, facts),
    corsFaults: async (facts) => (await import('./code/cors-faults.ts')).loadCorsFaults(inputs, facts),
    swiftLacks: async (facts) => (await import('./image/programs/swift-programs.ts')).loadSwiftLacks(inputs, facts),
    lostBrowsers: async (facts) => (await import('./image/packages/lost-browsers.ts')).loadLostBrowsers(inputs, facts),
    foreignBrowsers: async (facts) =>
      (await import('./image/packages/playwright-browsers.ts')).loadForeignBrowsers(inputs, facts),
    calledPrograms: async (facts) =>
      (await import('./image/programs/called-programs.ts')).loadCalledPrograms(inputs, facts),
    uploads: async (facts) => (await import('./code/folders/uploads.ts')).loadUploads(inputs, facts),
    ownWork: async (facts) => (await import('./code/own-work.ts')).loadOwnWork(inputs, facts),
    codeDatabases: async (facts) => (await import('./database/sqlite-code.ts')).loadCodeDatabases(inputs, facts),
    composePorts: async (facts) => (await import('./image/files/compose-ports.ts')).loadComposePorts(inputs, facts),
    composeVolumes: async (facts) =>
      (await import('./image/files/compose-volumes.ts')).loadComposeVolumes(inputs, facts),
    python: async (facts) => (await import('./python/python.ts')).loadPython(inputs, facts),
    nodePackages: async (facts) => (await import('./node/node-packages.ts')).loadNodePackages(inputs, facts),
    undeclaredMembers: async (facts) =>
      (await import('./node/workspace/undeclared-members.ts')).loadUndeclaredMembers(inputs, facts),
    awareTimes: async (facts) => (await import('./migrations/sqlalchemy/aware-times.ts')).loadAwareTimes(inputs, facts),
    lostHeads: async (facts) => (await import('./alembic/lost-heads.ts')).loadLostHeads(inputs, facts),
    alembicDrift: async (facts) =>
      (await import('./migrations/sqlalchemy/model-drift.ts')).loadAlembicDrift(inputs, facts),
    drizzleDrift: async (facts) =>
      (await import('./migrations/drift/drizzle-drift.ts')).loadDrizzleDrift(inputs, facts),
    prismaDrift: async (facts) => (await import('./migrations/drift/prisma-drift.ts')).loadPrismaDrift(inputs, facts),
    leftOutPackages: async (facts) =>
      (await import('./elixir/left-out-packages.ts')).loadLeftOutPackages(inputs, facts),
    assetPackages: async (facts) => (await import('./elixir/asset-packages.ts')).loadAssetPackages(inputs, facts),
    mixCalls: async (facts) => (await import('./elixir/mix-calls.ts')).loadMixCalls(inputs, facts),
    absentGems: async (facts) => (await import('./ruby/absent-gems.ts')).loadAbsentGems(facts),
    unsetEnvironments: async (facts) =>
      (await import('./ruby/unset-environment.ts')).loadUnsetEnvironment(inputs, facts),
    misnamedFiles: async (facts) => (await import('./ruby/misnamed-files.ts')).loadMisnamedFiles(inputs, facts),
    lostRequires: async (facts) => (await import('./ruby/lost-requires.ts')).loadLostRequires(inputs, facts),
    settingGems: async (facts) => (await import('./ruby/setting-gems.ts')).loadSettingGems(inputs, facts),
    djangoMigrations: async (facts) =>
      (await import('./migrations/django/django-migrations.ts')).loadDjangoMigrations(inputs, facts),
    flywayGaps: async (facts) => (await import('./migrations/sql-files/flyway.ts')).loadFlywayGaps(inputs, facts),
    railsEmptyColumns: async (facts) =>
      (await import('./migrations/rails/rails-columns.ts')).loadRailsEmptyColumns(inputs, facts),
    railsMigrationFaults: async (facts) =>
      (await import('./migrations/rails/rails-files.ts')).loadRailsMigrationFaults(inputs, facts),
    gooseFaults: async (facts) =>
      (await import('./migrations/sql-files/goose-files.ts')).loadGooseFaults(inputs, facts),
    modulePackages: async (facts) =>
      (await import('./node/imports/module-packages.ts')).loadModulePackages(inputs, facts),
    neededPackages: async (facts) =>
      (await import('./node/imports/needed-packages.ts')).loadNeededPackages(inputs, facts),
    expressRoutes: async (facts) => (await import('./node/source/express-routes.ts')).loadExpressRoutes(inputs, facts),
    fastifyPlugins: async (facts) =>
      (await import('./node/imports/fastify-plugins.ts')).loadFastifyPlugins(inputs, facts),
    reactVersions: async (facts) =>
      (await import('./node/installs/react-versions.ts')).loadReactVersions(inputs, facts),
    missingImports: async (facts) =>
      (await import('./node/imports/missing-imports.ts')).loadMissingImports(inputs, facts),
    missingAssets: (facts) =>
      inSources(facts, async () => (await import('./node/imports/missing-assets.ts')).loadMissingAssets(inputs, facts)),
    gems: async (facts) => (await import('./ruby/gems.ts')).loadGems(inputs, facts),
    bundleInstalls: async (facts) => (await import('./ruby/bundle-installs.ts')).loadBundleInstalls(facts),
    idlePackages: async (facts) => (await import('./python/packages/idle-packages.ts')).loadIdlePackages(inputs, facts),
    idleGems: async (facts) => (await import('./ruby/idle-gems.ts')).loadIdleGems(inputs, facts),
    imageProcessor: async (facts) => (await import('./ruby/image-processor.ts')).loadImageProcessor(inputs, facts),
    commandFiles: async (facts) => (await import('./image/files/command-files.ts')).loadCommandFiles(inputs, facts),
    missingEntries: async (facts) => (await import('./image/outputs/entries.ts')).loadEntries(inputs, facts),
    commandPrograms: async (facts) =>
      (await import('./image/programs/command-programs.ts')).loadCommandPrograms(inputs, facts),
    absentPlaces: async (facts) => (await import('./image/programs/absent-places.ts')).loadAbsentPlaces(inputs, facts),
    mergeConflicts: async (facts) => (await import('./git/merge-conflicts.ts')).loadMergeConflicts(inputs, facts),
    runPrograms: async (facts) => (await import('./image/programs/run-programs.ts')).loadRunPrograms(inputs, facts),
    gitFolders: async (facts) => (await import('./image/files/git-folders.ts')).loadGitFolders(inputs, facts),
    pageFiles: async (facts) => (await import('./image/files/page-files.ts')).loadPageFiles(inputs, facts),
    runRights: async (facts) => (await import('./image/users/run-rights.ts')).loadRunRights(inputs, facts),
    entrypointFaults: async (facts) =>
      (await import('./image/entrypoint-faults.ts')).loadEntrypointFaults(inputs, facts),
    unpreparedStarts: async (facts) => (await import('./ruby/unprepared.ts')).loadUnpreparedStarts(inputs, facts),
    foreignManagers: async (facts) =>
      (await import('./image/packages/package-managers.ts')).loadForeignManagers(inputs, facts),
    scriptStarts: async (facts) => (await import('./image/programs/script-starts.ts')).loadScriptStarts(inputs, facts),
    templateVariables: async (facts) =>
      (await import('./image/servers/template-variables.ts')).loadTemplateVariables(inputs, facts),
    packageCommands: async (facts) =>
      (await import('./node/scripts/package-commands.ts')).loadPackageCommands(inputs, facts),
    hiddenPrograms: async (facts) => (await import('./image/users/root-home.ts')).loadHiddenPrograms(facts),
    serverUsers: async (facts) => (await import('./image/users/server-users.ts')).loadServerUsers(inputs, facts),
    closedDatabases: async (facts) => (await import('./php/open-basedir.ts')).loadClosedDatabases(inputs, facts),
    userRights: async (facts) => (await import('./image/users/user-rights.ts')).loadUserRights(inputs, facts),
    secretFiles: async (facts) => (await import('./image/files/secret-files.ts')).loadSecretFiles(inputs, facts),
    dotenvSettings: async (facts) =>
      (await import('./python/settings/dotenv-settings.ts')).loadDotenvSettings(inputs, facts),
    compiledAssets: async (facts) =>
      (await import('./node/typescript/compiled-assets.ts')).loadCompiledAssets(inputs, facts),
    compiledFiles: async (facts) =>
      (await import('./node/typescript/compiled-files.ts')).loadCompiledFiles(inputs, facts),
    buildOutputs: async (facts) => (await import('./node/output/build-outputs.ts')).loadBuildOutputs(inputs, facts),
    typeScriptStarts: async (facts) =>
      (await import('./node/imports/typescript-starts.ts')).loadTypeScriptStarts(inputs, facts),
    clientOutput: async (facts) => (await import('./node/output/client-output.ts')).loadClientOutput(inputs, facts),
    litefs: async (facts) => (await import('./litefs/litefs.ts')).loadLiteFs(inputs, facts),
    misspeltNames: async (facts) => (await import('./environment/misspelt-names.ts')).loadMisspeltNames(inputs, facts),
    litestreamRestores: async (facts) =>
      (await import('./litestream/restores.ts')).loadLitestreamRestores(inputs, facts),
    lostRoutes: async (facts) => (await import('./node/output/client-routes.ts')).loadLostRoutes(inputs, facts),
    servedSites: async (facts) => (await import('./node/output/served-sites.ts')).loadServedSites(inputs, facts),
    ownImports: async (facts) => (await import('./node/imports/own-imports.ts')).loadOwnImports(inputs, facts),
    absentModules: async (facts) =>
      (await import('./node/installs/absent-modules.ts')).loadAbsentModules(inputs, facts),
    absentPackages: async (facts) =>
      (await import('./node/imports/absent-packages.ts')).loadAbsentPackages(inputs, facts),
    packageNeeds: async (facts) => (await import('./python/packages/package-needs.ts')).loadPackageNeeds(inputs, facts),
    managedInstalls: async (facts) =>
      (await import('./python/packages/managed-installs.ts')).loadManagedInstalls(inputs, facts),
    uninstalledPackages: async (facts) =>
      (await import('./python/imports/uninstalled-packages.ts')).loadUninstalledPackages(inputs, facts),
    packageImports: async (facts) =>
      (await import('./python/imports/package-imports.ts')).loadPackageImports(inputs, facts),
    sqliteOperations: async (facts) =>
      (await import('./migrations/revisions/sqlite-operations.ts')).loadSqliteOperations(inputs, facts),
    lostFields: async (facts) => (await import('./python/settings/lost-fields.ts')).loadLostFields(inputs, facts),
    unreadNames: async (facts) => (await import('./python/settings/unread-names.ts')).loadUnreadNames(inputs, facts),
    nameErrors: async (facts) => (await import('./python/source/name-errors.ts')).loadNameErrors(inputs, facts),
    heavyImports: async (facts) => (await import('./python/imports/heavy-imports.ts')).loadHeavyImports(inputs, facts),
    standardImports: async (facts) =>
      (await import('./python/imports/standard-imports.ts')).loadStandardImports(inputs, facts),
    startedFaults: async (facts) =>
      (await import('./python/frameworks/module-faults.ts')).loadStartedFaults(inputs, facts),
    logFolders: async (facts) => (await import('./python/log-folders.ts')).loadLogFolders(inputs, facts),
    libraryImports: async (facts) =>
      (await import('./python/imports/library-imports.ts')).loadLibraryImports(inputs, facts),
    lockDrift: async (facts) => (await import('./python/locks/lock-drift.ts')).loadLockDrift(inputs, facts),
    packageConflicts: async (facts) =>
      (await import('./python/packages/package-conflicts.ts')).loadPackageConflicts(inputs, facts),
    missingHashes: async (facts) =>
      (await import('./python/packages/missing-hashes.ts')).loadMissingHashes(inputs, facts),
    missingWheels: async (facts) =>
      (await import('./python/packages/missing-wheels.ts')).loadMissingWheels(inputs, facts),
    moduleRequirements: async (facts) =>
      (await import('./python/packages/module-requirements.ts')).loadModuleRequirements(inputs, facts),
    commandModules: async (facts) =>
      (await import('./python/commands/command-modules.ts')).loadCommandModules(inputs, facts),
    packageLayouts: async (facts) =>
      (await import('./python/packages/package-layout.ts')).loadPackageLayouts(inputs, facts),
    unusableBackends: async (facts) =>
      (await import('./python/packages/package-layout.ts')).loadUnusableBackends(inputs, facts),
    importFaults: async (facts) => (await import('./python/imports/import-faults.ts')).loadImportFaults(inputs, facts),
    sourceFaults: async (facts) => (await import('./python/source/source-faults.ts')).loadSourceFaults(inputs, facts),
    alembic: async (facts) => (await import('./alembic/alembic.ts')).loadAlembic(inputs, facts),
    unrunMigrations: async (facts) => (await import('./alembic/unrun.ts')).loadUnrunMigrations(inputs, facts),
    migrations: async (facts) => (await import('./migrations/migrations.ts')).loadMigrations(inputs, facts),
    madeByModels: async (facts) =>
      (await import('./migrations/revisions/made-by-models.ts')).loadMadeByModels(inputs, facts),
    madeTwice: async (facts) => (await import('./migrations/revisions/made-twice.ts')).loadMadeTwice(inputs, facts),
    stateFaults: async (facts) => (await import('./migrations/states/refusals.ts')).loadStateFaults(inputs, facts),
    lostTargets: async (facts) =>
      (await import('./migrations/revisions/foreign-keys.ts')).loadLostTargets(inputs, facts),
    missingNames: async (facts) =>
      (await import('./migrations/revisions/missing-names.ts')).loadMissingNames(inputs, facts),
    missingExtensions: async (facts) =>
      (await import('./migrations/missing-extensions.ts')).loadMissingExtensions(inputs, facts),
    missingTables: async (facts) =>
      (await import('./migrations/revisions/missing-tables.ts')).loadMissingTables(inputs, facts),
    ectoFileFaults: async (facts) => (await import('./migrations/ecto-files.ts')).loadEctoFileFaults(inputs, facts),
    tableHistory: async (facts) =>
      (await import('./migrations/tables/table-history.ts')).loadTableHistory(inputs, facts),
    missingColumns: async (facts) =>
      (await import('./migrations/revisions/missing-columns.ts')).loadMissingColumns(inputs, facts),
    secretNames: async (facts) => (await import('./environment/secret-names.ts')).loadSecretNames(inputs, facts),
    sqliteSql: async (facts) => (await import('./database/sqlite-sql.ts')).loadSqliteSql(inputs, facts),
    databaseUrl: async (facts) => (await import('./database/database-url.ts')).loadDatabaseUrl(inputs, facts),
    environment: async (facts) => (await import('./environment/environment.ts')).loadEnvironment(inputs, facts),
    requiredVariables: async (facts) =>
      (await import('./environment/required-variables.ts')).loadRequiredVariables(inputs, facts),
    secretsFile: async (facts) => (await import('./environment/secrets-file.ts')).loadSecretsFile(inputs, facts),
    wantedSecrets: async (facts) => (await import('./environment/wanted-secrets.ts')).loadWantedSecrets(facts),
    trackedSecrets: async (facts) => (await import('./git/tracked-secrets.ts')).loadTrackedSecrets(inputs, facts),
    serviceDefaults: async (facts) =>
      (await import('./services/service-defaults.ts')).loadServiceDefaults(inputs, facts),
    untrustedProxies: async (facts) => (await import('./code/proxy-trust.ts')).loadUntrustedProxies(inputs, facts),
    heapSizes: async (facts) => (await import('./processes/heap-sizes.ts')).loadHeapSizes(inputs, facts),
    springStarts: async (facts) => (await import('./java/spring-memory.ts')).loadSpringStarts(inputs, facts),
    sshSources: async (facts) => (await import('./image/packages/ssh-sources.ts')).loadSshSources(inputs, facts),
    misplacedServers: async (facts) =>
      (await import('./image/servers/misplaced-servers.ts')).loadMisplacedServers(facts),
    deadPasses: async (facts) => (await import('./image/servers/dead-passes.ts')).loadDeadPasses(inputs, facts),
    sitesInTheWay: async (facts) => (await import('./image/servers/own-site.ts')).loadSitesInTheWay(facts),
    absentRoots: async (facts) => (await import('./image/servers/absent-root.ts')).loadAbsentRoots(facts),
    lostNames: async (facts) => (await import('./php/config-names.ts')).loadLostNames(inputs, facts),
    viteEntries: async (facts) => (await import('./php/vite-entries.ts')).loadViteEntries(inputs, facts),
    fileDatabase: async (facts) => (await import('./database/file-database.ts')).loadFileDatabase(inputs, facts),
    unlinkedDisks: async (facts) => (await import('./php/storage-link.ts')).loadUnlinkedDisks(inputs, facts),
    hiddenStorage: async (facts) => (await import('./php/hidden-storage.ts')).loadHiddenStorage(inputs, facts),
    packagedNginx: async (facts) =>
      (await import('./image/servers/packaged-nginx.ts')).loadPackagedNginx(inputs, facts),
    nginxPorts: async (facts) => (await import('./image/servers/nginx-ports.ts')).loadNginxPorts(inputs, facts),
    unknownHosts: async (facts) => (await import('./image/servers/nginx-hosts.ts')).loadUnknownHosts(inputs, facts),
    nginxFaults: async (facts) => (await import('./image/servers/nginx-syntax.ts')).loadNginxFaults(inputs, facts),
    missingNginxFiles: async (facts) =>
      (await import('./image/servers/nginx-files.ts')).loadMissingNginxFiles(inputs, facts),
    compiledPackages: async (facts) =>
      (await import('./image/packages/compiled-packages.ts')).loadCompiledPackages(inputs, facts),
    systemFiles: async (facts) => (await import('./image/files/system-files.ts')).loadSystemFiles(inputs, facts),
    absentVendor: async (facts) => (await import('./php/absent-vendor.ts')).loadAbsentVendor(inputs, facts),
    phpExtensions: async (facts) => (await import('./php/extensions.ts')).loadPhpExtensions(inputs, facts),
    frameworkOutput: async (facts) =>
      (await import('./node/output/framework-output.ts')).loadFrameworkOutput(inputs, facts),
    denoPermissions: async (facts) => (await import('./deno/permissions.ts')).loadDenoPermissions(inputs, facts),
    envFiles: async (facts) => (await import('./node/scripts/env-files.ts')).loadEnvFiles(inputs, facts),
    mixConfig: async (facts) => (await import('./elixir/mix-config.ts')).loadMixConfig(inputs, facts),
    phoenix: async (facts) => (await import('./elixir/phoenix.ts')).loadPhoenix(inputs, facts),
    staticManifests: async (facts) => (await import('./elixir/static-manifest.ts')).loadStaticManifests(inputs, facts),
    configFaults: async (facts) => (await import('./elixir/config-faults.ts')).loadConfigFaults(inputs, facts),
    clusterGaps: async (facts) => (await import('./elixir/cluster.ts')).loadClusterGaps(inputs, facts),
  }
}
