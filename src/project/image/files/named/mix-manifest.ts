import {withoutHashLines} from '../../../code/comments.ts'
import type {TextFile} from '../../../files/text.ts'
import type {Named} from './naming.ts'

/** `File.read!("VERSION")`, `Code.require_file("tasks.exs", __DIR__)`, `Path.expand("shared.exs", __DIR__) |> Code.eval_file()` */
const reads = [
  /\b(?:File\.(?:read!|stream!)|Code\.(?:eval_file|require_file))[ (]+"([\w./-]+)"/g,
  /\b(?:File\.(?:read!|stream!)|Code\.(?:eval_file|require_file))\(\s*Path\.(?:expand\(\s*"([\w./-]+)"\s*,\s*__DIR__|join\(\s*__DIR__\s*,\s*"([\w./-]+)")/g,
  /\bPath\.(?:expand\(\s*"([\w./-]+)"\s*,\s*__DIR__|join\(\s*__DIR__\s*,\s*"([\w./-]+)")\s*\)\s*\|>\s*(?:File\.read!|Code\.(?:eval_file|require_file))/g,
]

/**
 * What mix.exs reads as mix loads the project, before any task: in its module, in `project`, and in functions that
 * `project` calls. Missed: what those call in turn.
 */
export function* mixManifest({text: written}: TextFile): Generator<Named> {
  const text = withoutHashLines(written)
  const [project = ''] = /^[ \t]*def project\b[\s\S]*?(?=^[ \t]*(?:defp?|@\w+)\s|(?![\s\S]))/m.exec(text) ?? []
  const heads = [...text.matchAll(/^([ \t]*)(?:(defp?)[ \t]+(\w+)|end\b)/gm)]
  for (const {0: whole, index, ...groups} of reads.flatMap((each) => [...text.matchAll(each)])) {
    const path = groups[1] ?? groups[2]
    const head = heads.findLast((each) => each.index < index && each[2] !== undefined)
    const isBehind = head && heads.some((each) => each.index > head.index && each.index < index && each[1] === head[1])
    const name = isBehind ? undefined : head?.[3]
    const isLoaded = name === undefined || name === 'project' || new RegExp(`\\b${name}\\(`).test(project)
    const line = text.slice(text.lastIndexOf('\n', index) + 1, index)
    // Something asks first, or catches it.
    const around = text.slice(Math.max(0, index - 300), index + whole.length + 200)
    const isAsked =
      /\bFile\.exists\?|\b(?:rescue|catch|case|with|if|unless|cond)\b/.test(around) || /&|\bfn\b/.test(line)
    if (path && isLoaded && !isAsked) yield {path, start: index, end: index + whole.length, sure: true}
  }
}
