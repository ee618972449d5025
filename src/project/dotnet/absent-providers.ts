/** Folders that code of .NET opens as it starts, and that the image does not have. */
import {posix} from 'node:path'
import {blocksAround, closing, codeOf, placeOf, textOf} from '../code/code.ts'
import {argumentOf} from '../code/folders/path-expression.ts'
import {isBelow} from '../image/files/image-path.ts'
import {mayBring} from '../image/may-hold.ts'
import {
  type Around,
  comesOfPublish,
  onOneLine,
  projectsOf,
  sourcesIn,
  type UnpublishedFile,
} from './unpublished-files.ts'

/** A folder of the image that a PhysicalFileProvider is made for. */
export interface AbsentProvider extends UnpublishedFile {
  /** It surely is not there: no folder that `dotnet publish` writes. */
  isCertain: boolean
}

const call = /\bnew PhysicalFileProvider\s{0,20}\(/g
/** The folder that the program runs in, and the one that its own files lie in. */
const roots =
  /^(?:(?:System\.IO\.)?Directory\.GetCurrentDirectory\(\)|[\w.]{0,60}\bContentRootPath|(?:System\.)?Environment\.CurrentDirectory|(?:System\.)?(?:AppContext|AppDomain\.CurrentDomain)\.BaseDirectory)$/

/** "DirectoryNotFoundException": a PhysicalFileProvider looks for its folder as it is made. */
export async function absentProviders(around: Around, covered: readonly string[]): Promise<AbsentProvider[]> {
  const {build, paths, reader, started} = around
  const {final, has} = build
  const [only, another] = started.flatMap(({by, text, certain}) => {
    const [, folder = '', program] =
      /^(?:exec )?(?:\S{1,100}\/)?dotnet (\S{0,200}\/)?([\w.-]+)\.dll(?:\s|$)/.exec(text) ?? []
    return program !== undefined && certain ? {by, program, folder} : []
  })
  const [manifest, other] = only && !another ? paths.named(`${only.program}.csproj`) : []
  if (!only || manifest === undefined || other !== undefined) return []
  const projects = await projectsOf(manifest, reader)
  const said = projects.map(({text}) => text).join('\n')
  const sources = await reader.texts(sourcesIn([posix.dirname(manifest)], paths))
  const texts = sources.map(({text}) => text)
  // It makes or asks for folders itself, or moves to another one.
  if (
    texts.some((text) =>
      /\bCreateDirectory\b|\bDirectory(?:Info)?\b[^;\n]{0,200}\.?Exists\b|\bSetCurrentDirectory\b|\bUseContentRoot\b/.test(
        text,
      ),
    )
  )
    return []
  const steps = build.stages
    .flatMap(({stage}) =>
      stage.instructions.filter(({keyword}) => /^(?:RUN|VOLUME)$/.test(keyword)).map(({text}) => text),
    )
    .join('\n')
  const workdir = posix.resolve('/', final.config.workingDir || '/')
  const found: AbsentProvider[] = []
  for (const file of sources.filter(({path}) => /(?:^|\/)(?:Program|Startup)\.cs$/.test(path))) {
    const code = codeOf(file)
    for (const {0: whole, index} of code?.bare.matchAll(call) ?? []) {
      if (!code) continue
      const open = index + whole.length - 1
      const argument = argumentOf(code, open, 0)
      const [, inner = ''] =
        /^(?:System\.IO\.)?Path\.Combine\s{0,20}\(([\s\S]{1,600})\)$/.exec(argument ? textOf(code, argument) : '') ?? []
      const [root = '', ...rest] = inner.split(',').map((each) => each.trim())
      const names = rest.map((each) => /^@?"([\w .@/-]{1,200})"$/.exec(each)?.[1])
      if (!roots.test(root) || names.length === 0 || names.includes(undefined)) continue
      if (blocksAround(onOneLine(code), index).some((header) => /\btry\b|\bif\b|Development|Production/.test(header)))
        continue
      const relative = posix.normalize(names.join('/'))
      const from = /BaseDirectory$/.test(root) ? posix.resolve(workdir, only.folder) : workdir
      const place = posix.resolve(from, relative)
      if (relative.startsWith('/') || covered.some((each) => isBelow(place, each) || isBelow(each, place))) continue
      const [top = ''] = relative.split('/')
      const isOwn = isBelow(place, from)
      if (isOwn && (/^wwwroot$/i.test(top) || `${said}\n${steps}`.includes(top) || /<Import\s|\*\*/.test(said)))
        continue
      if (
        isOwn ? !comesOfPublish(place, around) || final.files.get(place) : has(place) !== 'no' || mayBring(final, place)
      )
        continue
      const at = placeOf(code, {start: index, end: closing(code, open) + 1})
      found.push({by: only.by, reader: 'PhysicalFileProvider', path: relative, place, at, isCertain: !isOwn})
    }
  }
  return found
}
