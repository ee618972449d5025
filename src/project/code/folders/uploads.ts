import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {allInstructions} from '../../dockerfile/parse.ts'
import {isApart} from '../../files/apart.ts'
import {type Files, javascript, noFiles} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import type {BuiltStage} from '../../image/build-stage.ts'
import {isBelow} from '../../image/files/image-path.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands} from '../../processes/processes.ts'
import {unnamedModules} from '../../python/imports/unnamed-modules.ts'
import {storageService} from '../../ruby/setting-gems.ts'
import {codeOf} from '../code.ts'

/** A place in the code that writes what users upload to a folder beside the app. */
export interface UploadFolder {
  /** As the code names it. */
  folder: string
  /** What it is written with: `multer`, `Active Storage`. */
  by: string
  at: FileLocation
  /** What else says so. */
  related?: FileLocation[]
}

interface Kind {
  by: string
  files: RegExp
  /** The package that the project must have for that. */
  needs: RegExp
  /** The folder is the group `folder`. */
  pattern: RegExp
  /** What the same file must do as well. */
  writes: RegExp
}

const kinds: readonly Kind[] = [
  {
    by: 'Plug.Upload',
    files: /^(?:lib|apps\/\w+\/lib)\/.*\.ex$/,
    needs: /\bphoenix\b/,
    pattern: /"(?<folder>(?:[\w/.-]*\/)?priv\/static\/[\w/-]+)"|"priv",\s*"static",\s*"(?<last>[\w-]+)"/,
    writes: /\bPlug\.Upload\b|\bconsume_uploaded_entr/,
  },
  {
    by: 'multer',
    files: /\.[cm]?[jt]s$/,
    needs: /"(?:multer|@nestjs\/platform-express)"/,
    pattern: /\bdest(?:ination)?\s*:\s*(?:path\.\w+\([^()]*,\s*)?["'`](?<folder>[\w./-]+)["'`]/,
    writes: /\bmulter\b|FileInterceptor|FilesInterceptor/,
  },
  {
    by: 'multer',
    files: /\.[cm]?[jt]s$/,
    needs: /"(?:multer|@nestjs\/platform-express)"/,
    pattern: /\bdestination\b[^;]{0,200}?\bcb\(\s*null\s*,\s*(?:path\.\w+\([^()]*,\s*)?["'`](?<folder>[\w./-]+)["'`]/,
    writes: /\bmulter\b/,
  },
  {
    by: 'Flask',
    files: /\.py$/,
    needs: /\bflask\b/i,
    pattern: /\bUPLOAD_FOLDER["']?\]?\s*=\s*(?:os\.path\.join\([^()]*,\s*)?["'](?<folder>[\w./-]+)["']/,
    writes: /\bFlask\b|\bflask\b/,
  },
  {
    by: 'FastAPI',
    files: /\.py$/,
    needs: /\bfastapi\b/i,
    pattern: /\bUPLOAD\w{0,60}(?:DIR|FOLDER|PATH)\w{0,60}\s*=\s*(?:Path\()?["'](?<folder>[\w./-]+)["']/,
    writes: /\bUploadFile\b/,
  },
]

/** Packages of storage elsewhere, which may be used in production. */
const elsewhere =
  /aws-sdk|aws_sdk|boto3|\bminio\b|cloudinary|@google-cloud\/storage|google-cloud-storage|google_cloud_storage|django-storages|django_storages|multer-s3|ex_aws|waffle|azure-storage|@azure\/storage|supabase|uploadthing|@vercel\/blob|aws-sdk-s3|carrierwave-aws|fog-/
/** What says which packages there are. */
const manifestsIn = (paths: Files): string[] =>
  [
    ...paths.named('package.json', 'mix.exs', 'pyproject.toml', 'Gemfile', 'Pipfile', 'go.mod'),
    ...paths.beginning('requirements').filter((path) => path.endsWith('.txt')),
  ].sort()
const notServed = /(?:^|\/)(?:scripts?|frontend|client|web)\//

export async function loadUploads({reader}: Inputs, facts: FactStore): Promise<Fact<UploadFolder[]>> {
  const config = await facts.need('flyConfig')
  const image = await facts.value('image')
  const all = (await facts.value('files')) ?? noFiles
  const mounted = config.mounts.flatMap(({destination}) => destination ?? [])
  const paths = all.only((path) => !isApart(path) && !notServed.test(path))
  const declared = await Promise.all(manifestsIn(paths).map((path) => reader.text(path)))
  const packages = declared.map((file) => file?.text ?? '').join('\n')
  if (elsewhere.test(packages)) return known([])
  const possible = kinds.filter(({needs}) => needs.test(packages))
  const own = paths.only((path) => !image || image.copies(path))
  const rails = /\brails\b/.test(packages) ? await activeStorage(own, reader) : undefined
  // With a volume the folder of others may be set to be on it.
  if (config.mounts.length > 0) {
    const build = rails?.root && mounted.length > 0 && (await facts.value('build'))
    const scripts = build ? (await startedCommands(facts)).scripts.map(({file}) => file) : []
    const place = build && besideVolumes(rails, {mounted, built: build.final, scripts})
    return known(place ? [place] : [])
  }
  const isUnnamed = unnamedModules(all, reader)
  const found: UploadFolder[] = rails ? [rails] : []
  for (const path of own.ending('.ex', '.py', ...javascript)) {
    const fitting = possible.filter(({files}) => files.test(path))
    const file = fitting.length > 0 ? await reader.text(path) : undefined
    const upload = file && fitting.map((kind) => uploadIn(file, kind)).find(Boolean)
    if (upload && !(path.endsWith('.py') && (await isUnnamed(path)))) found.push(upload)
  }
  return known(found)
}

function uploadIn(file: TextFile, {by, pattern, writes}: Kind): UploadFolder | undefined {
  if (!writes.test(file.text)) return undefined
  const text = codeOf(file)?.text ?? file.text
  const match = pattern.exec(text)
  const folder = match?.groups?.folder ?? (match?.groups?.last && `priv/static/${match.groups.last}`)
  if (!match || !folder) return undefined
  // What is read and deleted again is no data, and a folder that a variable names may be anywhere.
  const line = file.line(file.position(match.index).line)
  const fleeting =
    /\b(?:unlink|unlinkSync|rmSync|fs\.rm|os\.remove|os\.unlink|File\.rm!?)\b/.test(text) && by !== 'Plug.Upload'
  if (fleeting || /^\/?(?:var\/)?tmp\b/.test(folder) || /env|getenv|get_env|config\./i.test(line)) return undefined
  return {folder: posix.normalize(folder), by, at: file.lineSpan(file.position(match.index).line)}
}

/** Active Storage on a disk: the folder of its service is below that of the app, unless it begins with `/`. */
interface DiskService extends UploadFolder {
  /** As config/storage.yml says it; undefined where a variable may choose it. */
  root: {folder: string; at: FileLocation} | undefined
  /** The file of production's settings. */
  settings: string
}

/** `config.active_storage.service = :local` in production, where a model has files and the service is a disk. */
async function activeStorage(paths: Files, reader: ProjectReader): Promise<DiskService | undefined> {
  const production = paths.named('config/environments/production.rb')[0]
  const file = await reader.text(production)
  const service = storageService.exec(file?.text ?? '')
  if (!file || production === undefined || !service) return undefined
  const root = production.replace(/config\/environments\/production\.rb$/, '')
  const services = await reader.text(`${root}config/storage.yml`)
  const [block = '', lines = ''] =
    new RegExp(`^${service[1]}:\\s*\\n((?:[ \\t]+.*\\n?)*)`, 'm').exec(services?.text ?? '') ?? []
  if (!services || !/service:\s*["']?Disk/.test(lines)) return undefined
  for (const path of paths.under(`${root}app/models`)) {
    if (!/^[ \t]*has_(?:one|many)_attached\b/m.test((await reader.text(path))?.text ?? '')) continue
    const at = service.index + service[0].length - service[0].trimStart().length
    return {
      folder: 'storage',
      by: 'Active Storage',
      at: file.span(at, service.index + service[0].length),
      root: diskRoot(services, {start: services.text.indexOf(block), text: block}),
      settings: production,
    }
  }
  return undefined
}

/** `root: <%= Rails.root.join("storage", "files") %>`, `root: /data/storage` */
function diskRoot(file: TextFile, {start, text}: {start: number; text: string}): DiskService['root'] {
  const line = /^[ \t]{1,20}root:[ \t]{0,20}(\S[^\n]{0,300})$/m.exec(text)
  const [, joined, plain] =
    /^["']?<%=\s*Rails\.root\.join\(((?:\s*["'][\w./-]+["'](?:\s*,)?)+)\s*\)\s*%>["']?$|^["']?(\/?[\w./-]+)["']?$/.exec(
      line?.[1]?.trim() ?? '',
    ) ?? []
  const parts = joined?.match(/[\w./-]+/g) ?? (plain ? [plain] : [])
  if (!line || parts.length === 0) return undefined
  const place = file.position(start + line.index + line[0].indexOf('root:'))
  return {folder: posix.resolve('/', ...parts).slice(parts[0]?.startsWith('/') ? 0 : 1), at: file.lineSpan(place.line)}
}

/** A folder that none of the volumes is at: what is written there is in the image all the same. */
function besideVolumes(
  {root, settings, by, at}: DiskService,
  {mounted, built, scripts}: {mounted: readonly string[]; built: BuiltStage; scripts: readonly TextFile[]},
): UploadFolder | undefined {
  const entries = [...built.files.files((names) => names.named('production.rb'))]
  const copied = entries.find(([, entry]) => entry.kind === 'file' && entry.source === settings)
  if (!root || !copied) return undefined
  const app = copied[0].replace(/\/config\/environments\/production\.rb$/, '') || '/'
  const folder = posix.resolve(app, root.folder)
  // A link may lead from there to the volume.
  const texts = [...allInstructions(built.stage).map(({text}) => text), ...scripts.map(({text}) => text)]
  const isLinked = texts.some((text) => /\bln\s|symlink|\bmount\b/.test(text))
  return isLinked || mounted.some((each) => isBelow(folder, each))
    ? undefined
    : {folder, by, at: root.at, related: [at]}
}
