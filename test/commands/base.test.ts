import {fileURLToPath} from 'node:url'
import {afterEach, expect, it, vi} from 'vitest'
import {BaseCommand} from '../../src/commands/base.ts'

class Broken extends BaseCommand {
  async run(): Promise<void> {
    throw new TypeError('x is undefined')
  }
}

afterEach(() => {
  process.exitCode = undefined
  vi.restoreAllMocks()
})

it('a bug of preflight is exit code 3, one line, and where to look', async () => {
  const written: string[] = []
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0)
  await Broken.run([], fileURLToPath(new URL('../..', import.meta.url)))
  expect(process.exitCode).toBe(3)
  expect(written.join('')).toMatch(
    /^preflight: preflight itself broke: x is undefined \(at .*base\.test\.ts:\d+:\d+\)\)?\nPlease report it\.\n$/,
  )
})
