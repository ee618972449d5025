import type {Language} from '../code.ts'
import {goFrameworks} from './go-frameworks.ts'
import {javascriptFrameworks} from './javascript-frameworks.ts'
import {otherFrameworks} from './other-frameworks.ts'
import {pythonFrameworks} from './python-frameworks.ts'

/** How the routes of a framework are written, and what makes them unknown. */
export interface Framework {
  name: string
  language: Language | 'ruby' | 'php' | 'java'
  /** The import, or what else tells it. */
  uses: RegExp
  /**
   * Each finds a route or a prefix by the groups `method` and `path`, or by `below` a path under which code of others may
   * answer. All of them are global.
   */
  registers: readonly RegExp[]
  /** With this another route may be there: one for every path, files of a folder, a path that is worked out, somebody else's routes. */
  open: RegExp
  /** What the framework itself answers. */
  own?: RegExp
  /** What becomes of a path that differs by a / at its end. */
  slash: 'redirect' | 'same' | 'strict'
  /** A route for GET answers HEAD. */
  head: boolean
}

export const frameworks: readonly Framework[] = [
  ...goFrameworks,
  ...pythonFrameworks,
  ...javascriptFrameworks,
  ...otherFrameworks,
]
