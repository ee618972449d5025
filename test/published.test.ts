import {describe, expect, it} from 'vitest'
import {githubRepository, type Package, schemaAddress, workflowSteps} from '../src/published.ts'

const pkg = (repository?: Package['repository']): Package => ({
  name: 'fly-preflight',
  version: '1.2.3',
  ...(repository && {repository}),
})

describe('where preflight is to be had', () => {
  it.each([
    ['owner/repo', 'owner/repo'],
    ['github:owner/repo', 'owner/repo'],
    ['https://github.com/owner/repo', 'owner/repo'],
    [{url: 'git+https://github.com/owner/re.po.git'}, 'owner/re.po'],
    [{url: 'git@github.com:owner/repo.git'}, 'owner/repo'],
    [{url: 'git+ssh://git@github.com/owner/repo.git'}, 'owner/repo'],
    [{url: 'https://gitlab.com/owner/repo.git'}, undefined],
    [undefined, undefined],
  ])('%j is the repository %s', (repository, expected) => {
    expect(githubRepository(pkg(repository))).toBe(expected)
  })

  it('a workflow uses the action of the repository', () => {
    expect(workflowSteps('apps/shop', pkg('owner/repo'))).toBe(`- uses: owner/repo@v1
  with:
    working-directory: apps/shop
    offline: \${{ secrets.FLY_API_TOKEN == '' }}
  env:
    FLY_API_TOKEN: \${{ secrets.FLY_API_TOKEN }}`)
  })

  it('without a repository it runs the package', () => {
    expect(workflowSteps('', pkg())).toContain('- run: npx --yes --package fly-preflight@1.2.3 preflight ')
  })

  it('the schema is that of the version', () => {
    const path = 'src/config/settings.schema.json'
    expect(schemaAddress(true, pkg())).toBe(`./node_modules/fly-preflight/${path}`)
    expect(schemaAddress(false, pkg('owner/repo'))).toBe(`https://raw.githubusercontent.com/owner/repo/v1/${path}`)
    expect(schemaAddress(false, pkg())).toBe(`https://unpkg.com/fly-preflight@1.2.3/${path}`)
  })
})
