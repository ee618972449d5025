import {Check} from './check.ts'
import {Explain} from './explain.ts'
import {List} from './list.ts'

export const commands = {check: Check, explain: Explain, list: List}
