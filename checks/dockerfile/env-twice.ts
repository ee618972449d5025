import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/env-twice',
  title: 'each variable gets its value once',
  why: 'Of two ENV lines for one variable the later counts, and the first does nothing: one of them is not meant.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['dockerfile'],
  *run({dockerfile}) {
    for (const stage of dockerfile.stages) {
      // Set, and not read since: by a RUN, or by another instruction.
      const idle = new Map<string, {value: string; at: (typeof stage)['at']}>()
      for (const instruction of stage.instructions) {
        if (instruction.keyword === 'RUN') idle.clear()
        for (const [, name = ''] of instruction.text.matchAll(/\$\{?(\w+)/g)) idle.delete(name)
        if (instruction.keyword !== 'ENV') continue
        const [, name, written] = /^([A-Za-z_]\w*)(?:=|\s+)([^\s]*)$/.exec(instruction.text.trim()) ?? []
        if (!name || written === undefined) continue
        const value = written.replace(/^(["'])(.*)\1$/, '$2')
        const first = idle.get(name)
        if (first && first.value !== value) {
          yield {
            message: `${name} gets a second value here, so that the first, set before, does nothing`,
            at: instruction.at,
            related: [first.at],
            hint: `Remove one of the two lines, or give one the name that is meant.`,
          }
        }
        idle.set(name, {value, at: instruction.at})
      }
    }
  },
})
