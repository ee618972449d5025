import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {openFacts} from '../../../src/preflight.ts'
import {temporary} from '../../cli.ts'

const run = (folder: string, script: string) =>
  execFileSync('bash', ['-ec', script], {
    cwd: folder,
    stdio: 'pipe',
    env: {
      ...process.env,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_NAME: 'x',
      GIT_AUTHOR_EMAIL: 'x@example.com',
      GIT_COMMITTER_NAME: 'x',
      GIT_COMMITTER_EMAIL: 'x@example.com',
    },
  })

/** main has `old/1.sql`; the branch adds `old/2.sql`, which is committed. */
function branch(): string {
  const folder = temporary({'old/1.sql': ''})
  run(folder, 'git init -q -b main; git add -A; git commit -qm first; git switch -qc feature')
  add(folder, 'old/2.sql')
  return folder
}

function add(folder: string, path: string): void {
  mkdirSync(dirname(join(folder, path)), {recursive: true})
  writeFileSync(join(folder, path), '')
  run(folder, 'git add -A; git commit -qm more')
}

const since = async (root: string, ref?: string) => (await openFacts({root, since: ref})).get('since')

describe('what is new', () => {
  it('counts from where the branch left main, and from nothing that main got later', async () => {
    const folder = branch()
    run(folder, 'git switch -q main')
    add(folder, 'old/3.sql')
    run(folder, 'git switch -q feature')
    const fact = await since(folder)
    if (fact.state !== 'ok') throw new Error(fact.reason)
    expect(fact.value).toMatchObject({ref: 'main', isMergeBase: true})
    expect(['old/1.sql', 'old/2.sql', 'old/3.sql'].map(fact.value.had)).toEqual([true, false, false])
  })

  it('prefers what the remote calls its main branch', async () => {
    const folder = temporary({})
    const origin = branch()
    run(origin, 'git switch -q main; git branch -m trunk')
    run(folder, `git clone -q ${origin} .; git switch -qc main; git commit -q --allow-empty -m more`)
    expect(await since(folder)).toMatchObject({state: 'ok', value: {ref: 'origin/trunk'}})
  })

  it('knows a file that has moved by the last two names of its path, also from a folder below', async () => {
    const folder = branch()
    mkdirSync(join(folder, 'app'))
    run(folder, 'git mv old app/old; git commit -qm moved')
    const fact = await since(join(folder, 'app'))
    expect(fact.state === 'ok' && ['old/1.sql', 'old/2.sql'].map(fact.value.had)).toEqual([true, false])
  })

  it('counts from a commit that is named, on main too', async () => {
    const folder = branch()
    run(folder, 'git switch -q main')
    add(folder, 'old/4.sql')
    expect(await since(folder)).toEqual({state: 'absent', reason: 'this commit is on main itself'})
    const fact = await since(folder, 'HEAD~1')
    expect(fact.state === 'ok' && fact.value.had('old/4.sql')).toBe(false)
  })

  it('does not know where no main branch is, or the history is cut off', async () => {
    const folder = branch()
    run(folder, 'git branch -qD main')
    expect(await since(folder)).toEqual({state: 'absent', reason: 'git knows no main branch to compare with'})
    expect(await since(temporary({}))).toMatchObject({state: 'absent'})
    const shallow = temporary({})
    const origin = branch()
    const fetch = `git fetch -q --depth 1 file://${origin}`
    run(shallow, `git init -q -b work; ${fetch} feature; git reset -q --hard FETCH_HEAD; ${fetch} main:main`)
    expect(await since(shallow)).toMatchObject({
      state: 'absent',
      reason: 'git finds no common commit with main, as in a shallow clone',
    })
    // One that is named is compared with as it is.
    const fact = await since(shallow, 'main')
    expect(fact).toMatchObject({state: 'ok', value: {isMergeBase: false}})
    expect(fact.state === 'ok' && ['old/1.sql', 'old/2.sql'].map(fact.value.had)).toEqual([true, false])
  })

  it('fetches nothing, though a partial clone says how', async () => {
    const origin = branch()
    run(origin, 'git config uploadpack.allowFilter true')
    const partial = temporary({})
    run(partial, `git clone -q --filter=tree:0 --no-checkout file://${origin} .`)
    run(partial, `git config remote.origin.uploadpack 'touch ${partial}/ran; git-upload-pack'`)
    expect(await since(partial, 'HEAD')).toMatchObject({state: 'absent'})
    expect(existsSync(join(partial, 'ran'))).toBe(false)
  })
})
