import {setImmediate, setTimeout} from 'node:timers/promises'
import {expect, it} from 'vitest'
import {afterWaiting} from '../src/after-waiting.ts'

const compute = (milliseconds: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)

it('acts when the time is over, once, and not where the waiting has ended before', async () => {
  const acts: string[] = []
  afterWaiting(20, () => acts.push('over'))
  afterWaiting(20, () => acts.push('ended'))()
  await setTimeout(200)
  expect(acts).toEqual(['over'])
})

it('does not count the time in which the program computes itself: what it waits for may have come', async () => {
  const acts: string[] = []
  const end = afterWaiting(1000, () => acts.push('over'))
  compute(1100)
  await setTimeout(1)
  await setImmediate()
  expect(acts).toEqual([])
  end()
})
