import {type Fact, type FactStore, known} from '../../../facts.ts'
import {noFiles} from '../../files/files.ts'
import type {Inputs} from '../../inputs.ts'
import {withoutNginxComments} from './nginx-text.ts'

const listens = /(?<=^|[\s;{}])listen\s+(?:(?:\[[^\]\s]*\]|[\w.*-]+):)?(\d+)(?=[\s;])/gm

/**
 * The ports on which the project's own configuration of nginx listens in the image, whatever starts it there: a script
 * that a RUN writes, for instance.
 */
export async function loadNginxPorts({reader}: Inputs, facts: FactStore): Promise<Fact<ReadonlySet<number>>> {
  const [{final}, files] = await Promise.all([facts.need('build'), facts.value('files')])
  const home = final.files.get('/etc/nginx')
  const inside = home?.kind === 'folder' ? [...final.files.filesOf(home)] : []
  const paths = inside.flatMap(([path, {source}]) =>
    /\.(?:conf|template)$/.test(path) && (files ?? noFiles).has(source) ? [source] : [],
  )
  const texts = await reader.texts(paths)
  return known(
    new Set(
      texts.flatMap(({text}) => [...withoutNginxComments(text).matchAll(listens)].map(([, port]) => Number(port))),
    ),
  )
}
