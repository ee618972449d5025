import {Writable} from 'node:stream'
import {afterEach, describe, expect, it} from 'vitest'
import type {CheckReport} from '../../src/report/report.ts'
import {showTasks} from '../../src/view/tasks.ts'

const result = (outcome: CheckReport['outcome'], severity?: 'error' | 'warning', reason: string | null = null) =>
  ({outcome, reason, findings: severity ? [{severity}] : []}) as CheckReport

const steps = [
  {group: 'a', check: {title: 'one'}, result: Promise.resolve(result('passed'))},
  {group: 'a', check: {title: 'two'}, result: Promise.resolve(result('failed', 'error'))},
  {group: 'a', check: {title: 'three'}, result: Promise.resolve(result('failed', 'warning'))},
  {group: 'b', check: {title: 'four'}, result: Promise.resolve(result('skipped', undefined, '--offline'))},
  {group: 'b', check: {title: 'five'}, result: Promise.resolve(result('unverified', undefined, 'no answer'))},
]

async function draw(live: boolean, shown = steps, patience = 300): Promise<string> {
  let text = ''
  const stream = new Writable({
    write(chunk, _, done) {
      text += chunk
      done()
    },
  }) as unknown as NodeJS.WriteStream
  await showTasks(shown as never, {stream, color: false, live, patience})
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

  it('counts the passes of many checks by group, and lists only what says something', async () => {
    const step = (group: string, title: string, report: CheckReport) => ({
      group,
      check: {title},
      result: Promise.resolve(report),
    })
    const many = [
      ...Array.from({length: 19}, (_, index) => step('first', `pass ${index}`, result('passed'))),
      step('first', 'bad', result('failed', 'warning')),
      step('first', 'away', result('unverified', undefined, 'no file')),
      ...['a', 'b', 'c', 'c'].map((reason) => step('second', 'off', result('skipped', undefined, reason))),
      ...['a', 'c'].map((reason) => step('third', 'off', result('skipped', undefined, reason))),
    ]
    const expected = [
      'first   ✔ 19 passed',
      '  ▲ bad (1 warning)',
      '  ? 1 unverified (no file)',
      'second  ○ 4 skipped (c; a; …)',
      'third   ○ 2 skipped',
      '',
    ].join('\n')
    expect(await draw(false, many as never)).toBe(expected)
    expect(await draw(true, many as never)).toBe(expected)
  })

  it('takes the title of a check of the project for nothing but text', async () => {
    const evil = {group: 'custom', check: {title: 'x\n::error::y\u001b[2J'}, result: Promise.resolve(result('passed'))}
    expect(await draw(false, [evil])).toBe('custom\n  ✔ x ::error::y\ufffd[2J\n')
  })

  it('shows the same in a terminal when all is over soon', async () => {
    expect(await draw(true)).toBe(await draw(false))
  })

  it('redraws what still runs, below the groups that have ended', async () => {
    // listr2 redraws only where stdout is a terminal.
    Object.defineProperty(process.stdout, 'isTTY', {value: true, configurable: true})
    const slow = {
      group: 'b',
      check: {title: 'six'},
      result: new Promise((done) => setTimeout(done, 60, result('failed', 'error'))),
    }
    const text = await draw(true, [...steps, slow] as never, 20)
    expect(text).toMatch(/^a\n {2}✔ one\n {2}✖ two \(1 error\)\n {2}▲ three \(1 warning\)\n/)
    for (const each of ['○ four (--offline)', '? five (no answer)', '✖ six (1 error)']) expect(text).toContain(each)
  })

  it('counts many checks too when it is redrawn', async () => {
    Object.defineProperty(process.stdout, 'isTTY', {value: true, configurable: true})
    const many = Array.from({length: 21}, (_, index) => ({
      group: 'c',
      check: {title: `pass ${index}`},
      result: new Promise((done) => setTimeout(done, 60, index ? result('passed') : result('failed', 'error'))),
    }))
    const text = await draw(true, many as never, 20)
    expect(text).toContain('✖ pass 0 (1 error)')
    expect(text).toContain('✔ 20 passed')
    expect(text).not.toContain('pass 1')
  })
})
