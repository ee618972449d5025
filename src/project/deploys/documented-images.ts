import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'
import {deploysIn} from './written-deploys.ts'

/** Enough of a project's documents: those nearest to its top. */
const most = 40

/**
 * Lines of the project's documents that tell people to deploy a ready image: `flyctl deploy --image …`. Read only where
 * flyctl finds no Dockerfile.
 */
export async function loadDocumentedImages({reader}: Inputs, facts: FactStore): Promise<Fact<FileLocation[]>> {
  if ((await facts.get('dockerfile')).state === 'ok') return known([])
  const documents = ((await facts.value('files')) ?? noFiles)
    .ending('.md')
    .filter((path) => !/(?:^|\/)(?:node_modules|vendor)\//.test(path))
    .sort((a, b) => a.split('/').length - b.split('/').length)
  const config = (await facts.value('flyConfig'))?.file ?? 'fly.toml'
  const texts = await reader.texts(documents.slice(0, most))
  return known(
    texts.flatMap((file) =>
      deploysIn(file)
        .filter((each) => each.image !== undefined && posix.normalize(each.config ?? 'fly.toml') === config)
        .map(({at}) => at),
    ),
  )
}
