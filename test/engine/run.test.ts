import {describe, expect, it} from 'vitest'
import {type AnyCheck, defineCheck} from '../../src/check.ts'
import {absent, type Facts, failed, known, type Loaders} from '../../src/facts.ts'
import {preflight} from '../../src/preflight.ts'
import {memoryFileSystem, root} from '../memory.ts'

const base = {title: 'it holds', why: 'x.', severity: 'error', failsAt: 'build', since: '0.1.0'} as const
const app = {name: 'shop', from: 'config'} as Facts['appName']

/** Runs made-up checks on made-up facts. */
const run = (checks: AnyCheck[], facts: Partial<Loaders> = {}, options = {}) =>
  preflight(
    {root, env: {}, offline: true, ...options},
    {checks, facts, fs: memoryFileSystem({'fly.toml': 'app = "shop"'})},
  )

const outcomes = async (...args: Parameters<typeof run>) =>
  (await run(...args)).checks.map(({id, outcome, reason}) => `${id} ${outcome}${reason ? `: ${reason}` : ''}`)

const needsName = defineCheck({...base, id: 'a/needs', needs: ['appName'], *run() {}})
const tellsName = defineCheck({
  ...base,
  id: 'a/tells',
  needs: [],
  examines: ['appName'],
  *run({appName}) {
    if (appName.state !== 'ok' && appName.problem) yield appName.problem
  },
})
const problem = {kind: 'missing', message: 'no name', at: {file: 'fly.toml'}} as const

describe('a check', () => {
  it('passes when it yields nothing and fails when it yields a finding', async () => {
    const flags = defineCheck({
      ...base,
      id: 'a/flags',
      needs: ['appName'],
      *run({appName}) {
        yield {message: `${appName.name} is wrong`, at: {file: 'fly.toml', line: 1, column: 1}}
      },
    })
    const report = await run([needsName, flags], {appName: async () => known(app)})
    expect(report.checks.map(({outcome}) => outcome)).toEqual(['passed', 'failed'])
    expect(report.checks[1]?.findings[0]).toMatchObject({
      severity: 'error',
      failsAt: 'build',
      message: 'shop is wrong',
      hint: null,
    })
    expect(report).toMatchObject({verdict: 'no-go', blockers: [{check: 'a/flags', because: 'finding'}]})
  })

  it('is skipped when a fact is absent, and unverified when it failed', async () => {
    expect(await outcomes([needsName], {appName: async () => absent('there is none')})).toEqual([
      'a/needs skipped: there is none',
    ])
    expect(await outcomes([needsName], {appName: async () => failed('no answer')})).toEqual([
      'a/needs unverified: no answer',
    ])
  })

  it('is not kept waiting by one live fact before the next is asked for', async () => {
    const looks = defineCheck({...base, id: 'a/looks', needs: ['app', 'secrets'], examines: ['releases'], *run() {}})
    const asked: string[] = []
    let answer = () => {}
    const all = new Promise<void>((resolve) => {
      answer = resolve
    })
    const slow = (name: string) => async () => {
      asked.push(name)
      if (asked.length === 3) answer()
      await all
      return known({} as never)
    }
    const facts = {app: slow('app'), secrets: slow('secrets'), releases: slow('releases')}
    expect(await outcomes([looks], facts, {offline: false})).toEqual(['a/looks passed'])
    expect(asked).toEqual(['app', 'secrets', 'releases'])
  })

  it('that the files tell does not apply asks nothing of Fly.io', async () => {
    const check = (appliesTo: NonNullable<AnyCheck['appliesTo']>) =>
      defineCheck({...base, id: 'a/applies', needs: ['app', 'appName'], appliesTo, *run() {}})
    const asked: string[] = []
    const facts: Partial<Loaders> = {
      appName: async () => known(app),
      app: async () => {
        asked.push('app')
        return failed('no answer')
      },
    }
    const run = (one: AnyCheck) => outcomes([one], facts, {offline: false})
    expect(await run(check(({appName}) => appName.name !== 'shop' || 'it is the shop'))).toEqual([
      'a/applies skipped: it is the shop',
    ])
    const absentName = {...facts, appName: async () => absent('there is no name')}
    expect(await outcomes([check(() => true)], absentName, {offline: false})).toEqual([
      'a/applies skipped: there is no name',
    ])
    expect(asked).toEqual([])
    expect(await run(check(() => true))).toEqual(['a/applies unverified: no answer'])
    expect(asked).toEqual(['app'])
  })

  it('whose files could not be read is unverified, whether it would apply or not', async () => {
    const check = defineCheck({...base, id: 'a/applies', needs: ['appName'], appliesTo: () => 'never', *run() {}})
    const facts = {appName: async () => failed('the disk is gone')}
    expect(await outcomes([check], facts)).toEqual(['a/applies unverified: the disk is gone'])
  })

  it('is skipped with the reason that it returns', async () => {
    const returns = defineCheck({
      ...base,
      id: 'a/returns',
      needs: [],
      // biome-ignore lint/correctness/useYield: it finds nothing to look at
      *run() {
        return 'it does not apply'
      },
    })
    expect(await outcomes([returns])).toEqual(['a/returns skipped: it does not apply'])
  })

  it('that breaks is unverified, never passed, and blocks', async () => {
    const breaks = defineCheck({
      ...base,
      id: 'a/breaks',
      needs: [],
      // biome-ignore lint/correctness/useYield: it throws
      *run() {
        throw new TypeError('x is undefined')
      },
    })
    const report = await run([breaks])
    expect(report.checks[0]).toMatchObject({outcome: 'unverified', reason: 'the check broke: x is undefined'})
    expect(report).toMatchObject({verdict: 'no-go', blockers: [{check: 'a/breaks', because: 'unverified'}]})
  })

  it('is unverified when reading its fact breaks', async () => {
    const broken = async () => {
      throw new Error('disk on fire')
    }
    expect(await outcomes([needsName], {appName: broken})).toEqual([
      'a/needs unverified: reading appName broke: disk on fire',
    ])
    const tooDeep = async () => {
      const nest = (depth: number): number => nest(depth + 1) + 1
      throw nest(0)
    }
    expect(await outcomes([needsName], {appName: tooDeep})).toEqual([
      'a/needs unverified: appName is read from a file that is nested too deeply',
    ])
  })
})

describe('one root cause is told once', () => {
  const facts = {appName: async () => absent('there is none', problem)}

  it('by the check that examines the fact; the others are skipped because of it', async () => {
    expect(await outcomes([tellsName, needsName], facts)).toEqual(['a/tells failed', 'a/needs skipped: there is none'])
  })

  it('and where no check of the run tells it, the others are unverified', async () => {
    expect(await outcomes([needsName], facts)).toEqual(['a/needs unverified: there is none'])
    expect(await outcomes([tellsName, needsName], facts, {skip: ['a/tells']})).toEqual([
      'a/tells skipped: --skip a/tells',
      'a/needs unverified: there is none',
    ])
  })

  it('a check that examines a fact does not tell the problem of another one', async () => {
    const tellsImage = defineCheck({
      ...base,
      id: 'a/image',
      needs: [],
      examines: ['image'],
      *run({image}) {
        if (image.state !== 'ok' && image.problem) yield image.problem
      },
    })
    const through: Partial<Loaders> = {...facts, image: async (store) => (await store.get('appName')) as never}
    expect(await outcomes([tellsName, tellsImage], through)).toEqual([
      'a/tells failed',
      'a/image skipped: there is none',
    ])
  })
})

describe('a fact', () => {
  it('is read once, however many checks need it, and not at all when none does', async () => {
    let reads = 0
    const counted: Partial<Loaders> = {
      processes: async () => {
        reads++
        return absent('none')
      },
    }
    const needs = (id: AnyCheck['id']) => defineCheck({...base, id, needs: ['processes'], *run() {}})
    await run([needs('a/one'), needs('a/two')], counted)
    expect(reads).toBe(1)
    await run([needsName], counted)
    expect(reads).toBe(1)
  })

  it('that a check only uses is undefined where there is none', async () => {
    const uses = defineCheck({
      ...base,
      id: 'a/uses',
      needs: [],
      uses: ['appName'],
      *run({appName}) {
        if (appName === undefined) yield {message: 'nameless', at: {file: 'fly.toml'}, severity: 'info'}
      },
    })
    expect((await run([uses], {appName: async () => failed('no answer')})).summary).toMatchObject({
      failed: 1,
      infos: 1,
      errors: 0,
    })
  })
})

describe('the verdict', () => {
  const finds = (severity: 'error' | 'warning' | 'info') =>
    defineCheck({
      ...base,
      id: `a/${severity}`,
      severity,
      needs: [],
      *run() {
        yield {message: severity, at: {file: 'fly.toml'}}
      },
    })

  it.each([
    ['error', false, 'no-go'],
    ['warning', false, 'go'],
    ['warning', true, 'no-go'],
    ['info', true, 'go'],
  ] as const)('a finding of severity %s, strict %s: %s', async (severity, strict, verdict) => {
    expect((await run([finds(severity)], {}, {strict})).verdict).toBe(verdict)
  })

  it('an unverified warning blocks only with --strict', async () => {
    const unverified = {...needsName, severity: 'warning' as const}
    const facts = {appName: async () => failed('no answer')}
    expect((await run([unverified], facts)).verdict).toBe('go')
    expect((await run([unverified], facts, {strict: true})).verdict).toBe('no-go')
  })

  it('is blocked by a cause, not by what follows from it', async () => {
    const needsToo = {...needsName, id: 'a/too' as const}
    const blockers = async (checks: AnyCheck[], fact: Facts['appName'] | ReturnType<typeof failed>, options = {}) =>
      (await run(checks, {appName: async () => ('state' in fact ? fact : known(fact))}, options)).blockers
    const told = failed('no name', problem)
    // The check that tells it stands for those that could not be verified because of it, wherever it is in the plan.
    expect(await blockers([needsName, tellsName, needsToo], told)).toEqual([{check: 'a/tells', because: 'finding'}])
    // Where nobody tells it, the first of them does.
    const first = [{check: 'a/needs', because: 'unverified'}]
    expect(await blockers([needsName, tellsName, needsToo], told, {skip: ['a/tells']})).toEqual(first)
    expect(await blockers([needsName, needsToo], failed('no answer'))).toEqual(first)
    // Where it blocks nothing by itself, what follows from it does.
    const advises = {...tellsName, severity: 'info' as const}
    expect(await blockers([advises, needsName, needsToo], told)).toEqual(first)
  })

  it('says of what it speaks: static when Fly was not asked', async () => {
    expect((await run([needsName])).scope).toBe('static')
    const live = (appliesTo: NonNullable<AnyCheck['appliesTo']>) =>
      defineCheck({...base, id: 'a/live', needs: ['app'], appliesTo, *run() {}})
    const scope = async (check: AnyCheck) =>
      (await run([check], {app: async () => failed('no answer')}, {offline: false})).scope
    expect(await scope(live(() => 'nothing to ask'))).toBe('static')
    expect(await scope(live(() => true))).toBe('full')
  })
})

describe('findings', () => {
  const at = (file: string, line?: number, column?: number) => ({file, ...(line && {line}), ...(column && {column})})
  const many = defineCheck({
    ...base,
    id: 'a/many',
    needs: [],
    *run() {
      yield {message: 'live', at: {live: 'secrets'}}
      yield {message: 'b', at: at('b', 1, 1)}
      yield {message: 'a:2', at: at('a', 2, 1)}
      yield {message: 'a:1:9', at: at('a', 1, 9)}
      yield {message: 'a:1:2', at: at('a', 1, 2)}
    },
  })

  it('stand in the order of their places, those on Fly last', async () => {
    const [check] = (await run([many])).checks
    expect(check?.findings.map(({message}) => message)).toEqual(['a:1:2', 'a:1:9', 'a:2', 'b', 'live'])
  })

  it('have no edit with something masked in it: applied, it would spoil the file', async () => {
    const edit = (text: string) => ({file: 'fly.toml', line: 1, column: 1, endLine: 1, endColumn: 4, text})
    const edits = defineCheck({
      ...base,
      id: 'a/edits',
      needs: [],
      *run() {
        yield {message: 'a', at: at('a', 1), fix: {title: 'Write a', edits: [edit('a')]}}
        yield {message: 'b', at: at('a', 2), fix: {title: 'Write b', edits: [edit('redis://:hunter2@host')]}}
      },
    })
    const [check] = (await run([edits])).checks
    expect(check?.findings.map(({fix}) => fix?.title)).toEqual(['Write a', undefined])
  })
})
