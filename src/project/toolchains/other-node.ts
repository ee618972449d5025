import {flagOf, type Instruction, lineage, rootImage, type Stage} from '../dockerfile/parse.ts'
import type {Files} from '../files/files.ts'
import type {ProjectReader} from '../files/reader.ts'
import {imageVersion} from './image-versions.ts'

/** `22` of `node:22-slim`; undefined where the base has none that is known, or another one may be there. */
export async function nodeOfBase(stage: Stage, files: Files, reader: ProjectReader): Promise<string | undefined> {
  const version = imageVersion(rootImage(stage) ?? '', 'Node')
  return version !== undefined && !(await bringsOtherNode(stage, files, reader)) ? version : undefined
}

/** Whether another node than that of the base image may be there: by an installer, from another image, or as a package. */
export async function bringsOtherNode(stage: Stage, files: Files, reader: ProjectReader): Promise<boolean> {
  if (lineage(stage).some(({instructions}) => instructions.some(brings))) return true
  const manifests = await reader.texts(files.named('package.json'))
  if (manifests.some(({text}) => /ependencies"\s*:\s*\{[^{}]*"node"\s*:|"nodeVersion"\s*:/.test(text))) return true
  // pnpm fetches the one that it is told to start scripts with.
  const settings = await reader.texts(files.named('.npmrc', 'pnpm-workspace.yaml'))
  return settings.some(({text}) => /^[ \t]*(?:use-node-version|useNodeVersion|nodeVersion)\b/m.test(text))
}

const brings = (each: Instruction): boolean =>
  each.keyword === 'RUN'
    ? /(?:^|[\s/])(?:n|nvm|fnm|volta|asdf|mise|nodesource|setup_\d+\.x|node@\S+)(?:[\s/;]|$)|nodejs\.org\/dist/.test(
        each.text,
      )
    : each.keyword === 'COPY' && flagOf(each, 'from') !== undefined && /\s\/(?:usr|opt)\S*$/.test(each.text)
