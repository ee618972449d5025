import {describe, expect, it} from 'vitest'
import {inTime} from '../../src/config/in-time.ts'

describe('what may never return', () => {
  it('is ended after its time', () => {
    const busy = () => {
      for (;;);
    }
    expect(() => inTime(busy, 50)).toThrow('it did not end within 0.05 seconds')
  })

  it('returns what it comes to, and throws what it throws', () => {
    const facts = {mounts: []}
    expect(inTime(() => facts)).toBe(facts)
    const error = new TypeError('no mounts')
    expect(() =>
      inTime(() => {
        throw error
      }),
    ).toThrow(error)
  })
})
