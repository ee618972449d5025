import type {TextFile} from '../../files/text.ts'
import type {PackageNeed} from './package-needs.ts'

/** At the left margin, and so when the module is imported; a `try` or a branch stands further right. */
const loads = /^\w+(?:\s*:\s*[\w.]+)?\s*=\s*spacy\.load\(\s*["']([a-z]{2}_[a-z]+_[a-z]+_(?:sm|md|lg|trf))["']/m

/** What brings a model: a package of its own, that of its name in an index, or a command. */
export const fetchesModels =
  /\bspacy\s+download\b|\bspacy\.cli\b|\b[a-z]{2}[-_](?:core|dep|ent)[-_][a-z]+[-_](?:sm|md|lg|trf)\b/

/** Models of spaCy are packages that no other one brings: without it `load` raises OSError, E050 (spacy/util.py). */
export function spacyModels(file: TextFile): Omit<PackageNeed, 'started'>[] {
  const match = loads.exec(file.text)
  const model = match?.[1]
  if (!match || !model || /\bspacy\.cli\b|\bspacy["',\s]+download\b/.test(file.text)) return []
  return [
    {
      package: model.replaceAll('_', '-'),
      message: `spacy.load needs the model ${model}, which nothing installs: the import ends with OSError: [E050] Can't find model '${model}'`,
      cure: `the address of its wheel, or have the Dockerfile fetch it: RUN python -m spacy download ${model}`,
      at: file.span(match.index, match.index + match[0].length),
      proven: () => false,
      broughtBy: ({name, written}) => /^[a-z]{2}-(?:core|dep|ent)-/.test(name) || fetchesModels.test(written),
    },
  ]
}
