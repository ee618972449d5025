import {execFileSync} from 'node:child_process'
import {chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {afterEach, describe, expect, it, vi} from 'vitest'
import {loadFiles} from '../../../src/project/files/list-files.ts'
import {ProjectReader} from '../../../src/project/files/reader.ts'
import {git, ignoredPaths} from '../../../src/project/git/git.ts'
import type {Git} from '../../../src/project/git/git-status.ts'
import {Repository} from '../../../src/project/git/repository.ts'
import {loadGit} from '../../../src/project/git/working-tree.ts'
import type {Inputs} from '../../../src/project/inputs.ts'
import {temporary} from '../../cli.ts'

const inputs = (root: string): Inputs => {
  const reader = new ProjectReader(root)
  return {reader, repository: new Repository(reader), options: {}, env: {}}
}

function repository(files: Record<string, string>): string {
  const folder = temporary(files)
  const script = 'git init -q -b main && git add -A && git -c user.name=x -c user.email=x@example.com commit -qm first'
  execFileSync('bash', ['-c', script], {cwd: folder})
  return folder
}

afterEach(() => vi.unstubAllEnvs())

describe('git in a real repository', () => {
  it('knows commit, branch and a clean tree', async () => {
    const git = await loadGit(inputs(repository({a: ''})))
    expect(git).toMatchObject({
      state: 'ok',
      value: {
        commit: expect.stringMatching(/^[0-9a-f]{40}$/),
        branch: 'main',
        upstream: undefined,
        hasRemote: false,
        changed: [],
        untracked: [],
      },
    })
  })

  it("has the disk's spelling where the disk does not tell upper and lower case apart", async () => {
    const folder = repository({'models/User.js': '', 'Views/a.js': '', 'lib/gone.js': ''})
    // As after renames that such a disk hides from git.
    execFileSync('git', ['config', 'core.ignorecase', 'true'], {cwd: folder})
    renameSync(join(folder, 'models/User.js'), join(folder, 'models/user.js'))
    renameSync(join(folder, 'Views'), join(folder, 'views'))
    rmSync(join(folder, 'lib/gone.js'))
    const files = await loadFiles(inputs(folder))
    expect(files.state === 'ok' && files.value.under('.')).toEqual(['models/user.js', 'views/a.js'])
  })

  it('does not take the blank lines of a .gitignore from Windows for patterns', async () => {
    const folder = repository({'.gitignore': '*.log\r\n\r\n/out\r\n!keep.log\r\n'})
    const asked = ['shop.sln/', 'a.log', 'keep.log', 'out/']
    expect([...(await ignoredPaths(folder, asked))].sort()).toEqual(['a.log', 'out/'])
  })

  it('names changed and untracked files from the working directory, and only those below it', async () => {
    const folder = repository({'app/a b.txt': '', 'other/c': ''})
    writeFileSync(join(folder, 'app/a b.txt'), 'changed')
    writeFileSync(join(folder, 'app/neu ü.txt'), '')
    writeFileSync(join(folder, 'other/c'), 'changed')
    expect(await loadGit(inputs(join(folder, 'app')))).toMatchObject({
      value: {changed: ['a b.txt'], untracked: ['neu ü.txt']},
    })
  })

  it
    .runIf(process.platform !== 'win32')
    .each([
      '.gitignore',
      'app/.gitattributes',
      '.git/HEAD',
      '.git/config',
      '.git/index',
      '.git/info/exclude',
      '.git/refs/heads/main',
    ])('does not wait for a named pipe, %s', async (name) => {
    const folder = repository({'app/fly.toml': ''})
    rmSync(join(folder, name), {force: true})
    execFileSync('mkfifo', [join(folder, name)])
    const here = inputs(join(folder, 'app'))
    const path = name.startsWith('app/') ? name.slice(4) : `../${name}`
    expect(await loadGit(here)).toEqual({
      state: 'failed',
      reason: `git status failed: ${path} is a named pipe, and git would wait for somebody to write into it`,
    })
    const files = await loadFiles(here)
    expect(files.state === 'ok' && files.value.has('fly.toml')).toBe(true)
  })

  it('is that of the folder, also in a hook, which is told of its own repository', async () => {
    const folder = repository({'app/fly.toml': ''})
    const another = repository({b: ''})
    vi.stubEnv('GIT_DIR', join(another, '.git'))
    vi.stubEnv('GIT_INDEX_FILE', '.git/index')
    const files = await loadFiles(inputs(join(folder, 'app')))
    expect(files.state === 'ok' && files.value.under('.')).toEqual(['fly.toml'])
    expect(await loadGit(inputs(join(folder, 'app')))).toMatchObject({value: {changed: [], untracked: []}})
  })

  it.runIf(process.getuid?.() === 0)('may be another user’s, as in a container', async () => {
    const folder = repository({a: '', '.gitignore': 'b\n', b: ''})
    execFileSync('chown', ['-R', '65534:65534', folder])
    expect(await loadGit(inputs(folder))).toMatchObject({value: {branch: 'main', untracked: []}})
    const files = await loadFiles(inputs(folder))
    expect(files.state === 'ok' && files.value.under('.')).toEqual(['.gitignore', 'a'])
  })

  it('names them from a folder whose name begins with a blank, too', async () => {
    const folder = repository({' app/a': ''})
    writeFileSync(join(folder, ' app/b'), '')
    expect(await loadGit(inputs(join(folder, ' app')))).toMatchObject({value: {changed: [], untracked: ['b']}})
  })

  it('that fails without a word is told by what became of it', async () => {
    const folder = repository({a: ''})
    const bin = temporary({git: '#!/bin/sh\nexit 7\n'})
    chmodSync(join(bin, 'git'), 0o755)
    vi.stubEnv('PATH', bin)
    expect(await loadGit(inputs(folder))).toEqual({state: 'failed', reason: 'git status failed: exit code 7'})
    vi.stubEnv('PATH', temporary({}))
    expect(await loadGit(inputs(folder))).toEqual({state: 'failed', reason: 'git is not installed'})
  })

  it('names a folder that it tracks nothing of, in place of its files', async () => {
    const folder = repository({'.gitignore': '*.log\n', 'app/kept': '', 'app/only/gone': ''})
    rmSync(join(folder, 'app/only'), {recursive: true})
    const created = ['app/only/there', 'app/web/src/a', 'app/web/b', 'app/logs/a.log', 'app/neu', 'lib/x/y']
    for (const path of created) {
      mkdirSync(join(folder, dirname(path)), {recursive: true})
      writeFileSync(join(folder, path), '')
    }
    const untracked = async (path: string) =>
      ((await loadGit(inputs(join(folder, path)))) as {value: Git}).value.untracked
    expect(await untracked('.')).toEqual(['app/neu', 'app/only/there', 'app/web/', 'lib/'])
    expect(await untracked('app')).toEqual(['neu', 'only/there', 'web/'])
    expect(await untracked('lib/x')).toEqual(['.'])
  })

  it('is absent outside a repository', async () => {
    expect(await loadGit(inputs(temporary({a: ''})))).toMatchObject({
      state: 'absent',
      reason: 'the folder is no git repository',
    })
  })
})

describe('the files of a project', () => {
  const pathsIn = async (folder: string) => {
    const files = await loadFiles(inputs(folder))
    return files.state === 'ok' ? files.value.under('.') : files
  }

  it('are those that git tracks or would track, what was deleted left out', async () => {
    const folder = repository({'.gitignore': 'ignored\n', kept: '', gone: '', ignored: ''})
    rmSync(join(folder, 'gone'))
    writeFileSync(join(folder, 'new'), '')
    expect(await pathsIn(folder)).toEqual(['.gitignore', 'kept', 'new'])
  })

  it('are those that are there, though git was told not to look', async () => {
    const folder = repository({gone: '', kept: '', 'of-both': ''})
    execFileSync('bash', ['-c', 'git update-index --assume-unchanged gone kept'], {cwd: folder})
    rmSync(join(folder, 'gone'))
    expect(await pathsIn(folder)).toEqual(['kept', 'of-both'])
  })

  it('are each named once in a merge that is not finished', async () => {
    const folder = repository({both: '1', theirs: '1'})
    const git = 'git -c user.name=x -c user.email=x@example.com'
    const script = `git switch -qc other; echo 2 > both; echo 2 > theirs; ${git} commit -qam 2
      git switch -q main; echo 3 > both; git rm -q theirs; ${git} commit -qam 3; ${git} merge -q other; rm theirs`
    execFileSync('bash', ['-c', script], {cwd: folder, stdio: 'pipe'})
    expect(await pathsIn(folder)).toEqual(['both'])
  })

  it('without a repository, all but folders of dependencies', async () => {
    const folder = temporary({'src/a.py': '', 'node_modules/x/index.js': '', 'b/.venv/lib/c.py': ''})
    mkdirSync(join(folder, 'empty'))
    expect(await pathsIn(folder)).toEqual(['src/a.py'])
  })
})

describe('what git ignores', () => {
  it('is asked of all paths at once, and one that it cannot judge does not spoil the others', async () => {
    const folder = repository({'.gitignore': 'dist\nbuild/\n"odd\n', kept: ''})
    symlinkSync('kept', join(folder, 'link'))
    const paths = ['dist', 'link/below', 'build/', '../outside', 'kept', 'dist/a\nb', '"odd', '-x']
    expect([...(await ignoredPaths(folder, paths))].sort()).toEqual(['"odd', 'build/', 'dist', 'dist/a\nb'])
  })

  it('is nothing outside a repository', async () => {
    expect(await ignoredPaths(temporary({}), ['a', 'b'])).toEqual(new Set())
  })

  it('may be all of them where git is killed, and nothing is to be told of what git may ignore', async () => {
    const folder = repository({kept: ''})
    const bin = temporary({git: '#!/bin/sh\nkill -9 $$\n'})
    chmodSync(join(bin, 'git'), 0o755)
    vi.stubEnv('PATH', `${bin}:${process.env.PATH}`)
    expect(await ignoredPaths(folder, ['a', 'b'])).toEqual(new Set(['a', 'b']))
  })
})

it('git that cannot be called at all is an answer, not an exception', async () => {
  expect(await git(temporary({}), ['check-ignore', '--', 'a\0b'])).toMatchObject({code: 'ERR_INVALID_ARG_VALUE'})
  expect(await git('/nowhere', ['status'])).toMatchObject({code: 128})
})
