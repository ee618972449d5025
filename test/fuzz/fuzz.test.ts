import {describe, expect, it} from 'vitest'
import {attempt} from './attempt.ts'
import {sampleProjects} from './corpus.ts'

// For longer, and from the projects of all tests: npm run fuzz
describe('a project that was spoilt gives a valid report, and breaks nothing', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])('seed %i', async (seed) => {
    expect(await attempt(sampleProjects(), seed)).toBeUndefined()
  })
})
