import {Check} from './check.ts'
import {Dashboard} from './dashboard.ts'
import {Explain} from './explain.ts'
import {Inspect} from './inspect.ts'
import {List} from './list.ts'
import {Merge} from './merge.ts'

export const commands = {
  check: Check,
  dashboard: Dashboard,
  explain: Explain,
  inspect: Inspect,
  list: List,
  merge: Merge,
}
