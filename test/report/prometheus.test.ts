import {describe, expect, it} from 'vitest'
import {prometheus, prometheusSet} from '../../src/report/prometheus.ts'
import {context, hostile, noGo, samples} from './samples.ts'

interface Sample {
  name: string
  labels: Record<string, string>
  value: number
}

/**
 * The text exposition format, strictly: https://prometheus.io/docs/instrumenting/exposition_formats/
 * HELP and TYPE stand once, before the samples of their metric, and no series is there twice.
 */
function parse(text: string): Sample[] {
  if (!text.endsWith('\n')) throw new Error('the last line must end')
  const typed = new Set<string>()
  const helped = new Set<string>()
  const series = new Set<string>()
  let current = ''
  return text
    .slice(0, -1)
    .split('\n')
    .flatMap((line) => {
      const comment = /^# (HELP|TYPE) ([a-zA-Z_:][\w:]*) (.+)$/.exec(line)
      if (comment) {
        const [, kind, name = '', rest = ''] = comment
        const known = kind === 'HELP' ? helped : typed
        if (known.has(name)) throw new Error(`${kind} of ${name} twice`)
        if (kind === 'TYPE' && !/^(counter|gauge)$/.test(rest)) throw new Error(`no type: ${rest}`)
        known.add(name)
        current = name
        return []
      }
      const match = /^([a-zA-Z_:][\w:]*)\{((?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\"n])*",?)*)\} (-?\d+(?:\.\d+)?)$/.exec(
        line,
      )
      if (!match) throw new Error(`no sample: ${line}`)
      const [, name = '', labels = '', value] = match
      if (name !== current || !typed.has(name)) throw new Error(`${name} is not typed before`)
      if (series.has(`${name}${labels}`)) throw new Error(`twice: ${line}`)
      series.add(`${name}${labels}`)
      const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label, text = '']) => [
        label,
        text.replace(/\\(.)/g, (_, character) => (character === 'n' ? '\n' : character)),
      ])
      return [{name, labels: Object.fromEntries(pairs), value: Number(value)}]
    })
}

describe('metrics', () => {
  it.each(samples)('are in the text format of Prometheus: %s', (_, report) => {
    expect(parse(prometheus(report, context)).length).toBeGreaterThan(0)
  })

  it('of many deploys stand together by metric, each series once', () => {
    const other = {...context, prefix: 'apps/other'}
    const all = parse(
      prometheusSet([
        {report: noGo, context},
        {report: noGo, context: other},
      ]),
    )
    expect(all).toHaveLength(2 * parse(prometheus(noGo, context)).length)
  })

  it('count what was found, for this app and configuration', () => {
    const samples = parse(prometheus(noGo, context))
    for (const {labels} of samples) expect(labels).toMatchObject({app: 'shop', config: 'apps/shop/fly.toml'})
    const values = samples.map(({name, labels: {app, config, ...labels}, value}) => [
      name,
      ...Object.values(labels),
      value,
    ])
    expect(values).toEqual([
      ['preflight_verdict', 0],
      ['preflight_findings', 'git/clean', 'warning', 1],
      ['preflight_findings', 'dockerfile/exposed-port', 'error', 1],
      ['preflight_findings', 'dockerfile/exposed-port', 'info', 1],
      ['preflight_findings', 'live/required-secrets', 'error', 1],
      ['preflight_checks', 'passed', 2],
      ['preflight_checks', 'failed', 3],
      ['preflight_checks', 'skipped', 1],
      ['preflight_checks', 'unverified', 2],
      ['preflight_duration_seconds', 0.412],
      ['preflight_last_run_timestamp_seconds', Date.UTC(2026, 6, 1, 12) / 1000],
    ])
  })

  it('keep a text of the project inside of its label', () => {
    const samples = parse(prometheus(hostile, context))
    expect(new Set(samples.map(({name}) => name))).toEqual(
      new Set(parse(prometheus(noGo, context)).map(({name}) => name)),
    )
    expect(samples[0]?.labels.app).toContain('"} 1 injected{a="b"} 1')
  })
})
