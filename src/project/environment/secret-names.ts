import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {noFiles} from '../files/files.ts'
import type {TextFile} from '../files/text.ts'
import type {Inputs} from '../inputs.ts'
import {workflowsAbove} from '../workflows/workflow-folders.ts'

/** A variable that the project says it sets on Fly; its value is never kept. */
export interface SecretName {
  name: string
  /** `command`: a workflow, a script or a Makefile runs `flyctl secrets set`; `docs`: a page tells people to. */
  by: 'command' | 'docs'
  at: FileLocation
}

const runs =
  /^\.(github\/workflows|circleci|buildkite|woodpecker)\/|^\.gitlab-ci\.ya?ml$|(^|\/)(Makefile|justfile|[Tt]askfile\.ya?ml|package\.json)$|\.(sh|bash|ps1)$|^(bin|scripts?|deploy|ops)\/[^/.]+$/
/** Pages that tell how to deploy: not every page of a project is read. */
const docs =
  /(^|\/)((README|DEPLOY|FLY|SETUP|INSTALL|HOSTING|PRODUCTION|CONTRIBUTING)[^/]*|docs?\/[^/]+)\.(md|mdx|rst|txt)$/i
const skipped = /(^|\/)(node_modules|vendor|\.?venv|fixtures)\//

const command = /\bfly(?:ctl)?\s+secrets\s+(?:set|import|deploy)\b((?:[^\n\\]|\\\n|\\)*)/g

/** Reads the texts in which commands stand, for the names behind `flyctl secrets set`. */
export async function loadSecretNames({reader}: Inputs, facts: FactStore): Promise<Fact<SecretName[]>> {
  const paths = (await facts.value('files')) ?? noFiles
  const names: SecretName[] = []
  const candidates = [
    ...paths.under('.github/workflows', '.circleci', '.buildkite', '.woodpecker'),
    ...paths.in('bin', 'script', 'scripts', 'deploy', 'ops'),
    ...paths.named('.gitlab-ci.yml', '.gitlab-ci.yaml', 'Makefile', 'justfile', 'package.json'),
    ...paths.named('Taskfile.yml', 'Taskfile.yaml', 'taskfile.yml', 'taskfile.yaml'),
    ...paths.ending('.sh', '.bash', '.ps1', '.md', '.MD', '.mdx', '.rst', '.txt', '.TXT'),
  ]
  for (const path of [...new Set(candidates)].sort().concat(await workflowsAbove(reader))) {
    const by = runs.test(path.replace(/^(\.\.\/)+/, '')) ? 'command' : docs.test(path) ? 'docs' : undefined
    if (!by || skipped.test(path)) continue
    // Nothing is found in these files, so that no comment in them can be an unused ignore.
    const file = await reader.glance(path)
    if (file?.text.includes('secrets ')) names.push(...namesIn(file).map((each) => ({...each, by}) as const))
  }
  return known(names)
}

function namesIn(file: TextFile): Omit<SecretName, 'by'>[] {
  return [...file.text.matchAll(command)].flatMap((match) =>
    [...(match[1] as string).matchAll(/(^|[\s"'])([A-Z][A-Z0-9_]*)=/g)].map((found) => {
      const start =
        match.index + match[0].length - (match[1] as string).length + found.index + (found[1] as string).length
      return {name: found[2] as string, at: file.span(start, start + (found[2] as string).length)}
    }),
  )
}
