import {defineCheck, type Facts, firstOf} from '../../src/check.ts'

type Entry = Facts['missingEntries'][number]
type Served = NonNullable<Entry['served']>

export default defineCheck({
  id: 'image/built-program',
  title: 'the machines start what the build writes',
  why: 'A program that the build calls otherwise, or that lies elsewhere, is not found: the machine stops at once.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['missingEntries', 'build'],
  uses: ['otherStage', 'buildsElse'],
  *run({missingEntries, build, buildsElse, otherStage}) {
    if (otherStage?.reason) return otherStage.reason
    for (const entry of missingEntries) {
      const {by, script, at, goesOn, laid, copied, misnamed, madeLater, served} = entry
      yield {
        message: served
          ? unbuilt(entry, served)
          : `${by} starts ${script}, but ${misnamed ? written(misnamed) : gone(entry)}`,
        at,
        related: [misnamed?.build ?? laid?.at ?? copied ?? build.final.stage.at],
        hint: served && !madeLater ? cureOf(served) : cure(entry, namesBeside(entry, build)),
        ...((buildsElse || madeLater || goesOn) && {severity: 'warning'}),
        ...(goesOn && {failsAt: 'runtime'}),
        ...(by === 'release_command' && {failsAt: 'release'}),
      }
    }
  },
})

const written = ({tool, names: [name], because}: NonNullable<Entry['misnamed']>): string =>
  name === undefined ? `${tool} writes ${because}` : `${tool} writes ${name}, ${because}`

const gone = ({path, laid, madeLater}: Entry): string =>
  `nothing brings it to ${path}${laid ? `: COPY lays it at ${laid.path}` : madeLater ? ` unless a step before the deploy makes ${madeLater}` : ''}`

const unbuilt = ({by, path, madeLater}: Entry, {program, build, ends}: Served): string =>
  `${by} runs ${program}, but nothing brings what ${build} writes to ${path.slice(0, path.lastIndexOf('/'))}${madeLater ? ' unless a step before the deploy does' : `: it ends with "${ends}"`}`

const cureOf = ({build, folder}: Served): string =>
  `Run ${build} in the Dockerfile, such as RUN npm run build behind COPY . .; or copy ${folder} from the stage that runs it.`

/** Of what node starts, the folder of the build; of other programs themselves. */
const folderOf = (script: string, path: string): string => {
  const [first = ''] = script.replace(/^(?:\.?\/)+/, '').split('/')
  const isFolder = script.endsWith('js') && !script.startsWith('/') && script.includes('/')
  return isFolder ? path.slice(0, path.lastIndexOf(`/${first}/`) + first.length + 1) : path
}

/** What a folder that the image has holds in its place: files of the same kind. */
function namesBeside({path}: Entry, {final}: Facts['build']): string[] {
  const folder = final.files.get(path.slice(0, path.lastIndexOf('/')))
  const ending = /\.\w+$/.exec(path)?.[0]
  if (folder?.kind !== 'folder' || ending === undefined) return []
  return folder.list().flatMap(([name, {kind}]) => (kind === 'file' && name.endsWith(ending) ? name : []))
}

function cure({script, path, laid, misnamed, madeLater}: Entry, beside: readonly string[]): string {
  if (madeLater) return `Make it before flyctl deploy, or build it in the Dockerfile.`
  const [name] = misnamed?.names ?? []
  switch (misnamed?.tool) {
    case undefined:
      if (beside.length > 0 && !laid)
        return `Start what is there: ${path.slice(0, path.lastIndexOf('/'))} has ${firstOf(beside, 3)}. Or add ${script}.`
      return laid
        ? `Start ${laid.path}, or copy it to ${path}.`
        : `Copy ${script.endsWith('js') ? 'its whole folder' : 'it'} in the last stage: COPY --from=… … ${folderOf(script, path)}`
    case 'mix release':
      return `Run mix phx.gen.release in the project, commit rel/overlays, and COPY rel rel before mix release; or start ${name} start.`
    case 'dotnet publish':
      return `Start ${name}, or call it so in the project: <AssemblyName>${script.replace(/^.*\/|\.dll$/g, '')}</AssemblyName>`
    default:
      return name === undefined
        ? `Copy it out of there in the same RUN, such as cp ${script} /usr/local/bin/, and start that.`
        : `Start ${name}.`
  }
}
