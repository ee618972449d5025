/**
 * The facts: what is known about the project and about Fly, each read once, when the first check asks for it.
 * A new fact is one line in `Facts` and one loader in `src/project` or `src/fly`.
 */

import type {FileLocation, Finding, Severity} from './check.ts'
import type {Settings} from './config/settings.ts'
import type {App} from './fly/app.ts'
import type {Certificate} from './fly/certificates.ts'
import type {DeployedConfig} from './fly/deployed-config.ts'
import type {FlyctlVersion} from './fly/flyctl.ts'
import type {IpAddress} from './fly/ips.ts'
import type {Cluster} from './fly/managed-postgres.ts'
import type {PostgresApps} from './fly/postgres.ts'
import type {Redis} from './fly/redis.ts'
import type {Region} from './fly/regions.ts'
import type {Release} from './fly/releases.ts'
import type {Secrets} from './fly/secrets.ts'
import type {Session} from './fly/session.ts'
import type {Token} from './fly/token.ts'
import type {VmSize} from './fly/vm-sizes.ts'
import type {Volume} from './fly/volumes.ts'
import type {Alembic} from './project/alembic/alembic.ts'
import type {LostHead} from './project/alembic/lost-heads.ts'
import type {UnrunMigrations} from './project/alembic/unrun.ts'
import type {AxumRoute} from './project/code/axum-routes.ts'
import type {CorsFault} from './project/code/cors-rules.ts'
import type {DotenvLoad} from './project/code/dotenv-loads.ts'
import type {MissingFolder} from './project/code/folders/read-folders.ts'
import type {UploadFolder} from './project/code/folders/uploads.ts'
import type {GuardedCheck} from './project/code/health/guarded-checks.ts'
import type {InterceptedCheck} from './project/code/health/intercepted-checks.ts'
import type {RedirectedCheck} from './project/code/health/redirected-checks.ts'
import type {Refusal} from './project/code/health/refusals/refusal.ts'
import type {ViteHosts} from './project/code/health/vite-hosts.ts'
import type {BarePort} from './project/code/listen/bare-ports.ts'
import type {LocalConnection} from './project/code/local-connections.ts'
import type {OwnWork} from './project/code/own-work.ts'
import type {ParsedAddress} from './project/code/parsed-addresses.ts'
import type {ParsedNumber} from './project/code/parsed-numbers.ts'
import type {UntrustedProxy} from './project/code/proxy-trust.ts'
import type {Routes} from './project/code/routes/routes.ts'
import type {BuildContext} from './project/context/build-context.ts'
import type {UnreadFolder} from './project/context/unread-folders.ts'
import type {DatabaseUrl} from './project/database/database-url.ts'
import type {FileDatabase} from './project/database/file-database.ts'
import type {CodeDatabase} from './project/database/sqlite-code.ts'
import type {SqliteSql} from './project/database/sqlite-sql.ts'
import type {WrongSslMode} from './project/database/ssl-modes.ts'
import type {MissingPermission} from './project/deno/permissions.ts'
import type {DeployCommands} from './project/deploys/deploy-commands.ts'
import type {Dockerfile} from './project/dockerfile/dockerfile.ts'
import type {SyntaxProblem} from './project/documents/document.ts'
import type {KestrelFault} from './project/dotnet/kestrel-faults.ts'
import type {NpgsqlUrl} from './project/dotnet/npgsql-urls.ts'
import type {RestoreGap} from './project/dotnet/restore-gaps.ts'
import type {DotnetGap} from './project/dotnet/runtime-gaps.ts'
import type {DotnetToolGap} from './project/dotnet/tool-gaps.ts'
import type {AssetPackage} from './project/elixir/asset-packages.ts'
import type {ClusterGap} from './project/elixir/cluster.ts'
import type {KeyFault} from './project/elixir/compiled-keys.ts'
import type {ConfigFault} from './project/elixir/config-faults.ts'
import type {LeftOutPackage} from './project/elixir/left-out-packages.ts'
import type {MixCall} from './project/elixir/mix-calls.ts'
import type {MixClones} from './project/elixir/mix-clones.ts'
import type {MixConfig} from './project/elixir/mix-config.ts'
import type {Phoenix} from './project/elixir/phoenix.ts'
import type {ReleasePath} from './project/elixir/release-paths.ts'
import type {MissingTask as MissingReleaseTask} from './project/elixir/release-tasks.ts'
import type {MissingManifest} from './project/elixir/static-manifest.ts'
import type {Environment} from './project/environment/environment.ts'
import type {MisspeltName} from './project/environment/misspelt-names.ts'
import type {RefusedVariable} from './project/environment/refused-variables.ts'
import type {RequiredVariable} from './project/environment/required-variables.ts'
import type {SecretName} from './project/environment/secret-names.ts'
import type {SecretsFile} from './project/environment/secrets-file.ts'
import type {WantedSecret} from './project/environment/wanted-secrets.ts'
import type {Files} from './project/files/files.ts'
import type {AppName} from './project/fly-config/app-name.ts'
import type {FlyConfig} from './project/fly-config/fly-config.ts'
import type {LocalFile} from './project/fly-config/local-files.ts'
import type {OtherConfig} from './project/fly-config/other-configs.ts'
import type {Git} from './project/git/git-status.ts'
import type {MergeConflict} from './project/git/merge-conflicts.ts'
import type {Since} from './project/git/since.ts'
import type {TrackedSecret} from './project/git/tracked-secrets.ts'
import type {ImageUsed} from './project/image/base/images-used.ts'
import type {Build} from './project/image/build.ts'
import type {BuildCommands} from './project/image/build-commands.ts'
import type {MissingVariable} from './project/image/build-variables.ts'
import type {CommandShape} from './project/image/command-shapes.ts'
import type {EntrypointFault} from './project/image/entrypoint-faults.ts'
import type {MissingFile} from './project/image/files/build-files.ts'
import type {CommandFile} from './project/image/files/command-files.ts'
import type {ComposeVolume} from './project/image/files/compose-volumes.ts'
import type {CopyTarget} from './project/image/files/copy-targets.ts'
import type {CoveredCopy} from './project/image/files/covered-copies.ts'
import type {CoveredFolder} from './project/image/files/covered-folders.ts'
import type {GitFolder} from './project/image/files/git-folders.ts'
import type {MissingPart} from './project/image/files/named-files.ts'
import type {PageFile} from './project/image/files/page-files.ts'
import type {SecretFile} from './project/image/files/secret-files.ts'
import type {SystemFileGap} from './project/image/files/system-files.ts'
import type {FrameworkTask} from './project/image/framework-tasks.ts'
import type {Image} from './project/image/image.ts'
import type {MissingEntry} from './project/image/outputs/entries.ts'
import type {MissingOutput} from './project/image/outputs/outputs.ts'
import type {AptNames} from './project/image/packages/apt-names.ts'
import type {CPackage} from './project/image/packages/c-packages.ts'
import type {CompiledPackages} from './project/image/packages/compiled-packages.ts'
import type {GoImportFault} from './project/image/packages/go-imports.ts'
import type {GoTargetFault} from './project/image/packages/go-targets.ts'
import type {LostBrowsers} from './project/image/packages/lost-browsers.ts'
import type {ForeignManager} from './project/image/packages/package-managers.ts'
import type {ForeignBrowsers} from './project/image/packages/playwright-browsers.ts'
import type {LackingCrateNeed} from './project/image/packages/rust-crates.ts'
import type {LackingOpenssl} from './project/image/packages/rust-openssl.ts'
import type {LackingProtoc} from './project/image/packages/rust-protoc.ts'
import type {UnpreparedQuery} from './project/image/packages/sqlx-queries.ts'
import type {SshSource} from './project/image/packages/ssh-sources.ts'
import type {AbsentPlace} from './project/image/programs/absent-places.ts'
import type {CalledProgram} from './project/image/programs/called-programs.ts'
import type {ProgramProblem} from './project/image/programs/command-programs.ts'
import type {MissingTask} from './project/image/programs/missing-tasks.ts'
import type {AbsentProgram} from './project/image/programs/run-programs.ts'
import type {ScriptProblem} from './project/image/programs/script-starts.ts'
import type {SwiftLack} from './project/image/programs/swift-programs.ts'
import type {AbsentRoot} from './project/image/servers/absent-root.ts'
import type {DeadPass} from './project/image/servers/dead-passes.ts'
import type {Listeners} from './project/image/servers/listeners.ts'
import type {MisplacedServer} from './project/image/servers/misplaced-servers.ts'
import type {MissingNginxFile} from './project/image/servers/nginx-files.ts'
import type {UnknownHost} from './project/image/servers/nginx-hosts.ts'
import type {NginxFault} from './project/image/servers/nginx-syntax.ts'
import type {SiteInTheWay} from './project/image/servers/own-site.ts'
import type {PackagedNginx} from './project/image/servers/packaged-nginx.ts'
import type {TemplateVariable} from './project/image/servers/template-variables.ts'
import type {UnsetPort} from './project/image/servers/unset-ports.ts'
import type {BashWord} from './project/image/shell/bash-words.ts'
import type {ShellFault} from './project/image/shell/shell-faults.ts'
import type {Unexpanded} from './project/image/unexpanded.ts'
import type {PrivilegedPort} from './project/image/users/privileged-ports.ts'
import type {HiddenProgram} from './project/image/users/root-home.ts'
import type {RunRights} from './project/image/users/run-rights.ts'
import type {ServerUser} from './project/image/users/server-users.ts'
import type {UserRights} from './project/image/users/user-rights.ts'
import type {Options} from './project/inputs.ts'
import type {ArchiveFault} from './project/java/archive-faults.ts'
import type {JdbcUrl} from './project/java/jdbc-urls.ts'
import type {SpringStart} from './project/java/spring-memory.ts'
import type {LiteFs} from './project/litefs/litefs.ts'
import type {LitestreamRestore} from './project/litestream/restores.ts'
import type {DjangoMigrations} from './project/migrations/django/django-migrations.ts'
import type {DrizzleDrift} from './project/migrations/drift/drizzle-drift.ts'
import type {PrismaDrift} from './project/migrations/drift/prisma-drift.ts'
import type {EctoFileFault} from './project/migrations/ecto-files.ts'
import type {EmptyingStart} from './project/migrations/emptying-starts.ts'
import type {Migrations} from './project/migrations/migrations.ts'
import type {MissingExtension} from './project/migrations/missing-extensions.ts'
import type {RailsEmptyColumn} from './project/migrations/rails/rails-columns.ts'
import type {RailsMigrationFault} from './project/migrations/rails/rails-files.ts'
import type {RailsMigrationStop} from './project/migrations/rails/rails-migrations.ts'
import type {LostTarget} from './project/migrations/revisions/foreign-keys.ts'
import type {MadeByModel} from './project/migrations/revisions/made-by-models.ts'
import type {MakingAgain} from './project/migrations/revisions/made-twice.ts'
import type {MissingColumn} from './project/migrations/revisions/missing-columns.ts'
import type {MissingName} from './project/migrations/revisions/missing-names.ts'
import type {MissingTable} from './project/migrations/revisions/missing-tables.ts'
import type {SqliteOperation} from './project/migrations/revisions/sqlite-operations.ts'
import type {FlywayGap} from './project/migrations/sql-files/flyway.ts'
import type {GooseFault} from './project/migrations/sql-files/goose-files.ts'
import type {AwareTime} from './project/migrations/sqlalchemy/aware-times.ts'
import type {AlembicDrift} from './project/migrations/sqlalchemy/model-drift.ts'
import type {StateFaults} from './project/migrations/states/refusals.ts'
import type {HistoryFault} from './project/migrations/tables/table-history.ts'
import type {UnchangedRun} from './project/migrations/unchanged-runs.ts'
import type {AbsentPackage} from './project/node/imports/absent-packages.ts'
import type {FastifyPlugin} from './project/node/imports/fastify-plugins.ts'
import type {MissingAsset} from './project/node/imports/missing-assets.ts'
import type {MissingImport} from './project/node/imports/missing-imports.ts'
import type {ModulePackage} from './project/node/imports/module-packages.ts'
import type {NeededPackage} from './project/node/imports/needed-packages.ts'
import type {OwnImport} from './project/node/imports/own-imports.ts'
import type {TypeScriptStart} from './project/node/imports/typescript-starts.ts'
import type {AbsentModules} from './project/node/installs/absent-modules.ts'
import type {DevelopmentTool} from './project/node/installs/development-tools.ts'
import type {ForeignModule} from './project/node/installs/foreign-modules.ts'
import type {GitClones} from './project/node/installs/git-clones.ts'
import type {IgnoredBuild} from './project/node/installs/ignored-builds.ts'
import type {LateManifest} from './project/node/installs/late-manifests.ts'
import type {LocalModules} from './project/node/installs/local-modules.ts'
import type {PeerConflict} from './project/node/installs/peer-conflicts.ts'
import type {PnpmGlobal} from './project/node/installs/pnpm-globals.ts'
import type {MovedPlugin} from './project/node/installs/postcss-plugins.ts'
import type {ReactVersions} from './project/node/installs/react-versions.ts'
import type {RegistryGap} from './project/node/installs/registry-gaps.ts'
import type {SkippedBuild} from './project/node/installs/skipped-builds.ts'
import type {UninstalledTool} from './project/node/installs/uninstalled-tools.ts'
import type {UnreadManifest} from './project/node/installs/unread-manifests.ts'
import type {LintFault} from './project/node/lint/next-lint.ts'
import type {ForeignPackage} from './project/node/locks/foreign-packages.ts'
import type {LockGap} from './project/node/locks/lock-gaps.ts'
import type {LockSetting} from './project/node/locks/lock-settings.ts'
import type {ManagerGap} from './project/node/locks/manager-rules.ts'
import type {PlatformGap} from './project/node/locks/platform-gaps.ts'
import type {NodePackages} from './project/node/node-packages.ts'
import type {OtherOutput} from './project/node/output/build-outputs.ts'
import type {ClientGap} from './project/node/output/client-output.ts'
import type {LostRoute} from './project/node/output/client-routes.ts'
import type {OutputGap} from './project/node/output/framework-output.ts'
import type {NextGap} from './project/node/output/next-output.ts'
import type {ServedSite} from './project/node/output/served-sites.ts'
import type {LayerFault} from './project/node/pages/component-layers.ts'
import type {ExportFault} from './project/node/pages/next-exports.ts'
import type {NextFault} from './project/node/pages/next-faults.ts'
import type {PublicVariable} from './project/node/pages/public-variables.ts'
import type {RouteConflict} from './project/node/pages/route-conflicts.ts'
import type {UnboundedPage} from './project/node/pages/search-params.ts'
import type {SvelteFault} from './project/node/pages/svelte-faults.ts'
import type {SyncRequest} from './project/node/pages/sync-requests.ts'
import type {ModelFault} from './project/node/prisma/model-faults.ts'
import type {PrismaAddress} from './project/node/prisma/prisma-addresses.ts'
import type {MissingClient} from './project/node/prisma/prisma-client.ts'
import type {MissingPrismaFile} from './project/node/prisma/prisma-files.ts'
import type {RepeatedName} from './project/node/prisma/prisma-names.ts'
import type {LostOutput} from './project/node/prisma/prisma-output.ts'
import type {MissingPart as MissingPrismaPart} from './project/node/prisma/prisma-parts.ts'
import type {EnvFileFault} from './project/node/scripts/env-files.ts'
import type {PackageProblem} from './project/node/scripts/package-commands.ts'
import type {ExpressRoute} from './project/node/source/express-routes.ts'
import type {MissingExport} from './project/node/source/missing-exports.ts'
import type {NewerName} from './project/node/source/newer-node.ts'
import type {SourceReader} from './project/node/source/source-readers.ts'
import type {SyntaxFault} from './project/node/source/syntax-faults.ts'
import type {UndefinedName} from './project/node/source/undefined-names.ts'
import type {LostAsset} from './project/node/typescript/compiled-assets.ts'
import type {UncompiledFile} from './project/node/typescript/compiled-files.ts'
import type {EmptyProject} from './project/node/typescript/empty-projects.ts'
import type {RefusedOption} from './project/node/typescript/refused-options.ts'
import type {TscFault} from './project/node/typescript/tsc-faults.ts'
import type {TscProgram} from './project/node/typescript/tsc-programs.ts'
import type {AbsentMember} from './project/node/workspace/absent-members.ts'
import type {HiddenMember} from './project/node/workspace/hidden-members.ts'
import type {LateMember} from './project/node/workspace/late-members.ts'
import type {LeftModules} from './project/node/workspace/left-modules.ts'
import type {LinkedModules} from './project/node/workspace/linked-modules.ts'
import type {LostMember} from './project/node/workspace/lost-members.ts'
import type {MemberModules} from './project/node/workspace/member-modules.ts'
import type {MemberProgram} from './project/node/workspace/member-programs.ts'
import type {UndeclaredMember} from './project/node/workspace/undeclared-members.ts'
import type {UnlistedMember} from './project/node/workspace/unlisted-members.ts'
import type {UnbuiltMember} from './project/node/workspace/workspace-builds.ts'
import type {WorkspaceGap} from './project/node/workspace/workspace-installs.ts'
import type {AbsentVendor} from './project/php/absent-vendor.ts'
import type {LostName} from './project/php/config-names.ts'
import type {ExtensionGap} from './project/php/extensions.ts'
import type {HiddenStorage} from './project/php/hidden-storage.ts'
import type {ClosedDatabase} from './project/php/open-basedir.ts'
import type {OtherCase} from './project/php/other-cases.ts'
import type {UnlinkedDisk} from './project/php/storage-link.ts'
import type {ViteEntry} from './project/php/vite-entries.ts'
import type {HeapSize} from './project/processes/heap-sizes.ts'
import type {IdleQueue} from './project/processes/idle-queues.ts'
import type {Processes, StartedBy} from './project/processes/processes.ts'
import type {QueueWorker} from './project/processes/queue-workers.ts'
import type {ModuleProblem} from './project/python/commands/command-modules.ts'
import type {InterfaceFault} from './project/python/commands/server-interfaces.ts'
import type {CollectFault} from './project/python/django/collect-faults.ts'
import type {MachineSettings} from './project/python/django/machine-settings.ts'
import type {DjangoFault} from './project/python/django/settings-faults.ts'
import type {McpHosts} from './project/python/frameworks/mcp-hosts.ts'
import type {StartedFault} from './project/python/frameworks/module-faults.ts'
import type {HeavyImport} from './project/python/imports/heavy-imports.ts'
import type {ImportFault} from './project/python/imports/import-faults.ts'
import type {LibraryImport} from './project/python/imports/library-imports.ts'
import type {PackageImport} from './project/python/imports/package-imports.ts'
import type {StandardImport} from './project/python/imports/standard-imports.ts'
import type {UninstalledPackage} from './project/python/imports/uninstalled-packages.ts'
import type {LockDrift} from './project/python/locks/lock-drift.ts'
import type {LogFolder} from './project/python/log-folders.ts'
import type {EditableInstall} from './project/python/packages/editable-installs.ts'
import type {ExcludedPin} from './project/python/packages/excluded-pins.ts'
import type {ManagedInstall} from './project/python/packages/managed-installs.ts'
import type {MissingHash} from './project/python/packages/missing-hashes.ts'
import type {MissingWheels} from './project/python/packages/missing-wheels.ts'
import type {ModuleRequirement} from './project/python/packages/module-requirements.ts'
import type {PackageConflict} from './project/python/packages/package-conflicts.ts'
import type {PackageLayout, UnusableBackend} from './project/python/packages/package-layout.ts'
import type {PackageNeed} from './project/python/packages/package-needs.ts'
import type {PageFault} from './project/python/pages/page-fault.ts'
import type {Python} from './project/python/python.ts'
import type {DotenvSettings} from './project/python/settings/dotenv-settings.ts'
import type {LostField} from './project/python/settings/lost-fields.ts'
import type {RefusedValue} from './project/python/settings/refused-values.ts'
import type {UnreadName} from './project/python/settings/unread-names.ts'
import type {NameError} from './project/python/source/name-errors.ts'
import type {SourceFault} from './project/python/source/source-faults.ts'
import type {AbsentGems} from './project/ruby/absent-gems.ts'
import type {BundleInstall} from './project/ruby/bundle-installs.ts'
import type {Gems} from './project/ruby/gems.ts'
import type {ImageProcessor} from './project/ruby/image-processor.ts'
import type {LostRequire} from './project/ruby/lost-requires.ts'
import type {MisnamedFile} from './project/ruby/misnamed-files.ts'
import type {LostSetting} from './project/ruby/named-settings.ts'
import type {RemovedOption} from './project/ruby/removed-options.ts'
import type {SettingGem} from './project/ruby/setting-gems.ts'
import type {UnpreparedStart} from './project/ruby/unprepared.ts'
import type {UnsetEnvironment} from './project/ruby/unset-environment.ts'
import type {PrivateCall} from './project/services/private-calls.ts'
import type {ServiceDefault} from './project/services/service-defaults.ts'
import type {CargoLockGap} from './project/toolchains/cargo-lock.ts'
import type {LatestGenerator} from './project/toolchains/latest-generators.ts'
import type {StaleStub} from './project/toolchains/stale-stubs.ts'
import type {ToolchainGap} from './project/toolchains/toolchains.ts'
import type {ActionDemand} from './project/workflows/action-demands.ts'
import type {ContextGap} from './project/workflows/contexts.ts'
import type {LfsFiles} from './project/workflows/lfs-files.ts'
import type {MissingScript} from './project/workflows/missing-scripts.ts'
import type {PnpmSetup} from './project/workflows/pnpm-setups.ts'
import type {PushFilter} from './project/workflows/push-filters.ts'
import type {RunnerBuild} from './project/workflows/runner-builds.ts'
import type {RunnerLack} from './project/workflows/runner-programs.ts'
import type {ShScript} from './project/workflows/sh-scripts.ts'
import type {EmptySubmodule} from './project/workflows/submodules.ts'
import type {UnreadWorkflow} from './project/workflows/unread-workflows.ts'
import type {UntrackedSource} from './project/workflows/untracked-sources.ts'
import type {Workflows} from './project/workflows/workflows.ts'

/** Read from the files of the project. */
export interface StaticFacts {
  /** preflight.toml, or its defaults. */
  settings: Settings
  /** What the command line asks for, in the place of what fly.toml says. */
  options: Options
  /** The state of the working tree and of its upstream. */
  git: Git
  /** The commit that what is new counts from: the merge base with --since, or with the main branch. */
  since: Since
  /** The files of the working directory that git tracks or would track. */
  files: Files
  /** fly.toml as flyctl understands it, with positions. */
  flyConfig: FlyConfig
  /** That the containers can be made which a compose file or machine_config describes. */
  containers: true
  /** The files that [[files]] copies into the machines. */
  localFiles: LocalFile[]
  /** The configurations beside it. */
  otherConfigs: readonly OtherConfig[]
  /** The app's name as flyctl chooses it: -a, FLY_APP, then `app` in fly.toml. */
  appName: AppName
  /** How the project's own workflows and scripts deploy this configuration. */
  deployCommands: DeployCommands
  /** Whether a deploy of the repository builds something else than its Dockerfile: what is wrong with that may not matter then. */
  buildsElse: boolean
  /** Why the image may be made of another stage than the last; undefined where it is that one, or nothing tells. */
  otherStage: {reason: string | undefined}
  /** The GitHub Actions workflows that call flyctl, and what each call reads. */
  workflows: Workflows
  /** What keeps GitHub from reading workflows that deploy. */
  brokenWorkflows: SyntaxProblem[]
  /** Workflows that deploy from a folder in which the Dockerfile does not find what it copies. */
  contextGaps: ContextGap[]
  /** What the Dockerfile copies, and the checkout of the workflow that deploys does not have. */
  untrackedSources: UntrackedSource[]
  /** Files that Git LFS keeps, and that the checkout of a deploy does not fetch. */
  lfsFiles: LfsFiles[]
  /** Submodules that the image is built with, and that the checkout of a deploy does not fetch. */
  emptySubmodules: EmptySubmodule[]
  /** Global installs of pnpm for which PATH has no folder. */
  pnpmGlobals: PnpmGlobal[]
  /** Programs of the project whose package is a link to a folder that the image lacks. */
  editableInstalls: EditableInstall[]
  /** Packages of package-lock.json whose part for the image's system is not in it. */
  platformGaps: PlatformGap[]
  /** Packages for another system, which npm and Yarn 1 refuse to install. */
  foreignPackages: ForeignPackage[]
  /** Actions before a deploy that are not given what they ask for. */
  actionDemands: ActionDemand[]
  /** Steps that install pnpm and are told no one version of it. */
  pnpmSetups: PnpmSetup[]
  runnerPrograms: RunnerLack[]
  missingScripts: MissingScript[]
  shScripts: ShScript[]
  unreadWorkflows: UnreadWorkflow[]
  /** Filters of `on: push` that keep what is deployed from being deployed. */
  pushFilters: PushFilter[]
  /** The Dockerfile that flyctl builds, its stages and instructions. */
  dockerfile: Dockerfile
  /** The files that BuildKit can copy: the working directory without what .dockerignore leaves out. */
  buildContext: BuildContext
  /** Folders that COPY would bring and nobody may list. */
  unreadFolders: UnreadFolder[]
  /** The build as BuildKit would go about it: configuration, files, and what ends it. */
  build: Build
  /** The commands of the RUNs and what they start: package scripts, install scripts, mix aliases. */
  buildCommands: BuildCommands
  /** Files of the project that these read, and that are not in the stage by then. */
  buildFiles: MissingFile[]
  /** Projects of TypeScript that the build compiles and that have no file to compile. */
  emptyProjects: EmptyProject[]
  /** What tsc and the lint of next build refuse in the sources, by their settings. */
  tscFaults: TscFault[]
  /** Options of tsconfig.json that the TypeScript of the build refuses by themselves. */
  refusedOptions: RefusedOption[]
  /** What tsc compiles in the build, by the tsconfig.json of each of its calls. */
  tscPrograms: TscProgram[]
  /** What surely reads which sources: tsc, bundlers, scripts of the build, and what is started. */
  sourceReaders: SourceReader[]
  /** Those of them that no parser takes. */
  syntaxFaults: SyntaxFault[]
  /** Names that nothing in their file brings, where tsc or the start ends at them. */
  undefinedNames: UndefinedName[]
  /** What started code asks of Node.js that the image's is too old for. */
  newerNodeNames: NewerName[]
  /** Imports of the project's own modules by a name that these do not export. */
  missingExports: MissingExport[]
  /** What Next.js refuses because a module is of the server or of the browser. */
  layerFaults: LayerFault[]
  lintFaults: LintFault[]
  /** Files and settings with which Next.js does not build at all. */
  nextFaults: NextFault[]
  /** Files of Next.js that do not export what their names ask for. */
  exportFaults: ExportFault[]
  /** Exports and imports of SvelteKit's routes with which it does not build. */
  svelteFaults: SvelteFault[]
  /** What is taken of a request at once, and Next.js has as a Promise. */
  syncRequests: SyncRequest[]
  /** Files of Next.js that cannot stand side by side, by the paths that their folders give them. */
  routeConflicts: RouteConflict[]
  /** Pages at which next build ends, as they read the query outside of a boundary. */
  unboundedPages: UnboundedPage[]
  /** Parts of the project that its manifests and sources name, and that are not there when these are read. */
  namedFiles: MissingPart[]
  /** Members of a workspace that the build needs and the ignore file leaves out. */
  hiddenMembers: HiddenMember[]
  /** Members of a workspace that the code in the image imports, and that no COPY brings beside it. */
  absentMembers: AbsentMember[]
  /** Installs that run before the COPY that brings their package.json. */
  lateManifests: LateManifest[]
  /** A package.json that is no JSON, and the install that reads it. */
  unreadManifests: UnreadManifest[]
  /** node_modules of workspace members that are copied from a stage whose install does not make them. */
  memberModules: MemberModules[]
  /** Programs that pnpm starts, and that another package of the workspace asks for. */
  memberPrograms: MemberProgram[]
  /** COPY with a pattern that lays files where nobody looks for them. */
  copyTargets: CopyTarget[]
  /** What a COPY lays where a volume is mounted over it. */
  coveredCopies: CoveredCopy[]
  /** Folders of the image that a volume is mounted over and that a variable names. */
  coveredFolders: CoveredFolder[]
  /** Commands of RUN that only bash has, where another shell runs them. */
  bashWords: BashWord[]
  /** Texts of RUN and scripts that the machines start which no shell can read. */
  shellFaults: ShellFault[]
  /** Folders of packages on the computer that deploys, which a COPY lays over installed ones. */
  localModules: LocalModules[]
  /** Members of a workspace that an install in the image does not find. */
  workspaceInstalls: WorkspaceGap[]
  /** Members that a build imports, and that none builds before. */
  workspaceBuilds: UnbuiltMember[]
  /** What is copied of the build of a language under a name that it does not write. */
  missingOutputs: MissingOutput[]
  /** Tasks that these run and that do not work as the project is. */
  missingTasks: MissingTask[]
  /** Variables that these stop without, and that nothing sets there. */
  buildVariables: MissingVariable[]
  /** Variables of [env] that are written into the pages of the browser by a build that does not have them. */
  publicVariables: PublicVariable[]
  /** Where a lock file has not what package.json asks for, and the install may not change it. */
  lockGaps: LockGap[]
  /** Settings of pnpm that a lock file was made with, and whose file an install does not find. */
  lockSettings: LockSetting[]
  /** Installs by a package manager that does not go with the project's files. */
  managerGaps: ManagerGap[]
  /** Installs that do not reach the registry of a package. */
  registryGaps: RegistryGap[]
  /** Packages that npm stops at, as they want others beside them that the project does not have. */
  peerConflicts: PeerConflict[]
  /** What the image lacks of what Next.js writes and serves. */
  nextOutput: NextGap[]
  /** The node_modules of the image, when Prisma's client is not generated in it. */
  prismaClient: MissingClient[]
  /** Programs of workspace members whose own node_modules stayed where they were installed. */
  leftModules: LeftModules[]
  linkedModules: LinkedModules[]
  lostMembers: LostMember[]
  /** What the commands of Prisma read in the image and do not find. */
  prismaFiles: MissingPrismaFile[]
  /** Names that stand twice in the schema of Prisma. */
  repeatedNames: RepeatedName[]
  /** What models of Prisma refer to, and the schema has not. */
  modelFaults: ModelFault[]
  /** Where Prisma 7 does not find the address of the database, or refuses it. */
  prismaAddresses: PrismaAddress[]
  /** What the program of Prisma loads, and nobody copied. */
  prismaParts: MissingPrismaPart[]
  /** Development packages that the build runs and that its install left out. */
  developmentTools: DevelopmentTool[]
  /** Packages whose install scripts no install in the image runs. */
  ignoredBuilds: IgnoredBuild[]
  lateMembers: LateMember[]
  /** Members of a workspace that pnpm installs nothing for. */
  unlistedMembers: UnlistedMember[]
  uninstalledTools: UninstalledTool[]
  skippedBuilds: SkippedBuild[]
  /** Native parts of packages that do not load on the system of the last stage. */
  foreignModules: ForeignModule[]
  /** Where the project asks for another version of its language than a stage has that builds it. */
  toolchains: ToolchainGap[]
  /** What workflows build on their runners for the image. */
  runnerBuilds: RunnerBuild[]
  /** The images of somebody else's that the build takes something from. */
  baseImages: ImageUsed[]
  /** What the stages of the image hold: base, OS packages, Python, ports. */
  image: Image
  /** The packages that apt finds. */
  aptNames: AptNames
  /** What the machines and the release command run. */
  processes: Processes
  /** What the machines start, down to the commands in scripts of the shell and of package.json. */
  startedCommands: StartedBy
  /** Where the servers listen that the process groups start. */
  listeners: Listeners
  /** Options that the version of Rails has no more. */
  removedOptions: RemovedOption[]
  /** Values of sslmode that no client of Postgres knows. */
  sslModes: WrongSslMode[]
  /** What mix clones with git. */
  mixClones: MixClones
  /** What npm and its like clone with git. */
  gitClones: GitClones
  /** Lines of documents that deploy a ready image, where there is no Dockerfile. */
  documentedImages: FileLocation[]
  /** Classes and views of PHP whose files have another case. */
  otherCases: OtherCase[]
  /** Paths of the project that functions of a release name. */
  releasePaths: ReleasePath[]
  /** Keys of the configuration of an Elixir app that are not set where the code takes them. */
  keyFaults: KeyFault[]
  /** What a release of Elixir is told to evaluate and does not have. */
  releaseTasks: MissingReleaseTask[]
  /** Clients of Prisma in a folder of the project that are not where the code looks for them. */
  prismaOutput: LostOutput[]
  /** What stops collectstatic while the image is built. */
  collectFaults: CollectFault[]
  /** What the settings of Django ask for in vain, or contradict. */
  djangoFaults: DjangoFault[]
  /** The settings of Django in the machines, where all of them are in the open. */
  machineSettings: MachineSettings
  /** Templates and static files that the pages of Django, Flask and Starlette name in vain. */
  pageFaults: PageFault[]
  /** Health checks of views for which one must have signed in. */
  guardedChecks: GuardedCheck[]
  /** Tasks of Django, Rails and Laravel that the machines ask for and that nothing defines. */
  frameworkTasks: FrameworkTask[]
  /** Ports for root that something else than root listens on. */
  privilegedPorts: PrivilegedPort[]
  /** The routes of the apps that the process groups serve, where all of them can be read. */
  routes: Routes
  /** The servers of Vite that answer nobody who asks for the app by its name. */
  viteHosts: ViteHosts[]
  /** Servers of the Model Context Protocol that do not either. */
  mcpHosts: McpHosts[]
  /** What makes the app refuse the plain request of a health check. */
  refusals: Refusal[]
  /** Health checks of a path at which the app does nothing but send on. */
  redirectedChecks: RedirectedCheck[]
  /** Health checks that the middleware of Next.js answers in place of the app. */
  interceptedChecks: InterceptedCheck[]
  /** Folders of the project that the code reads while it runs and that the image has not. */
  readFolders: MissingFolder[]
  /** Databases, caches and queues that the code looks for in the machine itself. */
  localConnections: LocalConnection[]
  /** Programs that the code runs and that the final image does not have. */
  calledPrograms: CalledProgram[]
  foreignBrowsers: ForeignBrowsers[]
  lostBrowsers: LostBrowsers[]
  swiftLacks: SwiftLack[]
  corsFaults: CorsFault[]
  /** Where the code keeps what users upload, beside the app. */
  uploads: UploadFolder[]
  /** What the app does without being asked for it: bots, tasks on a schedule. Looked for where idle machines stop. */
  ownWork: OwnWork[]
  /** SQLite databases that the code opens by a name of its own. */
  codeDatabases: CodeDatabase[]
  /** The folders that a compose file keeps of the container that is built of the same Dockerfile. */
  composeVolumes: ComposeVolume[]
  /** The ports on which a compose file finds the container that is built of the same Dockerfile. */
  composePorts: ReadonlySet<number>
  /** The variables of [env] that the code cannot parse as the address that it wants. */
  parsedAddresses: ParsedAddress[]
  /** Variables of [env] that the code makes a whole number of, which their values are not. */
  parsedNumbers: ParsedNumber[]
  /** Apps of WSGI that a server of ASGI is given, and the other way round. */
  serverInterfaces: InterfaceFault[]
  /** Values of [env] or of the image that a settings class of pydantic refuses. */
  refusedValues: RefusedValue[]
  /** Variables with a value that a schema of zod refuses. */
  refusedVariables: RefusedVariable[]
  /** Declared Python packages and the Python versions the project asks for. */
  python: Python
  /** The package.json of the working directory, and what belongs to it. */
  nodePackages: NodePackages
  /** Imports of JavaScript and TypeScript that lead nowhere. */
  missingImports: MissingImport[]
  /** Style sheets, pictures and fonts that a bundler is told to take and that are not there. */
  missingAssets: MissingAsset[]
  /** Members of the workspace that another one imports and does not declare. */
  undeclaredMembers: UndeclaredMember[]
  /** What goose cannot read in its migrations. */
  gooseFaults: GooseFault[]
  /** Files of db/migrate that Active Record refuses. */
  railsMigrationFaults: RailsMigrationFault[]
  /** Columns without a value that new migrations of Rails add. */
  railsEmptyColumns: RailsEmptyColumn[]
  /** Functions of a release of Elixir that call Mix. */
  mixCalls: MixCall[]
  /** What `manage.py migrate` stops at, and what it does not make. */
  djangoMigrations: DjangoMigrations
  /** Flyway without the package by which it knows Postgres. */
  flywayGaps: FlywayGap[]
  /** Times with a zone that models give columns without one, where asyncpg writes them. */
  awareTimes: AwareTime[]
  /** Tables and columns of the models of SQLAlchemy that no revision of alembic makes. */
  alembicDrift: AlembicDrift[]
  /** Heads of alembic that the commit before had, and that are gone. */
  lostHeads: LostHead[]
  /** Tables and columns of the schema of Prisma that no migration makes. */
  prismaDrift: PrismaDrift[]
  /** The same of the schema of Drizzle. */
  drizzleDrift: DrizzleDrift[]
  /** react-dom beside another version of react. */
  reactVersions: ReactVersions[]
  /** Packages that are ES modules alone, and that CommonJS requires as soon as it starts. */
  modulePackages: ModulePackage[]
  /** Paths that Express 5 refuses when a started program registers them. */
  expressRoutes: ExpressRoute[]
  /** Plugins of Fastify that are for another version of it. */
  fastifyPlugins: FastifyPlugin[]
  /** Packages that others load when the app uses them, and that the lock file does not have. */
  neededPackages: NeededPackage[]
  /** The gems of each Gemfile.lock. */
  gems: Gems
  /** Gems that the settings of Rails name, and that the lock does not have. */
  settingGems: SettingGem[]
  /** Each `bundle install` of the build, with the lock that it finds. */
  bundleInstalls: BundleInstall[]
  /** The library that a Rails app has its pictures made smaller with. */
  imageProcessor: ImageProcessor
  /** Gems of pictures that stand in the Gemfile, and that nothing uses. */
  idleGems: ReadonlySet<string>
  /** Packages of Python that need something of the system, and that no code of the project names. */
  idlePackages: ReadonlySet<string>
  /** Files that the machines start with and the image has not. */
  commandFiles: CommandFile[]
  /** What a build should have made for the machines to start, and that the image has not. */
  missingEntries: MissingEntry[]
  /** Programs that the machines start and the image has not. */
  commandPrograms: ProgramProblem[]
  /** Programs that the machines start by a place where the image has none. */
  absentPlaces: AbsentPlace[]
  /** Files that a build reads, with both sides of a merge in them. */
  mergeConflicts: MergeConflict[]
  /** Programs that a RUN calls and its stage has not. */
  runPrograms: AbsentProgram[]
  /** Commands of git that a build runs where no repository is. */
  gitFolders: GitFolder[]
  /** Files that pages of the image load, and the image has not. */
  pageFiles: PageFile[]
  /** Commands of RUNs that their user has no right to. */
  runRights: RunRights
  /** Commands of the machines that ENTRYPOINT does not take as they are meant. */
  entrypointFaults: EntrypointFault[]
  /** A Rails app whose ENTRYPOINT prepares the database for another command than the machines start. */
  unpreparedStarts: UnpreparedStart[]
  /** Package managers that are called and that the base image does not have. */
  foreignManagers: ForeignManager[]
  /** Scripts of the project that the machines start and cannot run. */
  scriptStarts: ScriptProblem[]
  /** The variables that the image of nginx fills in when it starts. */
  templateVariables: TemplateVariable[]
  /** What npm and its like do not find of the commands. */
  packageCommands: PackageProblem[]
  /** Who the machines run as, and where that user may not write. */
  userRights: UserRights
  /** What the machines start as another user than root, and that lies in the home of root. */
  hiddenPrograms: HiddenProgram[]
  /** Users that the configurations of servers name, and that the image does not have. */
  serverUsers: ServerUser[]
  /** Databases of SQLite that PHP-FPM may not open. */
  closedDatabases: ClosedDatabase[]
  /** Files with secrets that the image holds. */
  secretFiles: SecretFile[]
  /** Settings that a .env in the image would stop. */
  dotenvSettings: DotenvSettings[]
  /** Files that node starts and tsc does not write. */
  compiledFiles: UncompiledFile[]
  /** Files that the code reads beside itself, and tsc leaves behind. */
  compiledAssets: LostAsset[]
  /** Files of TypeScript that node is given, and does not run. */
  typeScriptStarts: TypeScriptStart[]
  /** Imports of the project's own JavaScript that end what the machines start. */
  ownImports: OwnImport[]
  /** Packages that these import, and that node does not find in the image. */
  absentPackages: AbsentPackage[]
  /** Servers of Rails that nothing tells to be in production. */
  unsetEnvironments: UnsetEnvironment[]
  /** Packages of mix that the build leaves out, and that the code is compiled with. */
  leftOutPackages: LeftOutPackage[]
  /** Files of app/ that do not define what they are called. */
  misnamedFiles: MisnamedFile[]
  /** What the files that Rails loads require or name, and no gem of the bundle has. */
  lostRequires: LostRequire[]
  /** The first program of a gem that the machines do not find, or that does not find its gems. */
  absentGems: AbsentGems[]
  /** The first package of npm that the scripts of a Phoenix app import, and that the stage does not have. */
  assetPackages: AssetPackage[]
  /** The first package that the machines need, where the image has no node_modules. */
  absentModules: AbsentModules[]
  /** Packages that code needs and no import of its own shows. */
  packageNeeds: PackageNeed[]
  /** Installs into the Python of a distribution that lets nobody else install. */
  managedInstalls: ManagedInstall[]
  /** Packages with a part in C that Go builds without C. */
  cPackages: CPackage[]
  /** What of OpenSSL a program of Rust that is linked to it does not find: where it is built, or where it runs. */
  lackingOpenssl: LackingOpenssl[]
  /** Services and databases that the settings of Rails name, and that are not there. */
  lostSettings: LostSetting[]
  /** New migrations of Rails that cannot be loaded or run. */
  railsMigrationStops: RailsMigrationStop[]
  /** A build script of Rust that starts protoc, where the stage has none. */
  lackingProtoc: LackingProtoc[]
  /** What else crates need of the system to be built, or to run, and do not find. */
  lackingCrateNeeds: LackingCrateNeed[]
  /** Paths of routes that axum does not read as they are meant. */
  axumRoutes: AxumRoute[]
  /** Queries of which the offline data of sqlx has nothing. */
  unpreparedQueries: UnpreparedQuery[]
  /** Imports at which `go build` stops. */
  goImportFaults: GoImportFault[]
  /** What `go build` is given and is no program. */
  goTargetFaults: GoTargetFault[]
  /** Variables in CMD and ENTRYPOINT that nothing fills in. */
  unexpanded: Unexpanded[]
  /** Programs that end without a .env, which the image does not have. */
  dotenvLoads: DotenvLoad[]
  /** URLs of databases that Spring Boot does not take. */
  jdbcUrls: JdbcUrl[]
  /** Starts of Java that end at once, by how the archive is made. */
  archiveFaults: ArchiveFault[]
  /** What the commands of the machines need of .NET, and the image does not have. */
  dotnetGaps: DotnetGap[]
  /** Addresses at which ASP.NET Core does not start. */
  kestrelFaults: KestrelFault[]
  /** Tools of .NET that a RUN calls and dotnet does not find. */
  dotnetToolGaps: DotnetToolGap[]
  /** URLs that reach Npgsql. */
  npgsqlUrls: NpgsqlUrl[]
  /** With what an app empties its database whenever it starts. */
  emptyingStarts: EmptyingStart[]
  /** Runs of golang-migrate that fail where there is nothing to do. */
  unchangedRuns: UnchangedRun[]
  /** What Cargo.toml says and Cargo.lock does not, where cargo may not change it. */
  cargoLockGaps: CargoLockGap[]
  /** Sources of Rust that cargo takes for stubs of them. */
  staleStubs: StaleStub[]
  latestGenerators: LatestGenerator[]
  /** Ports that a program of Go is to listen at without a colon. */
  barePorts: BarePort[]
  /** Ports that a command takes of a variable which nothing sets. */
  unsetPorts: UnsetPort[]
  /** Packages that a configuration of PostCSS names as plugins, and that are none any more. */
  movedPlugins: MovedPlugin[]
  /** What `dotnet restore` lacks, and the build behind it needs. */
  restoreGaps: RestoreGap[]
  /** Commands of the machines that start nothing that lasts. */
  commandShapes: CommandShape[]
  queueWorkers: QueueWorker[]
  /** Where files call this app by its name on the private network. */
  privateCalls: PrivateCall[]
  /** Queues that the app fills, and that nothing takes anything from. */
  idleQueues: IdleQueue[]
  /** Imports of packages that are not installed, in modules that the deploy surely starts. */
  packageImports: PackageImport[]
  /** Packages of the project that a started module imports, and that nothing installs. */
  uninstalledPackages: UninstalledPackage[]
  /** Packages that fill a small machine as soon as they are imported. */
  heavyImports: HeavyImport[]
  /** Imports of what the standard library of the image's Python does not have, in modules that the deploy surely starts. */
  standardImports: StandardImport[]
  /** What ends the import of a module that the deploy surely starts, and that Python's grammar takes. */
  startedFaults: StartedFault[]
  /** Log files of Python whose folder the image does not have. */
  logFolders: LogFolder[]
  /** Imports of names that the installed version of a library does not have, in modules that the deploy surely starts. */
  libraryImports: LibraryImport[]
  /** Names that nothing brings, read when the deploy starts a module or runs a revision of alembic. */
  nameErrors: NameError[]
  /** Fields that the code asks of settings of pydantic, and that their class does not have. */
  lostFields: LostField[]
  /** Variables that fields of pydantic-settings 2 name, and do not read. */
  unreadNames: UnreadName[]
  sqliteOperations: SqliteOperation[]
  /** Lock files of Python that are not what the manifest asks for, where an install stops at that. */
  lockDrift: LockDrift[]
  /** Python packages without a wheel for the image. */
  missingWheels: MissingWheels[]
  /** Versions of Python packages that cannot be used together. */
  packageConflicts: PackageConflict[]
  /** Versions that an install of pip asks for, and that another of its packages excludes. */
  excludedPins: ExcludedPin[]
  /** Requirements without the hash that pip demands. */
  missingHashes: MissingHash[]
  /** Requirements that name a module. */
  moduleRequirements: ModuleRequirement[]
  /** What Python does not find of the modules that the machines start. */
  commandModules: ModuleProblem[]
  /** Commands of the build that install the project, and of which the build backend cannot tell the package. */
  packageLayouts: PackageLayout[]
  /** Commands of the build that install the project with a build backend which is not there. */
  unusableBackends: UnusableBackend[]
  /** Imports of the project's own Python that fail when the machines start. */
  importFaults: ImportFault[]
  /** What makes Python stop when it imports a file of the project. */
  sourceFaults: SourceFault[]
  /** alembic's configuration and its revision graph. */
  alembic: Alembic
  /** Migrations of alembic that nothing is seen to run. */
  unrunMigrations: UnrunMigrations[]
  /** What each migration does to a Postgres database. */
  migrations: Migrations
  /** The revisions of alembic that make what an earlier one has made. */
  madeTwice: MakingAgain[]
  madeByModels: MadeByModel[]
  /** Tables that a revision of alembic works on and that none makes. */
  missingTables: MissingTable[]
  /** Where the migrations of a framework ask for what earlier ones do not make, or make what they have made. */
  tableHistory: HistoryFault[]
  /** Files of migrations that Ecto refuses, or passes over. */
  ectoFileFaults: EctoFileFault[]
  /** Indexes and constraints that a revision of alembic drops and none makes. */
  missingNames: MissingName[]
  /** Extensions of Postgres that migrations use and nothing makes. */
  missingExtensions: MissingExtension[]
  /** Columns that a revision of alembic works on and that none gives their table. */
  missingColumns: MissingColumn[]
  /** What Postgres refuses of the new migrations, by the tables that the earlier ones leave. */
  stateFaults: StateFaults
  /** Foreign keys that point to what is not there. */
  lostTargets: LostTarget[]
  /** The variables that the project's own commands and pages set as secrets. */
  secretNames: SecretName[]
  /** SQL of SQLite in an app whose database is Postgres. */
  sqliteSql: SqliteSql[]
  /** What becomes of the database URL that Fly sets, on its way to each connection. */
  databaseUrl: DatabaseUrl
  /** Variables that the app stops without, and that neither [env] nor the image sets. */
  requiredVariables: RequiredVariable[]
  /** What the file of secrets holds that preflight.toml names. */
  secretsFile: SecretsFile
  /** Secrets that the app is said to need, and that neither [env] nor the image sets. */
  wantedSecrets: WantedSecret[]
  /** Files of settings in git with a secret in them. */
  trackedSecrets: TrackedSecret[]
  /** What asks for https in an app that does not believe the proxy. */
  untrustedProxies: UntrustedProxy[]
  /** Variables that nothing sets, whose defaults are names of docker compose. */
  serviceDefaults: ServiceDefault[]
  /** The configuration of a mix project, in the environment that the image is built for. */
  mixConfig: MixConfig
  /** What that of a release of Phoenix comes to. */
  phoenix: Phoenix
  /** Releases without the manifest of the static files that their endpoint is told of. */
  staticManifests: MissingManifest[]
  /** Why the configuration of mix cannot be compiled. */
  configFaults: ConfigFault[]
  /** Why the nodes of a release do not become one cluster. */
  clusterGaps: ClusterGap[]
  /** How far the programs that the groups start may let their heaps grow. */
  heapSizes: HeapSize[]
  springStarts: SpringStart[]
  /** Packages that the build clones by ssh, without a key. */
  sshSources: SshSource[]
  /** Certificates and time zones that a program needs and the image has not. */
  systemFiles: SystemFileGap[]
  /** What the configuration of nginx names, and the image has not. */
  missingNginxFiles: MissingNginxFile[]
  /** Hosts in one word that nginx looks up before it starts. */
  unknownHosts: UnknownHost[]
  /** Where nginx stops as it reads its configuration. */
  nginxFaults: NginxFault[]
  /** Where the project's configuration of nginx listens in the image. */
  nginxPorts: ReadonlySet<number>
  /** Servers that the nginx of Alpine's package does not look for where the image has them. */
  misplacedServers: MisplacedServer[]
  /** What the pages of Laravel ask of Vite, and Vite does not build. */
  viteEntries: ViteEntry[]
  /** Volumes over the storage folder of Laravel, in which nothing makes the folders of the framework. */
  hiddenStorage: HiddenStorage[]
  /** Disks of Laravel whose files are asked for below /storage, where nothing makes the link to them. */
  unlinkedDisks: UnlinkedDisk[]
  /** The database of Elixir or Rails, where that is a file. */
  fileDatabase: FileDatabase
  /** Names that [env] gives to Laravel, and that its configuration does not have. */
  lostNames: LostName[]
  /** The site of a package of nginx, where it stands in the way of the app's. */
  sitesInTheWay: SiteInTheWay[]
  /** Where nginx looks for pages, and the image has no folder of that name. */
  absentRoots: AbsentRoot[]
  /** Where nginx hands requests on to its own machine, and nothing of it listens there. */
  deadPasses: DeadPass[]
  /** The nginx of a distribution's package, as it is started, with what it reads. */
  packagedNginx: PackagedNginx
  /** What the program in the final image was compiled of. */
  compiledPackages: CompiledPackages
  /** Extensions of PHP that composer.lock demands and the image does not have. */
  phpExtensions: ExtensionGap[]
  /** What PHP loads first, where the image has no packages of composer. */
  absentVendor: AbsentVendor[]
  /** Folders that are copied from a build which writes another one. */
  buildOutputs: OtherOutput[]
  /** Builds of which the last stage has the server and not what browsers load. */
  clientOutput: ClientGap[]
  /** Web servers that hand out another folder than the one with the page. */
  servedSites: ServedSite[]
  /** The LiteFS that the machines start, or would if fly.toml started nothing else. */
  litefs: LiteFs
  /** Names in [env] that are meant for others. */
  misspeltNames: MisspeltName[]
  /** Restores of databases that a volume keeps. */
  litestreamRestores: LitestreamRestore[]
  /** Routes of a page that its web server has no file for. */
  lostRoutes: LostRoute[]
  /** Files of a framework that the machines start and its build does not write. */
  frameworkOutput: OutputGap[]
  /** What the programs of Deno that the machines start need at once, and may not do. */
  denoPermissions: MissingPermission[]
  /** Files of variables that node is told to read when it starts, and cannot. */
  envFiles: EnvFileFault[]
  /** Environment variables that the code reads. */
  environment: Environment
  /** The ignores of preflight.toml and of comments, and which of them matched nothing. */
  ignores: Ignores
}

/** Read from Fly, through flyctl. */
export interface LiveFacts {
  flyctl: FlyctlVersion
  /** What the token says of itself. */
  token: Token
  session: Session
  /** The app with its machines. */
  app: App
  secrets: Secrets
  volumes: Volume[]
  ips: IpAddress[]
  certificates: Certificate[]
  regions: Region[]
  /** By name. */
  vmSizes: ReadonlyMap<string, VmSize>
  releases: Release[]
  /** What the current release was deployed with. */
  deployedConfig: DeployedConfig
  postgres: PostgresApps
  managedPostgres: Cluster[]
  redis: Redis[]
}

export interface Facts extends StaticFacts, LiveFacts {}
export type FactName = keyof Facts
export type LiveFactName = keyof LiveFacts

const live: {readonly [K in LiveFactName]: true} = {
  flyctl: true,
  token: true,
  session: true,
  app: true,
  secrets: true,
  volumes: true,
  ips: true,
  certificates: true,
  regions: true,
  vmSizes: true,
  releases: true,
  deployedConfig: true,
  postgres: true,
  managedPostgres: true,
  redis: true,
}

export const liveFacts = Object.keys(live) as LiveFactName[]
/** Whether a fact needs flyctl: checks that need one are skipped by `--offline`. */
export const isLive = (name: FactName): name is LiveFactName => Object.hasOwn(live, name)

/** One decision not to be told of something, from preflight.toml or from a comment. */
export interface Ignore {
  check: string
  /** Only findings in this file (or below this folder); relative to the working directory. */
  path: string | undefined
  /** Only findings on this line of `path`: what an inline comment covers. */
  line: number | undefined
  reason: string
  /** `2026-12-31`: from the day after, it counts again. */
  until: string | undefined
  /** Of a settings file that several projects extend: that it matches nothing in this one says nothing. */
  shared: boolean
  at: FileLocation
}

/** What became of the ignores once every other check had run. */
export interface Ignores {
  /** Comments without an id or a reason. */
  malformed: Ignore[]
  /** Comments with an id that no check has. */
  unknown: Ignore[]
  unused: Ignore[]
  expired: Ignore[]
  /** The entries of the baseline that no finding is left of. */
  gone: BaselineEntry[]
}

/** A finding that was there when preflight-baseline.json was written. */
export interface BaselineEntry {
  check: string
  /** What `-c` named; absent without it. */
  config?: string
  /** The file, or the live fact, that it was found in; with `message`, for whoever reads the file. */
  file: string
  severity: Severity
  message: string
  fingerprint: string
}

/** The root cause that made a fact unusable. It is told once, by the check that examines the fact. */
export interface Problem extends Finding {
  kind: 'missing' | 'unreadable' | 'syntax' | 'decode' | 'refused'
  /** Of a fly.toml that flyctl cannot decode: the one thing it still takes from it. */
  app?: string | undefined
}

export interface Known<T> {
  state: 'ok'
  value: T
}
/** `absent`: there is none, or a problem that another check tells. `failed`: it could not be had. */
export interface Unknown {
  state: 'absent' | 'failed'
  /** Completes "skipped: …" and "unverified: …". */
  reason: string
  problem?: Problem
  /** The fact whose problem it is: another one, where this fact could not be read because of it. */
  origin?: FactName
}
export type Fact<T> = Known<T> | Unknown

export const known = <T>(value: T): Known<T> => ({state: 'ok', value})
export const absent = (reason: string, problem?: Problem): Unknown => ({
  state: 'absent',
  reason,
  ...(problem && {problem}),
})
export const failed = (reason: string, problem?: Problem): Unknown => ({
  state: 'failed',
  reason,
  ...(problem && {problem}),
})

/** Reads one fact; it may ask the store for others. */
export type Loader<K extends FactName> = (facts: FactStore) => Promise<Fact<Facts[K]>>
export type Loaders = {[K in FactName]: Loader<K>}

/** The stack of calls ends where a file nests its values by the thousand, which no real one does. */
function faultOf(error: unknown, name: FactName): string {
  const message = error instanceof Error ? error.message : String(error)
  const isTooDeep = error instanceof RangeError && /call stack/.test(message)
  return isTooDeep ? `${name} is read from a file that is nested too deeply` : `reading ${name} broke: ${message}`
}

/** What a loader needs is not there: its own fact is then that one. */
class Unmet extends Error {
  readonly fact: Unknown

  constructor(fact: Unknown) {
    super(fact.reason)
    this.fact = fact
  }
}

/** Loads each fact at most once, when it is first asked for. */
export class FactStore {
  readonly #loaders: Loaders
  readonly #memo = new Map<FactName, Promise<Fact<unknown>>>()

  constructor(loaders: Loaders) {
    this.#loaders = loaders
  }

  /** Never rejects. */
  get<K extends FactName>(name: K): Promise<Fact<Facts[K]>> {
    let fact = this.#memo.get(name)
    if (!fact) {
      // A loader that throws is a bug of preflight: the checks that need its fact become unverified, never passed.
      fact = Promise.resolve()
        .then(() => this.#loaders[name](this))
        .catch((error: unknown) => (error instanceof Unmet ? error.fact : failed(faultOf(error, name))))
        .then((loaded) => (loaded.state !== 'ok' && loaded.problem ? {origin: name, ...loaded} : loaded))
      this.#memo.set(name, fact)
    }
    return fact as Promise<Fact<Facts[K]>>
  }

  /** The value, for loaders that cannot do without: where there is none, the loader ends, and its fact is this one. */
  async need<K extends FactName>(name: K): Promise<Facts[K]> {
    const [value] = await this.needAll(name)
    return value
  }

  /** The values of several, which are loaded side by side; of those that are not there, the first one counts. */
  async needAll<const K extends readonly FactName[]>(...names: K): Promise<{[I in keyof K]: Facts[K[I]]}> {
    const facts = await Promise.all(names.map((name) => this.get(name)))
    const values = facts.map((fact) => {
      if (fact.state !== 'ok') throw new Unmet(fact)
      return fact.value
    })
    return values as {[I in keyof K]: Facts[K[I]]}
  }

  /** The value where there is one: for loaders that can do without. */
  async value<K extends FactName>(name: K): Promise<Facts[K] | undefined> {
    const fact = await this.get(name)
    return fact.state === 'ok' ? fact.value : undefined
  }

  /** Whether somebody asked for the fact. */
  asked(name: FactName): boolean {
    return this.#memo.has(name)
  }

  /** The value if some check asked for the fact: nothing is read for this. */
  async peek<K extends FactName>(name: K): Promise<Facts[K] | undefined> {
    return this.asked(name) ? this.value(name) : undefined
  }
}
