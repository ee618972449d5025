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
    dockerfile: async (facts) => (await import('./dockerfile/dockerfile.ts')).loadDockerfile(inputs, facts),
    buildContext: async (facts) => (await import('./build-context.ts')).loadBuildContext(inputs, facts),
    build: async (facts) => (await import('./image/build.ts')).loadBuild(inputs, facts),
    workspaceInstalls: async (facts) =>
      (await import('./node/workspace-installs.ts')).loadWorkspaceInstalls(inputs, facts),
    image: async (facts) => (await import('./image/image.ts')).loadImage(inputs, facts),
    processes: async (facts) => (await import('./processes.ts')).loadProcesses(inputs, facts),
    listeners: async (facts) => (await import('./image/listeners.ts')).loadListeners(inputs, facts),
    python: async (facts) => (await import('./python/python.ts')).loadPython(inputs, facts),
    nodePackages: async (facts) => (await import('./node/node-packages.ts')).loadNodePackages(inputs, facts),
    gems: async (facts) => (await import('./ruby/gems.ts')).loadGems(inputs, facts),
    packageNeeds: async (facts) => (await import('./python/package-needs.ts')).loadPackageNeeds(inputs, facts),
    moduleRequirements: async (facts) =>
      (await import('./python/module-requirements.ts')).loadModuleRequirements(inputs, facts),
    commandModules: async (facts) => (await import('./python/command-modules.ts')).loadCommandModules(inputs, facts),
    alembic: async (facts) => (await import('./alembic/alembic.ts')).loadAlembic(inputs, facts),
    secretNames: async (facts) => (await import('./secret-names.ts')).loadSecretNames(inputs, facts),
    databaseUrl: async (facts) => (await import('./database/database-url.ts')).loadDatabaseUrl(inputs, facts),
    environment: async (facts) => (await import('./environment/environment.ts')).loadEnvironment(inputs, facts),
  }
}
