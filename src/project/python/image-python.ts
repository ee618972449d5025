import type {Stage} from '../dockerfile/parse.ts'
import {lineage} from '../dockerfile/parse.ts'
import type {StageImage} from '../image/stage-image.ts'

/** What brings a Python of its own, so that the base's is not the one that counts. */
const ownPython =
  /\buv\s+(?:python|venv)\b|UV_PYTHON|\bpyenv\b|\bconda\b|\bmamba\b|\bvirtualenv\b|--copies|apt-get[^\n]*python3|\bapk\b[^\n]*python3/

/** `3.12`, where a stage has the Python of its base image and no step brings another one. */
export function imagePython({stage, base}: {stage: Stage} & Pick<StageImage, 'base'>): string | undefined {
  const texts = lineage(stage).flatMap((each) => each.instructions.map(({text}) => text))
  if (texts.some((text) => ownPython.test(text))) return undefined
  return /^\d+\.\d+/.exec(base?.python ?? '')?.[0]
}
