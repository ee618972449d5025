import type {DrawnStage} from '../../inspect/stages.ts'
import {plural} from '../words.ts'
import {type Html, html} from './html.ts'
import type {Ids} from './ids.ts'
import type {Marks} from './marks.ts'
import {placeCode} from './place.ts'
import {arrow, box, boxHeight, type Line, picture, type Tone, tip} from './svg.ts'

const width = 330
/** Between two boxes, and between two of the lanes on the right in which arrows run. */
const [gap, laneWidth] = [18, 14]

/** The stages of the image in the order of the Dockerfile, with what goes from one to another. */
export function stagesSection(stages: readonly DrawnStage[], marks: Marks, ids: Ids): Html | undefined {
  const words = ids.of('stages-words')
  if (stages.length === 0) return undefined
  return html`<section aria-labelledby="${ids.labels('stages')}">
<h2 id="${ids.of('stages')}">The image, stage by stage</h2>
<figure class="beside">
${draw(stages, marks, words)}
<figcaption id="${words}"><ol>${stages.map((stage) => inWords(stage, stages))}</ol></figcaption>
</figure>
</section>`
}

function draw(stages: readonly DrawnStage[], marks: Marks, labelledBy: string): Html {
  let y = 1
  const boxes = stages.map((stage) => {
    const lines = linesOf(stage, stages)
    const placed = {y, height: boxHeight(lines), lines}
    y += placed.height + gap
    return placed
  })
  // One lane for each stage that others take something from.
  const sources = [...new Set(stages.flatMap((stage) => stagesTaken(stage)))]
  const arrows = stages.flatMap((stage, index) =>
    stagesTaken(stage).map((source) => {
      const from = boxes[source] as (typeof boxes)[number]
      const to = boxes[index] as (typeof boxes)[number]
      const x = width + 16 + sources.indexOf(source) * laneWidth
      const end = to.y + 22 + sources.indexOf(source) * 10
      return [arrow(`M${width + 1} ${from.y + from.height - 16}H${x}V${end}H${width + 6}`), tip(width + 1, end, 'left')]
    }),
  )
  const content = [
    boxes.map(({lines, ...at}, index) => box({x: 1, width, ...at}, lines, toneOf(stages[index] as DrawnStage, marks))),
    arrows,
  ]
  const total = width + 2 + (sources.length > 0 ? 12 + sources.length * laneWidth : 0)
  return picture({width: total, height: y - gap + 1, labelledBy}, content)
}

function toneOf({built, at, lastLine}: DrawnStage, marks: Marks): Tone {
  if (built === false) return 'unknown'
  return marks.within(at.file, at.line ?? 1, lastLine) ?? 'plain'
}

const stagesTaken = ({takes}: DrawnStage): number[] => [
  ...new Set(takes.flatMap(({from}) => (typeof from === 'number' ? [from] : []))),
]

function linesOf(stage: DrawnStage, stages: readonly DrawnStage[]): Line[] {
  const {name, isFinal, built, system, config} = stage
  const takes = takenParts(stage, stages)
  const shown = takes.length > 4 ? [...takes.slice(0, 3), `and ${takes.length - 3} more`] : takes
  const runs = config && [config.user && `as ${config.user}`, config.folder && `in ${config.folder}`].filter(Boolean)
  return [
    {kind: 'label', text: isFinal ? 'Final stage: the image' : built === false ? 'Not built' : 'Stage'},
    {kind: 'value', text: name},
    {kind: 'detail', text: `${startOf(stage, stages)}${system ? `, ${system}` : ''}`},
    ...[...shown, contents(stage)].filter(Boolean).map((text): Line => ({kind: 'detail', text})),
    ...(runs?.length ? [{kind: 'detail', text: `runs ${runs.join(' ')}`} as const] : []),
    ...(config?.command ? [{kind: 'detail', text: `$ ${config.command}`} as const] : []),
  ]
}

function startOf({base, takes}: DrawnStage, stages: readonly DrawnStage[]): string {
  if (base) return `FROM ${base}`
  const parent = takes.find(({how}) => how === 'FROM')?.from
  return parent === undefined ? 'FROM an image that is not known' : `FROM ${nameOf(parent, stages)}`
}

const nameOf = (from: number | string, stages: readonly DrawnStage[]): string =>
  typeof from === 'number' ? (stages[from]?.name ?? `stage ${from}`) : from

const takenParts = ({takes}: DrawnStage, stages: readonly DrawnStage[]): string[] =>
  takes
    .filter(({how}) => how !== 'FROM')
    .map(({from, how, paths}) => `${how === 'COPY' ? 'takes' : 'mounts'} ${paths.join(' ')} of ${nameOf(from, stages)}`)

const contents = ({packages, pythonPackages}: DrawnStage): string =>
  [
    packages.length > 0 && `${plural(packages.length, 'OS package')}`,
    pythonPackages > 0 && plural(pythonPackages, 'Python package'),
  ]
    .filter(Boolean)
    .join(', ')

function inWords(stage: DrawnStage, stages: readonly DrawnStage[]): Html {
  const {name, at, isFinal, built, packages, pythonPackages, config} = stage
  const sentences = [
    isFinal && 'The final stage: it becomes the image',
    built === false && 'BuildKit leaves it out: the final stage needs nothing of it',
    startOf(stage, stages),
    ...takenParts(stage, stages),
    packages.length > 0 && `installs ${packages.join(', ')}`,
    pythonPackages > 0 && `holds ${plural(pythonPackages, 'declared Python package')}`,
    config?.user && `runs as ${config.user}`,
    config?.folder && `its working directory is ${config.folder}`,
    config && config.ports.length > 0 && `exposes ${config.ports.join(', ')}`,
    config?.command && `starts ${config.command}`,
  ].filter((each) => typeof each === 'string' && each !== '') as string[]
  return html`<li><strong>${name}</strong> ${placeCode(at)}<br>${sentences.join('; ')}.</li>
`
}
