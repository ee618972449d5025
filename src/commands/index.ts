import {WriteBaseline} from './baseline.ts'
import {Check} from './check.ts'
import {Completion} from './completion.ts'
import {Dashboard} from './dashboard.ts'
import {Explain} from './explain.ts'
import {Init} from './init.ts'
import {Inspect} from './inspect.ts'
import {List} from './list.ts'
import {Merge} from './merge.ts'

export const commands = {
  baseline: WriteBaseline,
  check: Check,
  completion: Completion,
  dashboard: Dashboard,
  explain: Explain,
  init: Init,
  inspect: Inspect,
  list: List,
  merge: Merge,
}
