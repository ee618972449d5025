import {Writable} from 'node:stream'
import {afterEach, describe, expect, it} from 'vitest'
import type {CheckReport} from '../../src/report/report.ts'
import {showTasks} from '../../src/view/tasks.ts'

const result = (outcome: CheckReport['outcome'], severity?: 'error' | 'warning', reason: string | null = null) =>
  ({outcome, reason, findings: severity ? [{severity}] : []}) as CheckReport

const steps = [
  {group: 'a', title: 'one', result: Promise.resolve(result('passed'))},
  {group: 'a', title: 'two', result: Promise.resolve(result('failed', 'error'))},
  {group: 'a', title: 'three', result: Promise.resolve(result('failed', 'warning'))},
  {group: 'b', title: 'four', result: Promise.resolve(result('skipped', undefined, '--offline'))},
  {group: 'b', title: 'five', result: Promise.resolve(result('unverified', undefined, 'no answer'))},
]

async function draw(live: boolean): Promise<string> {
  let text = ''
  const stream = new Writable({
    write(chunk, _, done) {
      text += chunk
      done()
    },
  }) as unknown as NodeJS.WriteStream
  await showTasks(steps as never, {stream, color: false, live})
  return text
}

const {isTTY} = process.stdout
afterEach(() => {
  Object.defineProperty(process.stdout, 'isTTY', {value: isTTY, configurable: true})
})

describe('the task list', () => {
  it('shows groups in order and a mark for each outcome', async () => {
    expect(await draw(false)).toBe(
      'a\n  ✔ one\n  ✖ two (1 error)\n  ▲ three (1 warning)\nb\n  ○ four (--offline)\n  ? five (no answer)\n',
    )
  })

  it('shows the same when it is redrawn', async () => {
    // listr2 redraws only where stdout is a terminal.
    Object.defineProperty(process.stdout, 'isTTY', {value: true, configurable: true})
    const text = await draw(true)
    for (const each of ['✔ one', '✖ two (1 error)', '▲ three (1 warning)', '○ four (--offline)', '? five (no answer)'])
      expect(text).toContain(each)
  })
})
