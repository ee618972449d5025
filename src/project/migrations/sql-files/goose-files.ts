import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {groupBy} from '../../../group-by.ts'
import {isApart} from '../../files/apart.ts'
import {type Files, noFiles} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'

/** Something in a migration by which goose cannot read it, or reads something else than is meant. */
export interface GooseFault {
  kind: 'no up' | 'twice' | 'down first' | 'begin' | 'end' | 'unended' | 'semicolon' | 'split' | 'indented'
  /** What stands there: an annotation, or the first words of a statement. */
  what: string
  at: FileLocation
}

const annotations = ['Up', 'Down', 'StatementBegin', 'StatementEnd']

/** Later versions take any case, and dashes wherever they stand. */
function annotationOf(line: string): string | undefined {
  if (!/^\s*--/.test(line) || !line.includes('+goose ')) return undefined
  const word = line
    .replace(/--|\+goose/g, '')
    .trim()
    .toLowerCase()
  return annotations.find((each) => each.toLowerCase() === word)
}

export async function loadGooseFaults({reader}: Inputs, facts: FactStore): Promise<Fact<GooseFault[]>> {
  const [files, image] = await Promise.all([facts.value('files'), facts.value('image')])
  const paths = (files ?? noFiles)
    .ending('.sql')
    .filter((path) => /(?:^|\/)\d+_[^/]*\.sql$/.test(path) && !isApart(path) && (!image || image.copies(path)))
  const texts = (await Promise.all(paths.map((path) => reader.text(path)))).filter((file) => file !== undefined)
  const isMarked = ({text}: TextFile): boolean => /^--\s*\+goose\b/m.test(text)
  // goose reads all of a folder: a file without a mark stops it, too. One marked file alone may be another tool's beside it.
  const marked = groupBy(texts.filter(isMarked), ({path}) => posix.dirname(path))
  const isRead = (file: TextFile) => isMarked(file) || (marked.get(posix.dirname(file.path))?.length ?? 0) > 1
  const found = texts.flatMap((file) => (isRead(file) ? (faultOf(file) ?? []) : []))
  return known(found.length > 0 && (await runsGoose(files ?? noFiles, reader)) ? found : [])
}

/** Others read its files, too: programs of a project's own, and sqlc. */
async function runsGoose(files: Files, reader: ProjectReader): Promise<boolean> {
  const users = [
    ...files.named('go.mod', 'Makefile', 'justfile', 'Justfile', 'Taskfile.yml', 'Taskfile.yaml', 'package.json'),
    ...files.beginning('Dockerfile'),
    ...files.ending('.sh', '.Dockerfile', '.yml', '.yaml').filter((path) => /\.sh$|ockerfile$|^\.github\//.test(path)),
  ]
  const texts = await Promise.all(users.slice(0, 200).map((path) => reader.glance(path)))
  return texts.some((file) => file && /\bpressly\/goose\b|\bgoose\s+(?:-|up\b|postgres|sqlite|mysql)/.test(file.text))
}

/** The first of a file: goose stops there. Its parser goes by lines (internal/sqlparser). */
function faultOf(file: TextFile): GooseFault | undefined {
  let direction: 'none' | 'up' | 'down' = 'none'
  let begun: number | undefined
  // Of a statement that goose ends at the first line with a semicolon behind.
  let open: {line: number; text: string} | undefined
  const fault = (kind: GooseFault['kind'], what: string, line: number): GooseFault => ({
    kind,
    what,
    at: file.lineSpan(line),
  })
  for (let line = 1; line <= file.lineCount; line++) {
    const text = file.line(line)
    const word = annotationOf(text)
    if (word && /^\s/.test(text)) return fault('indented', word, line)
    if (word === 'Up') {
      if (direction !== 'none') return fault('twice', word, line)
      direction = 'up'
    } else if (word === 'Down') {
      if (begun !== undefined) return fault('unended', 'StatementBegin', begun)
      if (direction !== 'up') return fault('down first', word, line)
      if (open) return fault('semicolon', firstWords(open.text), open.line)
      direction = 'down'
    } else if (word === 'StatementBegin') {
      if (begun !== undefined) return fault('unended', word, begun)
      if (direction === 'none') return fault('begin', word, line)
      begun = line
    } else if (word === 'StatementEnd') {
      if (begun === undefined) return fault('end', word, line)
      begun = undefined
      open = undefined
    } else if (begun === undefined && direction === 'up' && !(open === undefined && /^\s*(?:--|$)/.test(text))) {
      open = {line: open?.line ?? line, text: `${open?.text ?? ''}${text}\n`}
      if (!endsStatement(text)) continue
      if (isHalf(open.text)) return fault('split', firstWords(open.text), line)
      open = undefined
    }
  }
  if (direction === 'none') return fault('no up', 'Up', 1)
  if (begun !== undefined) return fault('unended', 'StatementBegin', begun)
  return open && fault('semicolon', firstWords(open.text), open.line)
}

/** The last word before a comment ends in a semicolon. */
const endsStatement = (line: string): boolean => /;\s*$/.test(line.replace(/(?:^|\s)--.*/, ''))

/** Whether a statement ends inside its body: of a function of Postgres, between dollars, or a trigger of SQLite. */
function isHalf(text: string): boolean {
  const plain = text.replace(/--[^\n]*/g, '')
  let quote: string | undefined
  for (const [each] of plain.matchAll(/\$(?:[A-Za-z_]\w*)?\$/g)) {
    if (quote === undefined) quote = each
    else if (quote === each) quote = undefined
  }
  const isTrigger = /^\s*create\s+(?:temp(?:orary)?\s+)?trigger\b[^;]*\bbegin\b/i.test(plain)
  // Elsewhere dollars may stand in a text: VALUES ('pays $$').
  const hasBody = /^\s*(?:create|do|alter)\b/i.test(plain)
  return (hasBody && quote !== undefined) || (isTrigger && !/\bend\s*;\s*$/i.test(plain))
}

const firstWords = (text: string): string => text.trim().split(/\s+/).slice(0, 4).join(' ')
