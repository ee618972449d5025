import type {FileLocation} from '../../../check.ts'

/** What a library refuses of a module while it is imported, and ends the import with. */
export interface ModuleFault {
  /** What is, in words. */
  message: string
  /** What Python says. */
  error: string
  cure: string
  at: FileLocation
  /** It is met when an instance is made, and nothing in the file is seen to make one at the import. */
  whenMade?: true
}
