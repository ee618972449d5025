import {Check} from './check.ts'
import {Explain} from './explain.ts'
import {Inspect} from './inspect.ts'
import {List} from './list.ts'
import {Merge} from './merge.ts'

export const commands = {check: Check, explain: Explain, inspect: Inspect, list: List, merge: Merge}
