import type {FileLocation} from '../check.ts'
import type {FactStore, Facts} from '../facts.ts'
import {flagOf, type Instruction, mountsOf} from '../project/dockerfile/parse.ts'

/** A stage of the Dockerfile, for a picture of them. */
export interface DrawnStage {
  index: number
  /** Its name, or `stage 0`. */
  name: string
  /** The image it starts from; null for another stage, and where an argument without a value names it. */
  base: string | null
  /** `Debian 12`; null where the tag does not tell it. */
  system: string | null
  /** Whether BuildKit builds it for the final one; null where that is not known. */
  built: boolean | null
  isFinal: boolean
  /** What it takes from other stages and images, by its COPY and by the mounts of its RUNs; and the one it starts from. */
  takes: {from: number | string; how: 'FROM' | 'COPY' | 'mount'; paths: string[]; at: FileLocation}[]
  /** OS packages that its RUNs install, and Python packages in it, as far as they are declared. */
  packages: string[]
  pythonPackages: number
  /** Of the final stage, as far as the Dockerfile says it: USER, WORKDIR, the command, EXPOSE. */
  config: {user: string; folder: string; command: string; ports: string[]} | null
  at: FileLocation
  /** The line of its last instruction. */
  lastLine: number
}

/** In the order of the file; empty without a Dockerfile. */
export async function drawnStages(facts: FactStore): Promise<DrawnStage[]> {
  const dockerfile = await facts.value('dockerfile')
  if (!dockerfile) return []
  const [image, build] = await Promise.all([facts.value('image'), facts.value('build')])
  const {stages, final} = dockerfile
  const names = new Map(stages.map(({name, index}) => [name ?? String(index), index]))
  return stages.map((stage) => {
    const known = image?.stages.find((each) => each.stage === stage)
    const installs = [...(known?.installs ?? []), ...(known?.copied ?? [])]
    const source = (name: string): number | string => {
      const index = names.get(name.toLowerCase()) ?? (/^\d+$/.test(name) ? Number(name) : undefined)
      return index !== undefined && index < stage.index ? index : name
    }
    const last = stage.instructions.at(-1) ?? stage.from
    return {
      index: stage.index,
      name: stage.name ?? `stage ${stage.index}`,
      base: stage.parent ? null : (stage.image ?? null),
      system: known?.release?.system ?? null,
      built: image ? known !== undefined : null,
      isFinal: stage === final,
      takes: [
        ...(stage.parent ? [{from: stage.parent.index, how: 'FROM' as const, paths: [], at: stage.at}] : []),
        ...stage.instructions.flatMap((instruction) =>
          takenBy(instruction).map(({from, ...taken}) => ({from: source(from), ...taken, at: instruction.at})),
        ),
      ],
      packages: [...(known?.packages.installed.keys() ?? [])],
      pythonPackages: installs.flatMap(({requirements}) => requirements).length,
      config: stage === final ? configOf(build) : null,
      at: stage.at,
      lastLine: last.at.endLine ?? last.at.line ?? 1,
    }
  })
}

function takenBy(instruction: Instruction): {from: string; how: 'COPY' | 'mount'; paths: string[]}[] {
  const from = instruction.keyword === 'COPY' ? flagOf(instruction, 'from') : undefined
  const mounts = instruction.keyword === 'RUN' ? mountsOf(instruction) : []
  return [
    ...(from === undefined ? [] : [{from, how: 'COPY' as const, paths: instruction.words.slice(0, -1)}]),
    ...mounts.flatMap((mount) => {
      const other = mount.get('from')
      return other === undefined ? [] : [{from: other, how: 'mount' as const, paths: [mount.get('source') ?? '/']}]
    }),
  ]
}

function configOf(build: Facts['build'] | undefined): DrawnStage['config'] {
  if (!build) return null
  const {user, workingDir, entrypoint, cmd, exposedPorts} = build.final.config
  const command = [...(entrypoint ?? []), ...(cmd ?? [])].join(' ')
  return {user, folder: workingDir, command, ports: [...exposedPorts]}
}
