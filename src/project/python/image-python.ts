import {allInstructions, flagOf, type Stage} from '../dockerfile/parse.ts'
import type {Files} from '../files/files.ts'
import type {Image} from '../image/image.ts'
import type {StageImage} from '../image/stage-image.ts'
import type {Processes} from '../processes/processes.ts'
import type {Python} from './python.ts'

/** What brings a Python of its own, so that the base's is not the one that counts. */
const ownPython =
  /\buv\s+(?:python|venv)\b|UV_PYTHON|\b(?:uv|pdm|pipenv)\s[^;&|]{0,300}\s(?:--python|-p)[ =]|\bpdm\s+use\b|\bpoetry\s+env\s+use\b|\b(?:pyenv|conda|(?:micro)?mamba|pixi|rye|mise|asdf)\b|\bvirtualenv\b|--copies|apt-get[^\n]{0,2000}python3|\bapk\b[^\n]{0,2000}python3/
/** Images of which a whole Python may be copied; that of uv is copied for uv. */
const pythonImage = /python|conda/

/** `3.12`, where a stage has the Python of its base image and no step brings another one. */
export function imagePython({stage, base}: {stage: Stage} & Pick<StageImage, 'base'>): string | undefined {
  const instructions = allInstructions(stage)
  if (instructions.some(({text}) => ownPython.test(text))) return undefined
  if (
    instructions.some((each) =>
      pythonImage.test(flagOf(each, 'from')?.replace(/^ghcr\.io\/astral-sh\/uv:.*/, '') ?? ''),
    )
  )
    return undefined
  return /^\d+\.\d+/.exec(base?.python ?? '')?.[0]
}

interface Around {
  image: Image
  processes: Processes
  files: Files
  project: Python | undefined
}

/** The Python that surely runs the commands: of the image, where no file has uv fetch another one. */
export function startedPython({image, processes, files, project}: Around): string | undefined {
  const python = imagePython(image.final)
  // Those that uv reads, in a form that is not known.
  const asksUnknown = files
    .named('.python-version', '.python-versions')
    .some((path) => !project?.versionDemands.some(({at}) => at.file === path))
  // An environment that comes from another stage has the Python of that one.
  const isMixed = image.stages.some((stage) => stage.installs.length > 0 && imagePython(stage) !== python)
  return !python ||
    project?.rulesOut(python) ||
    asksUnknown ||
    isMixed ||
    processes.commands.some(({text}) => /\/python3?\.\d/.test(text))
    ? undefined
    : python
}
