import {describe, expect, it} from 'vitest'
import {known} from '../../../src/facts.ts'
import {openFacts} from '../../../src/preflight.ts'
import {Files as ProjectFiles} from '../../../src/project/files/files.ts'
import {type Files, memoryFileSystem, root} from '../../memory.ts'

/** The calls of flyctl that a step makes: where they stand, the command, its flags and its folder. */
async function calls(run: string, files: Files): Promise<string[]> {
  const all = {
    '.github/workflows/deploy.yml': `on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n${run.replace(/^/gm, '          ')}\n        env:\n          STAGE: staging\n`,
    ...files,
  }
  const paths = Object.keys(all)
  const facts = await openFacts(
    {root, env: {}},
    {fs: memoryFileSystem(all), facts: {files: async () => known(ProjectFiles.of(paths))}},
  )
  return ((await facts.value('workflows'))?.calls ?? []).map(({at, command, flags, folder, decisive}) =>
    [
      `${at.file}:${at.line}`,
      command,
      ...[...flags].map(([name, value]) => `--${name}=${value}`),
      `in ${folder}`,
      ...(decisive ? [] : ['may fail']),
    ].join(' '),
  )
}

describe('a shell script', () => {
  it('is followed, in the folder that it runs in', async () => {
    const files = {'scripts/deploy.sh': '#!/bin/bash\nset -e\ncd web\nflyctl deploy\nflyctl scale count 2\n'}
    const expected = ['scripts/deploy.sh:4 deploy in web', 'scripts/deploy.sh:5 scale count in web']
    expect(await calls('./scripts/deploy.sh', files)).toEqual(expected)
    expect(await calls('bash -eu scripts/deploy.sh', files)).toEqual(expected)
    expect(await calls('cd scripts\nsh deploy.sh', files)).toEqual(
      expected.map((each) => each.replace('in web', 'in scripts/web')),
    )
  })

  it('knows its arguments, the variables of the step and its own', async () => {
    const files = {'deploy.sh': 'CONFIG=fly.toml\nflyctl deploy -a "shop-$1" -c $CONFIG --strategy "$2" -e S=$STAGE\n'}
    expect(await calls('./deploy.sh staging', files)).toEqual([
      'deploy.sh:2 deploy --app=shop-staging --config=fly.toml --strategy=undefined --env=S=staging in .',
    ])
  })

  it.each(['cd "$(dirname "$0")/.."', 'DIR="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"\ncd "$DIR/.."'])(
    'goes to its own folder: %s',
    async (lines) => {
      const files = {'ops/fly/deploy.sh': `${lines}\nflyctl deploy\n`}
      expect((await calls('bash ops/fly/deploy.sh', files)).map((each) => each.replace(/^\S+ /, ''))).toEqual([
        'deploy in ops',
      ])
    },
  )

  it('does not stop where it lets a failure pass', async () => {
    const files = {'deploy.sh': 'flyctl apps create shop\nflyctl deploy\n'}
    expect(await calls('./deploy.sh', files)).toEqual([
      'deploy.sh:1 apps create in . may fail',
      'deploy.sh:2 deploy in .',
    ])
  })

  it('has functions, which run wherever the script is by then', async () => {
    const files = {'deploy.sh': 'ship() {\n  flyctl deploy\n}\ncd web\nship\n'}
    expect(await calls('./deploy.sh', files)).toEqual(['deploy.sh:2 deploy in undefined may fail'])
  })

  it('is none where git does not have it, or where it is for another program', async () => {
    expect(await calls('./missing.sh', {})).toEqual([])
    expect(await calls('./deploy.sh', {'deploy.sh': '#!/usr/bin/env python3\nflyctl deploy\n'})).toEqual([])
  })

  it('ends, though it starts itself', async () => {
    const found = await calls('./deploy.sh', {'deploy.sh': 'flyctl deploy\n./deploy.sh\n'})
    expect(new Set(found.map((each) => each.replace(' may fail', '')))).toEqual(new Set(['deploy.sh:1 deploy in .']))
  })
})

describe('a Makefile', () => {
  const Makefile =
    'APP := shop\n\n.PHONY: deploy\nbuild:\n\t@echo build\n\ndeploy: build check\n\tcd web && \\\n\t  flyctl deploy -a $(APP)\n\t-flyctl status\n\ncheck:\n\tflyctl config validate\n'

  it('runs the recipes of a target behind those of what it needs, each line in a shell of its own', async () => {
    expect(await calls('make deploy', {Makefile})).toEqual([
      'Makefile:13 config validate in .',
      'Makefile:9 deploy --app=shop in web',
      'Makefile:10 status in . may fail',
    ])
  })

  it('has no such target, or is elsewhere', async () => {
    expect(await calls('make test', {Makefile})).toEqual([])
    expect(await calls('make -C ops deploy', {Makefile})).toEqual([])
  })
})

it('a script of package.json', async () => {
  const files = {'web/package.json': '{\n  "scripts": {\n    "deploy": "flyctl deploy --remote-only"\n  }\n}\n'}
  expect(await calls('cd web && npm run deploy', files)).toEqual(['web/package.json:3 deploy --remote-only= in web'])
})
