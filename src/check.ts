/**
 * The authoring API: what a check is, what it finds and where.
 * Everything under `checks/` imports this file and nothing else.
 */
import type {FailsAt} from './deploy-moments.ts'
import type {Fact, FactName, Facts, LiveFactName, StaticFacts} from './facts.ts'
import type {Severity} from './severity.ts'

export type {FailsAt, Severity}

/** A place in a file, 1-based, the end exclusive. Without a line it means the file as a whole. */
export interface FileLocation {
  /** Relative to the working directory, with `/`. */
  file: string
  line?: number
  column?: number
  endLine?: number
  endColumn?: number
  /** flyctl's spelling of a key: `http_service.checks[0].type`. */
  keyPath?: string
}

/** A place on Fly: the fact it was read from and, where there is one, the thing's name. */
export interface LiveLocation {
  live: LiveFactName
  subject?: string
}

export type Location = FileLocation | LiveLocation

/** One replacement in one file; positions are 1-based, the end exclusive. */
export interface Edit {
  file: string
  line: number
  column: number
  endLine: number
  endColumn: number
  text: string
}

/** The cure as data, so that an editor or a bot can apply it. */
export interface Fix {
  title: string
  edits: Edit[]
}

/** One contradiction, at one place, in one sentence: the actual value first, then what it must be. */
export interface Finding {
  message: string
  at: Location
  related?: Location[] | undefined
  /** The cure: a command or an edit. */
  hint?: string | undefined
  fix?: Fix | undefined
  /** Only where this finding is less (or more) certain than its check. */
  severity?: Severity | undefined
  failsAt?: FailsAt | undefined
}

/** What `appliesTo` or `run` returns when the check does not apply to this project: the reason it is skipped. */
export type NotApplicable = string

export interface Check<
  Need extends FactName = never,
  Used extends FactName = never,
  Examined extends FactName = never,
> {
  /** `<group>/<name>`: its path under `checks/`. Never reused. */
  id: `${string}/${string}`
  /** The claim that is true when the check passes, at most 60 characters. */
  title: string
  /** What breaks in production, in one sentence. */
  why: string
  severity: Severity
  failsAt: FailsAt
  /** The first version that had it. */
  since: string
  /** Of a project's own check: where its page is, `./` the working directory. Others have it beside them in the package. */
  docs?: string
  /** Earlier ids of this check. */
  aliases?: readonly string[]
  /** The facts it cannot do without: one that is absent skips the check, one that failed leaves it unverified. */
  needs: readonly Need[]
  /** Facts it can do without: undefined where there is none. What it then says must be less certain. */
  uses?: readonly Used[]
  /** Facts it looks at whatever their state, to tell the problem that made one unusable. */
  examines?: readonly Examined[]
  /**
   * Whether it applies to this project, as far as the files tell: then Fly.io is asked nothing for it alone, and one that
   * does not answer leaves nothing unverified that had nothing to ask.
   */
  appliesTo?(
    facts: {readonly [K in Need & keyof StaticFacts]: Facts[K]} & {
      readonly [K in Used & keyof StaticFacts]: Facts[K] | undefined
    },
  ): true | NotApplicable
  /** Pure: no I/O, no clock. Undeclared facts are a type error. */
  run(
    facts: {readonly [K in Need]: Facts[K]} & {readonly [K in Used]: Facts[K] | undefined} & {
      readonly [K in Examined]: Fact<Facts[K]>
    },
  ): Iterator<Finding, NotApplicable | undefined | void>
}

/** Any check, once its needs no longer matter to the reader (the plan, the engine, the docs). */
// biome-ignore lint/suspicious/noExplicitAny: the needs of a check are checked where it is defined
export type AnyCheck = Check<any, any, any>

/** Types a check: `needs`, `uses` and `examines` decide what `run` may see. */
export function defineCheck<
  const Need extends FactName = never,
  const Used extends FactName = never,
  const Examined extends FactName = never,
>(check: Check<Need, Used, Examined>): AnyCheck {
  return check
}

export type {Fact, FactName, Facts} from './facts.ts'
export {replace} from './fix.ts'
export {deployedMachines, exitsOf, isFirstDeploy, machinesByGroup, nameMachines, updatesAll} from './fly/deployment.ts'
export {groupBy} from './group-by.ts'
export {faultsOn} from './project/alembic/fault.ts'
export {refusedCheck} from './project/code/health/refused-check.ts'
export {backslashIn} from './project/context/dockerignore.ts'
export {declaredArguments, isPredefined, secretMounts} from './project/dockerfile/arguments.ts'
export {allInstructions, lineage} from './project/dockerfile/parse.ts'
export {isNamed} from './project/dockerfile/stage-name.ts'
export {wordPlace} from './project/dockerfile/word-place.ts'
export {keyPath} from './project/documents/document.ts'
export {escapePattern} from './project/escape-pattern.ts'
export {addressDemands} from './project/fly-config/address-demands.ts'
export {cpuKinds, decidedElsewhere, doneBeforeMachines, guestOf, machineSizes} from './project/fly-config/guests.ts'
export {httpChecks} from './project/fly-config/health-checks.ts'
export {handlers, handlersFit} from './project/fly-config/services.ts'
export {type ShellSyntax, shellSyntax, withShell} from './project/fly-config/shell-syntax.ts'
export {parseMemory, parseVolumeSize} from './project/fly-config/size.ts'
export {readWords, splitWords} from './project/fly-config/words.ts'
export {nameParts, plainName} from './project/image/base/base-images.ts'
export {libcMismatch, libcOf} from './project/image/base/c-library.ts'
export {idleProgram} from './project/image/base/idle-images.ts'
export {knownPortOf} from './project/image/base/known-ports.ts'
export {type DataFolder, dataFolderOf} from './project/image/base/known-volumes.ts'
export {imagePath, isBelow, withAbove} from './project/image/files/image-path.ts'
export {mayBeBuilt} from './project/image/files/own-files.ts'
export {sqliteFile} from './project/image/files/sqlite-file.ts'
export {type Builder, builderOf, builderOn} from './project/image/packages/linked-builds.ts'
export {installsByApt} from './project/image/packages/os-packages.ts'
export {packageNeeds, type SystemNeed} from './project/image/packages/package-system-needs.ts'
export {hasNoPackage, systemPrograms} from './project/image/packages/system-programs.ts'
export {readyProgram, startsBoth} from './project/image/programs/ready-programs.ts'
export {behindLaunchers} from './project/image/servers/server-name.ts'
export {isCertain} from './project/image/shell/command.ts'
export {operatorIn, startedPart} from './project/image/shell/shell-operators.ts'
export {booleanColumns, booleanNumber} from './project/migrations/boolean-numbers.ts'
export {type Change, changesOf} from './project/migrations/changes.ts'
export {columnKey, columnTypes} from './project/migrations/column-types.ts'
export {columnEnums, createdEnum, droppedEnum} from './project/migrations/enums.ts'
export {keptExpressions} from './project/migrations/immutable.ts'
export {migrationName} from './project/migrations/migration-name.ts'
export {partlyFilled} from './project/migrations/partly-filled.ts'
export {perMigration} from './project/migrations/per-migration.ts'
export {refusedSql} from './project/migrations/refused-sql.ts'
export {refusedIfThere} from './project/migrations/revisions/refused-if-there.ts'
export {refusedIn} from './project/migrations/revisions/refused-operations.ts'
export {sqlIn, sqlOf} from './project/migrations/sql.ts'
export {type MigrationTool, migrationTools} from './project/migrations/tools.ts'
export {isConstant, textOf, type Value} from './project/migrations/value.ts'
export {isPnpmTen, wantedMajor} from './project/node/locks/pnpm-version.ts'
export {foreignPhp} from './project/php/foreign-php.ts'
export {startedFindings} from './project/python/frameworks/started-findings.ts'
export {imagePython} from './project/python/image-python.ts'
export {commandPackages} from './project/python/packages/command-packages.ts'
export {knownRequirements} from './project/python/packages/known-requirements.ts'
export {otherSystem} from './project/python/packages/other-systems.ts'
export {localTarget, notATarget, startsSeveral} from './project/services/local-target.ts'
export {mayRunServers} from './project/services/own-servers.ts'
export {
  doubleQuoted,
  misplacedExpressions,
  misplacedInAction,
  unknownFunctions,
} from './project/workflows/expressions.ts'
export {passedSecret} from './project/workflows/passed-secret.ts'
export {excessOf} from './project/workflows/permissions.ts'
export {ownCheckout} from './project/workflows/plain-checkout.ts'
export {absentEvents, neverEqual} from './project/workflows/ref-conditions.ts'
export {mayBringFlyctl, usesForeignActions} from './project/workflows/workflow.ts'
export {hasSecretName, passwordInUrl, wellKnownSecret} from './secret-forms.ts'
export {suggest} from './suggest.ts'
export {fitsOne} from './wildcard.ts'
export {andOtherSteps, firstOf, inSeries, listOf, oneOf, plural, quote, shorten} from './wording.ts'
