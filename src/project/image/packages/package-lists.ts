import type {FileLocation} from '../../../check.ts'
import {once} from '../../../once.ts'
import type {Instruction} from '../../dockerfile/parse.ts'
import {assignments} from '../instruction-values.ts'

/** The ARG or ENV whose value is the list of packages of a RUN, as `fly launch` writes it for Rails. */
export class PackageLists {
  readonly #own = new Map<string, FileLocation>()
  readonly #inherited: () => ReadonlyMap<string, FileLocation>

  /** `inherited`: the instructions of the stages before. */
  constructor(inherited: () => readonly Instruction[]) {
    this.#inherited = once<void, ReadonlyMap<string, FileLocation>>(() => {
      const found = new Map<string, FileLocation>()
      for (const each of inherited()) note(each, found)
      return found
    })
  }

  note(instruction: Instruction): void {
    note(instruction, this.#own)
  }

  placeFor({text}: Instruction): FileLocation | undefined {
    const [, name] = /\b(?:install|add)\b[^$;&|]{0,500}\$\{?(\w+)/.exec(text) ?? []
    return name === undefined ? undefined : (this.#own.get(name) ?? this.#inherited().get(name))
  }
}

/** Only what says it in words: a value that is a variable has its words elsewhere. */
function note(instruction: Instruction, into: Map<string, FileLocation>): void {
  if (instruction.keyword !== 'ARG' && instruction.keyword !== 'ENV') return
  for (const [name, value] of assignments(instruction)) {
    if (value !== undefined && !value.startsWith('$')) into.set(name, instruction.at)
  }
}
