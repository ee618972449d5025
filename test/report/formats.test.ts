import {describe, expect, it} from 'vitest'
import {formats, formatUses, reporter, setReporter} from '../../src/report/index.ts'
import {reportSchema} from '../../src/report/report.ts'
import {steering} from '../steering.ts'
import {context, hostile, noGo, samples} from './samples.ts'

it('the samples are reports', () => {
  for (const [, report] of samples) reportSchema.parse(report)
})

it('each format says in one line what it is for', () => {
  expect(formatUses.map(([name]) => name)).toEqual(formats)
  for (const [, use] of formatUses) expect(use).toMatch(/^.{10,64}$/)
})

describe.each(formats)('%s', (format) => {
  it.each(samples)('accepts %s', async (_, report) => {
    expect(await (await reporter(format))(report, context)).toMatch(/\n$/)
  })

  it('joins the reports of many deploys, and one', async () => {
    const parts = samples.map(([, report]) => ({report, context}))
    expect(await (await setReporter(format))(parts)).toMatch(/\n$/)
    expect(await (await setReporter(format))(parts.slice(0, 1))).toMatch(/\n$/)
  })

  it('says the same of the same report', async () => {
    const render = await reporter(format)
    expect(await render(noGo, context)).toBe(await render(noGo, context))
  })

  it('lets no text of the project move the cursor, turn the direction, be no character or a command to the runner', async () => {
    const alone = await (await reporter(format))(hostile, context)
    const joined = await (await setReporter(format))([noGo, hostile].map((report) => ({report, context})))
    for (const text of [alone, joined]) {
      expect(text).not.toContain('##[')
      if (format !== 'github') expect(text).not.toMatch(/^\s*::/m)
      expect(text).not.toMatch(steering)
    }
  })
})

describe('pretty', () => {
  const severities = (text: string) => text.match(/^(info|warning|error)(?= )/gm)

  it('puts the blockers last, next to the verdict, and is short with advice', async () => {
    const text = await (await reporter('pretty'))(noGo, context)
    expect(severities(text)).toEqual(['info', 'warning', 'error', 'error'])
    expect(text).toMatch(/^info .*\n {2}Dockerfile {2}dockerfile\/exposed-port\n\nwarning /)
  })

  it('tells in full with the first deploy what several share', async () => {
    const text = await (await setReporter('pretty'))([noGo, noGo].map((report) => ({report, context})))
    expect(severities(text)).toHaveLength(8)
    expect(text.match(/Cure: internal_port = 8080/g)).toHaveLength(1)
    expect(text.match(/Cure: as above\./g)).toHaveLength(2)
  })
})

// As for other generated files, `npm run gen` writes them: read what changed.
describe('what each format looks like', () => {
  it.each(formats.filter((format) => format !== 'html'))('%s', async (format) => {
    const text = await (await reporter(format))(noGo, context)
    await expect(text).toMatchFileSnapshot(`golden/no-go.${format}`)
  })
})
