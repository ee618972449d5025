import type {FileLocation} from '../../check.ts'
import type {Language} from './image-versions.ts'
import type {Range} from './ranges.ts'
import type {StepProject} from './step-project.ts'

/** What the project asks of a toolchain, and where. */
export interface Demand {
  range: Range
  /** Completes "…, and ": `go.mod asks for 1.24`. */
  said: string
  at: FileLocation
  /** The tool may do with another version all the same. */
  likely?: boolean
  /** What happens, where the command itself does not stop. */
  outcome?: string
  /** The cure, where it is not another version. */
  hint?: string
}

/** How the tools of one language hold a project against the version that is there. */
export interface Rule {
  language: Language
  /** On the program without its folder, and its arguments: the commands that stop where a demand is not met. */
  command: RegExp
  /** On the instructions before: what brings another version than the image has, or takes the demand back. */
  replaced: RegExp
  /** Anywhere in the Dockerfile: what takes the demand back. */
  unless?: RegExp
  /** In a RUN: packages that bring the language, with the version in their names. */
  packages?: RegExp
  /** The same on Alpine, where the names have the two numbers without a point: `php84`. */
  alpinePackages?: RegExp
  /** How many numbers of a version the tags of its images have. */
  precision: number
  /** `has` is the version that is there. */
  demands(project: StepProject, has: string): Promise<Demand[]>
  /** Where the result is copied into an image that has the language of its own: what it asks of that. */
  runtime?: {
    language: Language
    /** Completes "…: ", where it is not met. */
    outcome: string
    demands(project: StepProject, atBuild: readonly Demand[]): Promise<readonly Demand[]>
  }
}
