import {posix} from 'node:path'
import {describe, expect, it} from 'vitest'
import {known} from '../../../src/facts.ts'
import {openFacts} from '../../../src/preflight.ts'
import {Files as ProjectFiles} from '../../../src/project/files/files.ts'
import {type Files, memoryFileSystem, root} from '../../memory.ts'

const image = 'registry.fly.io/shop:${{ github.sha }}'

interface Workflow {
  /** Lines of `with` of the step that builds. */
  inputs?: string[]
  /** Steps of its job before and after it. */
  before?: string
  after?: string
  /** Lines of its job. */
  outputs?: string[]
  deploy?: string
  /** Steps before the deploy. */
  prepare?: string
}

const workflow = ({
  inputs = [],
  before = '',
  after = '',
  outputs = [],
  deploy,
  prepare = '',
}: Workflow): string => `on: push
env:
  APP: shop
jobs:
  build:
    runs-on: ubuntu-latest
${outputs.length > 0 ? `    outputs:\n${outputs.map((line) => `      ${line}\n`).join('')}` : ''}    steps:
      - uses: actions/checkout@v4
${before}      - id: image
        uses: docker/build-push-action@v6
        with:
${inputs.map((line) => `          ${line}\n`).join('')}${after}  deploy:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
${prepare}      - run: flyctl deploy ${deploy ?? `--image ${image}`}
`

/** In a folder of the repository; the workflow is at its top. */
async function commands(text: string, files: Files = {}, folder = '.') {
  const all = {[`${folder}/fly.toml`]: 'app = "shop"\n', '.git/HEAD': '', '.github/workflows/cd.yml': text, ...files}
  const paths = Object.keys(all).filter((path) => folder === '.' && !path.startsWith('.git/'))
  const facts = await openFacts(
    {root: posix.join(root, folder), env: {}},
    {fs: memoryFileSystem(all), facts: {files: async () => known(ProjectFiles.of(paths))}},
  )
  const fact = await facts.get('deployCommands')
  if (fact.state !== 'ok') throw new Error('no commands')
  return fact.value
}

/** The Dockerfile by which the image of the one deploy is built; undefined: it is a ready one. */
async function dockerfileOf(given: Workflow): Promise<string | undefined> {
  const [command] = (await commands(workflow(given))).commands
  return command?.builtAt && command.dockerfile
}

const pushed = (...more: string[]) => ['context: .', 'push: true', `tags: ${image}`, ...more]

describe('a deploy of an image that a step of the same workflow builds', () => {
  it('has the Dockerfile of this step, by default that of the context', async () => {
    expect(await dockerfileOf({inputs: pushed()})).toBe('Dockerfile')
    expect(await dockerfileOf({inputs: pushed().slice(1)})).toBe('Dockerfile')
    expect(await dockerfileOf({inputs: pushed('file: ./other/Dockerfile')})).toBe('other/Dockerfile')
  })

  it('builds nothing else, if it is that Dockerfile, whatever fly.toml names', async () => {
    const deploys = await commands(workflow({inputs: pushed('file: other/Dockerfile')}))
    expect(deploys.buildsElse('other/Dockerfile')).toBeFalsy()
    expect(deploys.buildsElse('Dockerfile')).toBe(true)
    const named = await commands(workflow({inputs: pushed('file: other/Dockerfile')}), {
      'fly.toml': 'app = "shop"\n[build]\ndockerfile = "Dockerfile"\n',
    })
    expect(named.buildsElse('Dockerfile')).toBe(true)
  })

  it('passes the build-args and the target of the step', async () => {
    const inputs = pushed('build-args: |', '  COMMIT=${{ github.sha }}', '  NODE=20')
    const deploys = await commands(workflow({inputs}))
    expect(deploys.passing('NODE')?.buildArgs?.get('NODE')).toBe('20')
    expect(deploys.passing('OTHER')).toBeUndefined()
    expect(deploys.hasFlag('--build-arg')).toBe(true)
    const unknown = await commands(workflow({inputs: pushed('build-args: ${{ vars.ARGUMENTS }}')}))
    expect(unknown.passing('OTHER')).toBeDefined()
    expect((await commands(workflow({inputs: pushed('target: web')}))).buildsElse('Dockerfile')).toBe(true)
  })

  it.each<[string, Workflow]>([
    ['a variable of the workflow', {inputs: pushed(), deploy: '-i registry.fly.io/${{ env.APP }}:${{github.sha}}'}],
    ['a variable of the shell', {inputs: pushed(), deploy: '-i registry.fly.io/$APP:$GITHUB_SHA'}],
    ['one of several tags', {inputs: ['push: true', 'tags: |', '  ghcr.io/acme/shop:latest', `  ${image}`]}],
    [
      'what two jobs read by the same step',
      {
        inputs: ['push: true', 'tags: registry.fly.io/${{ steps.app.outputs.value }}:1'],
        before: '      - id: app\n        uses: acme/toml-action@v1\n        with: {file: fly.toml, field: app}\n',
        prepare: '      - id: app\n        uses: acme/toml-action@v1\n        with: {file: fly.toml, field: app}\n',
        deploy: '--image registry.fly.io/${{ steps.app.outputs.value }}:1',
      },
    ],
    [
      'an output of the job before',
      {
        inputs: ['push: true', 'tags: registry.fly.io/shop:${{ steps.tag.outputs.tag }}'],
        before: '      - id: tag\n        run: echo "tag=$(date +%s)" >> "$GITHUB_OUTPUT"\n',
        outputs: ['tag: ${{ steps.tag.outputs.tag }}'],
        deploy: '--image registry.fly.io/shop:${{ needs.build.outputs.tag }}',
      },
    ],
    [
      'its digest',
      {
        inputs: pushed(),
        outputs: ['digest: ${{ steps.image.outputs.digest }}'],
        deploy: '--image registry.fly.io/shop@${{ needs.build.outputs.digest }}',
      },
    ],
    [
      'a tag of docker/metadata-action',
      {
        inputs: ['push: true', 'tags: ${{ steps.meta.outputs.tags }}'],
        before:
          '      - id: meta\n        uses: docker/metadata-action@v5\n        with: {images: registry.fly.io/shop, tags: "type=sha,format=long,prefix="}\n',
      },
    ],
  ])('is found by %s', async (_, given) => {
    expect(await dockerfileOf(given)).toBe('Dockerfile')
  })

  describe('with docker', () => {
    const script = (...lines: string[]) =>
      `jobs:\n  deploy:\n    steps:\n      - run: |\n${[...lines, `flyctl deploy --image ${image}`].map((line) => `          ${line}\n`).join('')}`
    const built = async (...lines: string[]) => {
      const deploys = await commands(script(...lines))
      const [command] = deploys.commands
      return command?.builtAt && {file: command.dockerfile, line: command.builtAt.line, args: command.buildArgs}
    }

    it('is found by build and push, and by build --push', async () => {
      const file = 'other/Dockerfile'
      const args = new Map([['NODE', '20']])
      const build = [`docker build -t ${image} \\`, '  -f other/Dockerfile --build-arg NODE=20 .']
      expect(await built('npm ci', ...build, `docker push ${image}`)).toEqual({file, line: 6, args})
      expect(await built(`docker buildx build --push --tag=${image} ./`)).toMatchObject({file: 'Dockerfile'})
    })

    it.each([
      ['it is not pushed', [`docker build -t ${image} .`]],
      ['another context', [`docker build -t ${image} web`, `docker push ${image}`]],
      ['a folder that is gone to', ['cd web', `docker build -t ${image} .`, `docker push ${image}`]],
      ['a flag that brings more', [`docker build --build-context a=b -t ${image} .`, `docker push ${image}`]],
      [
        'another name for another image',
        ['docker build -t shop .', `docker tag shop ${image}`, `docker push ${image}`],
      ],
      ['built twice', [`docker build -t ${image} .`, `docker build -t ${image} -f b .`, `docker push ${image}`]],
    ])('is a ready image: %s', async (_, lines) => {
      expect(await built(...lines)).toBeUndefined()
    })
  })

  it('is found from a folder of the repository, which must be the context', async () => {
    const build = async (context: string, file: string) => {
      const text = workflow({inputs: [`context: ${context}`, file, 'push: true', `tags: ${image}`]})
      const [command] = (await commands(text, {}, 'apps/shop')).commands
      return command?.builtAt && command.dockerfile
    }
    expect(await build('./apps/shop', '')).toBe('Dockerfile')
    expect(await build('apps/shop/', 'file: docker/shop.Dockerfile')).toBe('../../docker/shop.Dockerfile')
    expect(await build('.', 'file: apps/shop/Dockerfile')).toBeUndefined()
  })

  it.each<[string, Workflow]>([
    ['another context', {inputs: ['context: web', 'push: true', `tags: ${image}`]}],
    ['another tag', {inputs: ['push: true', 'tags: registry.fly.io/shop:latest']}],
    ['another image', {inputs: ['push: true', 'tags: registry.fly.io/worker:${{ github.sha }}']}],
    ['a step that does not push', {inputs: [`tags: ${image}`]}],
    ['a step that is told not to', {inputs: ['push: false', `tags: ${image}`]}],
    ['a Dockerfile that an expression names', {inputs: pushed('file: ${{ matrix.file }}')}],
    ['further contexts', {inputs: pushed('build-contexts: shared=../shared')}],
    ['another way of output', {inputs: pushed('outputs: type=docker')}],
    [
      'a second step that builds it',
      {
        inputs: pushed(),
        after: `      - uses: docker/build-push-action@v6\n        with: {file: b/Dockerfile, push: true, tags: "${image}"}\n`,
      },
    ],
    ['a step that pushes by hand', {inputs: pushed(), after: `      - run: docker push ${image}\n`}],
    [
      'steps of two jobs that have the same name only',
      {
        inputs: ['push: true', 'tags: registry.fly.io/shop:${{ steps.tag.outputs.tag }}'],
        before: '      - id: tag\n        run: echo "tag=a" >> "$GITHUB_OUTPUT"\n',
        prepare: '      - id: tag\n        run: echo "tag=b" >> "$GITHUB_OUTPUT"\n',
        deploy: '--image registry.fly.io/shop:${{ steps.tag.outputs.tag }}',
      },
    ],
    [
      'the files of another repository',
      {inputs: pushed(), before: '      - uses: actions/checkout@v4\n        with: {repository: acme/images}\n'},
    ],
  ])('is a ready image: %s', async (_, given) => {
    const deploys = await commands(workflow(given))
    expect(deploys.commands).toMatchObject([{builtAt: undefined, dockerfile: undefined}])
    expect(deploys.buildsElse('Dockerfile')).toBeTruthy()
  })
})
