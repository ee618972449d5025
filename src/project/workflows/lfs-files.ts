import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {ignoreRules} from '../context/dockerignore.ts'
import type {Inputs} from '../inputs.ts'
import {plainCheckouts} from './plain-checkout.ts'
import type {Step} from './workflow.ts'

/** Files that Git LFS keeps and the image gets, where the checkout of a deploying workflow brings their pointers alone. */
export interface LfsFiles {
  checkout: Step
  paths: string[]
  /** The line of .gitattributes that gives the first of them to Git LFS. */
  rule: FileLocation
}

export async function loadLfsFiles({reader}: Inputs, facts: FactStore): Promise<Fact<LfsFiles[]>> {
  const attributes = await reader.text('.gitattributes')
  if (!attributes || !/\bfilter=lfs\b/.test(attributes.text)) return known([])
  const [workflows, config, image, files] = await facts.needAll('workflows', 'flyConfig', 'image', 'files')
  // The build itself may fetch them.
  if (image.stages.some(({stage}) => stage.instructions.some(({text}) => /\blfs\b/.test(text)))) return known([])
  const checkouts = plainCheckouts(workflows, config.file, 'lfs', /\blfs\b/)
  if (checkouts.size === 0) return known([])
  const lines = attributes.text.split('\n')
  const kept = ignoreRules(lines.map(asRule).join('\n'))
  const paths = files.under('.').filter((path) => isServed(path) && kept.ignores(path) && image.copies(path))
  const [first] = paths
  const number = lines.findLastIndex((line) => first && ignoreRules(asRule(line)).ignores(first)) + 1
  const rule = attributes.lineSpan(number)
  return known(first && number > 0 ? [...checkouts].map((checkout) => ({checkout, paths, rule})) : [])
}

/**
 * A line of .gitattributes as one of .dockerignore, which reads the same patterns from the top on: `*.png filter=lfs` is
 * every `*.png`, and a line that takes the filter away takes the files back.
 */
function asRule(line: string): string {
  const [, pattern = '', given] =
    /^\s*([^\s#"!\\[]\S*)\s(?:.{0,200}\s)?(filter=lfs|-filter|!filter|filter=\S+)(?:\s|$)/.exec(line) ?? []
  // A folder itself has no attributes, and its files are not in the pattern.
  if (!pattern || pattern.endsWith('/')) return ''
  const anywhere = pattern.includes('/') ? pattern.replace(/^\//, '') : `**/${pattern}`
  return given === 'filter=lfs' ? anywhere : `!${anywhere}`
}

/** What a site hands out or a program reads; not a designer's file, nor what lies beside tests and pages of text. */
const isServed = (path: string): boolean =>
  /\.(?:png|jpe?g|gif|webp|avif|svg|ico|woff2?|ttf|otf|mp[34]|m4a|webm|ogg|wav|pdf|glb|gltf|wasm|onnx|pt|pth|bin|safetensors|gguf|pkl|joblib|h5|npy|npz|parquet|csv|db|sqlite3?|zip|gz|jar)$/i.test(
    path,
  ) &&
  !/(?:^|\/)(?:\.github|docs?|documentation|tests?|__tests__|spec|e2e|cypress|fixtures|examples?|design|screenshots?|notebooks?)\//i.test(
    path,
  )
