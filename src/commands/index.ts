import {WriteBaseline} from './baseline.ts'
import {Check} from './check.ts'
import {Explain} from './explain.ts'
import {Inspect} from './inspect.ts'
import {List} from './list.ts'

export const commands = {baseline: WriteBaseline, check: Check, explain: Explain, inspect: Inspect, list: List}
