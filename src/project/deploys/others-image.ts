import type {FactStore} from '../../facts.ts'
import {noFiles} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'

/**
 * Why no code of the project is built or run: fly.toml deploys the image of somebody else (a database, a dashboard).
 * undefined where the project may make the image itself: it is in Fly.io's registry, or what builds and explains the
 * project names it.
 */
export async function onlyOthersImage(reader: ProjectReader, facts: FactStore): Promise<string | undefined> {
  const image = (await facts.value('flyConfig'))?.config.build?.image
  if (!image || image.startsWith('registry.fly.io/')) return undefined
  const name = image.replace(/@.*$/s, '').replace(/:[^/]*$/, '')
  const repository = name.split('/').slice(-2).join('/')
  const files = (await facts.value('files')) ?? noFiles
  const texts = await reader.texts([
    ...files.in('.github/workflows'),
    ...files.in('.circleci'),
    ...files.ending('.sh'),
    ...files.named('.gitlab-ci.yml', 'Makefile', 'justfile', 'package.json'),
    'README.md',
  ])
  // A workflow may leave its own name to GitHub.
  const isOwn = (text: string) =>
    text.includes(repository) || (name.startsWith('ghcr.io/') && text.includes('github.repository'))
  return texts.some(({text}) => isOwn(text)) ? undefined : `${image} is deployed, which is not made of the project`
}
