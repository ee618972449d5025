import {expect, it} from 'vitest'
import {openFacts} from '../../../src/preflight.ts'
import {type Files, memoryFileSystem, root} from '../../memory.ts'

async function hint(files: Files): Promise<string | undefined> {
  const facts = await openFacts({root}, {fs: memoryFileSystem(files)})
  const found = await facts.get('flyConfig')
  return found.state === 'absent' ? found.problem?.hint : undefined
}

it('without a configuration here, one of the folders below is meant', async () => {
  expect(await hint({'api/fly.toml': '', 'package.json': '{}'})).toBe(
    'Did you mean -c api/fly.toml, or to run in its folder?',
  )
  expect(await hint({'apps/cms/fly.toml': '', 'apps/web/fly.staging.toml': '', 'node_modules/a/fly.toml': ''})).toBe(
    'Did you mean -c apps/cms/fly.toml, or to run in its folder? --all checks every one.',
  )
})

it('nor anywhere near', async () => {
  expect(await hint({'package.json': '{}'})).toBe(
    'Run preflight in the folder of fly.toml, or make one: flyctl launch --no-deploy',
  )
})
