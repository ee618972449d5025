import {type Fact, type FactStore, known} from '../../../facts.ts'
import {isApart} from '../../files/apart.ts'
import {noFiles} from '../../files/files.ts'
import {packageNeeds} from '../../image/packages/package-system-needs.ts'
import type {Inputs} from '../../inputs.ts'

/** `magic` of python-magic, `whisper` of openai-whisper; OpenCV alone is called otherwise. */
const wordOf = (name: string): RegExp =>
  name.startsWith('opencv-')
    ? /cv2/
    : new RegExp(name.replace(/^(?:python|openai)-|-(?:python|py)$/g, '').replace(/-/g, '[-_]'), 'i')

/**
 * Packages of Python that are installed and need something of the system, and that no code and no script of the project
 * names: what they need is not missed. Empty where the project has no code of Python, which may then lie elsewhere.
 */
export async function loadIdlePackages({reader}: Inputs, facts: FactStore): Promise<Fact<ReadonlySet<string>>> {
  const final = (await facts.value('image'))?.final
  const installed = [...(final?.installs ?? []), ...(final?.copied ?? [])].flatMap(({requirements}) =>
    requirements.map(({name}) => name),
  )
  const needy = [...new Set(installed)].filter((name) => Object.hasOwn(packageNeeds.python, name))
  if (needy.length === 0) return known(new Set())
  const paths = ((await facts.value('files')) ?? noFiles).only((path) => !isApart(path))
  if (paths.ending('.py').length === 0) return known(new Set())
  const texts = await reader.texts([
    ...paths.ending('.py', '.ipynb', '.sh', '.toml'),
    ...paths.beginning('Dockerfile', 'Procfile'),
  ])
  // pyproject.toml and lock files name what they install.
  const code = texts.filter(({path}) => !/(?:^|\/)(?:pyproject|Pipfile|uv|poetry)\b[^/]*$/.test(path))
  const isNamed = (word: RegExp) => code.some(({text}) => word.test(text))
  return known(new Set(needy.filter((name) => !isNamed(wordOf(name)))))
}
