/** The loaders of the static facts. Each is imported when its fact is first asked for. */
import {known, type Loaders, type StaticFacts} from '../facts.ts'
import type {Inputs} from './inputs.ts'

export type ProjectFactName = Exclude<keyof StaticFacts, 'settings' | 'ignores'>

export function projectLoaders(inputs: Inputs): Pick<Loaders, ProjectFactName> {
  return {
    options: async () => known(inputs.options),
    git: async () => (await import('./git.ts')).loadGit(inputs),
    files: async () => (await import('./files.ts')).loadFiles(inputs),
    flyConfig: async () => (await import('./fly-config/fly-config.ts')).loadFlyConfig(inputs),
    containers: async (facts) => (await import('./fly-config/containers.ts')).loadContainers(inputs, facts),
    localFiles: async (facts) => (await import('./fly-config/local-files.ts')).loadLocalFiles(inputs, facts),
    otherConfigs: async (facts) => (await import('./fly-config/other-configs.ts')).loadOtherConfigs(inputs, facts),
    appName: async (facts) => (await import('./app-name.ts')).loadAppName(inputs, facts),
    deployCommands: async (facts) => (await import('./deploy-commands.ts')).loadDeployCommands(inputs, facts),
    workflows: async (facts) => (await import('./workflows/workflows.ts')).loadWorkflows(inputs, facts),
    contextGaps: async (facts) => (await import('./workflows/contexts.ts')).loadContextGaps(inputs, facts),
    dockerfile: async (facts) => (await import('./dockerfile/dockerfile.ts')).loadDockerfile(inputs, facts),
    buildContext: async (facts) => (await import('./build-context.ts')).loadBuildContext(inputs, facts),
    build: async (facts) => (await import('./image/build.ts')).loadBuild(inputs, facts),
    buildCommands: async (facts) => (await import('./image/build-commands.ts')).loadBuildCommands(inputs, facts),
    buildFiles: async (facts) => (await import('./image/build-files.ts')).loadBuildFiles(inputs, facts),
    namedFiles: async (facts) => (await import('./image/named-files.ts')).loadNamedFiles(inputs, facts),
    workspaceInstalls: async (facts) =>
      (await import('./node/workspace-installs.ts')).loadWorkspaceInstalls(inputs, facts),
    missingTasks: async (facts) => (await import('./image/missing-tasks.ts')).loadMissingTasks(inputs, facts),
    buildVariables: async (facts) => (await import('./image/build-variables.ts')).loadBuildVariables(inputs, facts),
    publicVariables: async (facts) => (await import('./node/public-variables.ts')).loadPublicVariables(inputs, facts),
    lockGaps: async (facts) => (await import('./node/lock-gaps.ts')).loadLockGaps(inputs, facts),
    managerGaps: async (facts) => (await import('./node/manager-gaps.ts')).loadManagerGaps(inputs, facts),
    peerConflicts: async (facts) => (await import('./node/peer-conflicts.ts')).loadPeerConflicts(inputs, facts),
    developmentTools: async (facts) =>
      (await import('./node/development-tools.ts')).loadDevelopmentTools(inputs, facts),
    skippedBuilds: async (facts) => (await import('./node/skipped-builds.ts')).loadSkippedBuilds(inputs, facts),
    toolchains: async (facts) => (await import('./toolchains/toolchains.ts')).loadToolchains(inputs, facts),
    runnerBuilds: async (facts) => (await import('./runner-builds.ts')).loadRunnerBuilds(inputs, facts),
    baseImages: async (facts) => (await import('./image/images-used.ts')).loadBaseImages(facts),
    image: async (facts) => (await import('./image/image.ts')).loadImage(inputs, facts),
    processes: async (facts) => (await import('./processes.ts')).loadProcesses(inputs, facts),
    listeners: async (facts) => (await import('./image/listeners.ts')).loadListeners(inputs, facts),
    parsedAddresses: async (facts) => (await import('./code/parsed-addresses.ts')).loadParsedAddresses(inputs, facts),
    routes: async (facts) => (await import('./code/routes/routes.ts')).loadRoutes(inputs, facts),
    refusals: async (facts) => (await import('./code/plain-http.ts')).loadRefusals(inputs, facts),
    viteHosts: async (facts) => (await import('./code/vite-hosts.ts')).loadViteHosts(inputs, facts),
    uploads: async (facts) => (await import('./code/uploads.ts')).loadUploads(inputs, facts),
    composeVolumes: async (facts) => (await import('./image/compose-volumes.ts')).loadComposeVolumes(inputs, facts),
    python: async (facts) => (await import('./python/python.ts')).loadPython(inputs, facts),
    nodePackages: async (facts) => (await import('./node/node-packages.ts')).loadNodePackages(inputs, facts),
    missingImports: async (facts) => (await import('./node/missing-imports.ts')).loadMissingImports(inputs, facts),
    gems: async (facts) => (await import('./ruby/gems.ts')).loadGems(inputs, facts),
    commandPrograms: async (facts) => (await import('./image/command-programs.ts')).loadCommandPrograms(inputs, facts),
    scriptStarts: async (facts) => (await import('./image/script-starts.ts')).loadScriptStarts(inputs, facts),
    templateVariables: async (facts) =>
      (await import('./image/template-variables.ts')).loadTemplateVariables(inputs, facts),
    packageCommands: async (facts) => (await import('./node/package-commands.ts')).loadPackageCommands(inputs, facts),
    userRights: async (facts) => (await import('./image/user-rights.ts')).loadUserRights(inputs, facts),
    secretFiles: async (facts) => (await import('./image/secret-files.ts')).loadSecretFiles(inputs, facts),
    dotenvSettings: async (facts) => (await import('./python/dotenv-settings.ts')).loadDotenvSettings(inputs, facts),
    compiledFiles: async (facts) => (await import('./node/compiled-files.ts')).loadCompiledFiles(inputs, facts),
    commandModules: async (facts) => (await import('./python/command-modules.ts')).loadCommandModules(inputs, facts),
    importFaults: async (facts) => (await import('./python/import-faults.ts')).loadImportFaults(inputs, facts),
    sourceFaults: async (facts) => (await import('./python/source-faults.ts')).loadSourceFaults(inputs, facts),
    alembic: async (facts) => (await import('./alembic/alembic.ts')).loadAlembic(inputs, facts),
    migrations: async (facts) => (await import('./migrations/migrations.ts')).loadMigrations(inputs, facts),
    environment: async (facts) => (await import('./environment.ts')).loadEnvironment(inputs, facts),
  }
}
