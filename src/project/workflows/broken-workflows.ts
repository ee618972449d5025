import {absent, type Fact, known} from '../../facts.ts'
import {type SyntaxProblem, valuesOnce} from '../documents/document.ts'
import {parseYaml} from '../documents/yaml.ts'
import type {Inputs} from '../inputs.ts'
import {workflowFiles, workflowFolders} from './workflow-folders.ts'

/** A workflow that deploys. As it cannot be read, that is told by its words alone; not by those of a comment. */
const deploys = /^[^#\n]{0,1000}(?:\bfly(?:ctl)? deploy\b|\buses: *["']?superfly\/)/m

/** What keeps GitHub from reading the workflows that deploy, at most one problem of a file. */
export async function loadBrokenWorkflows({reader}: Inputs): Promise<Fact<SyntaxProblem[]>> {
  const [repository] = await workflowFolders(reader)
  if (repository === undefined) return absent('the project has no .github/workflows')
  const files = await reader.texts(await workflowFiles(reader, repository))
  return known(
    files
      .filter(({text}) => deploys.test(text))
      .flatMap((file) => {
        const read = valuesOnce(file, parseYaml)
        return 'message' in read ? [read] : []
      }),
  )
}
