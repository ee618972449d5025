import {describe, expect, it} from 'vitest'
import {portRanges} from '../../../src/project/fly-config/services.ts'

describe('portRanges', () => {
  it('is one port, or a range, or what is written of both', () => {
    expect(portRanges({port: 443})).toEqual([[443, 443]])
    expect(portRanges({start_port: 10, end_port: 20})).toEqual([[10, 20]])
    expect(portRanges({port: 443, start_port: 10, end_port: 20})).toEqual([
      [443, 443],
      [10, 20],
    ])
    expect(portRanges({handlers: ['http']})).toEqual([])
  })

  it('is open where an end is missing', () => {
    expect(portRanges({start_port: 10})).toEqual([[10, 65535]])
    expect(portRanges({end_port: 10})).toEqual([[1, 10]])
  })
})
