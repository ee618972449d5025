import {allInstructions, defineCheck, type Facts, imagePath, isBelow, sqliteFile} from '../../src/check.ts'

type FlyConfig = Facts['flyConfig']
type Build = Facts['build']

export default defineCheck({
  id: 'image/lost-state',
  title: 'what the app keeps is on a volume',
  why: 'The root file system of a machine is made anew from the image at every deploy: what was written there is gone.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig', 'build'],
  uses: ['files', 'composeVolumes', 'codeDatabases', 'processes', 'secretNames'],
  *run({flyConfig, build, files, composeVolumes = [], codeDatabases = [], processes, secretNames = []}) {
    // Other containers mount volumes in ways of their own.
    if (flyConfig.hasContainers) return
    const {config, stage} = build.final
    const own = flyConfig.config.env ?? {}
    const variables = new Map([...config.env, ...Object.entries(own)])
    const isNamed = (path: string) => [...variables.values()].some((value) => value.includes(path))
    // What lies in a folder that is told of needs no second word.
    const told: string[] = []
    const isTold = (path: string) => told.some((each) => isBelow(path, each))
    for (const [path, at] of config.volumes) {
      if (isFleeting(path) || isMounted(path, flyConfig)) continue
      // Of Symfony these are caches and logs.
      if (/\/var$/.test(path) && files?.has('bin/console') && files.has('config/bundles.php')) continue
      // With a volume the app may be told to keep it there; the image is for other places, too.
      if (flyConfig.mounts.length > 0 && !isNamed(path)) continue
      told.push(path)
      yield {
        message: `VOLUME says that ${path} holds what must be kept, but no [[mounts]] of ${flyConfig.file} is there: each deploy begins with an empty one`,
        at,
        related: [flyConfig.at('mounts')],
        hint: mount(path),
      }
    }
    // With a volume the app may be told to keep the same on it.
    const [kept] = flyConfig.mounts.length === 0 ? composeVolumes.filter(({target}) => !config.volumes.has(target)) : []
    if (kept) {
      const [service] = flyConfig.services
      yield {
        message: `${kept.at.file} keeps ${kept.target} in a volume, but ${flyConfig.file} mounts none: each deploy begins with an empty one`,
        at: kept.at,
        related: [flyConfig.at('mounts'), ...(service ? [flyConfig.at(...service.path)] : [])],
        hint: mount(kept.target),
      }
    }
    // These keep a database elsewhere and bring it back when the machine starts.
    if (files?.beginning('litefs', 'litestream').some((path) => /\.ya?ml$/.test(path))) return
    for (const {path, at, variable, isBeside, option} of codeDatabases) {
      const place = imagePath(config.workingDir || '/', path)
      // Where a volume is, the program may go to it. One that git has is read, not written.
      const isOn = path.startsWith('/')
        ? isFleeting(path) || isMounted(path, flyConfig)
        : flyConfig.mounts.length > 0 && mayBeOn(build, flyConfig, processes, isBeside === true && !variable)
      const name = place.slice(place.lastIndexOf('/') + 1)
      if (
        isOn ||
        (variable && flyConfig.mounts.length === 0) ||
        files?.named(name).length ||
        build.stages.some(({stage: each}) => mayMake(each, name))
      )
        continue
      const [service] = flyConfig.services
      const volume = imagePath('/', flyConfig.mounts[0]?.destination ?? 'data')
      // What has one place only wants the volume there.
      const [mounted] = option ? flyConfig.mounts : []
      const elsewhere = mounted && flyConfig.at(...mounted.path, 'destination')
      yield {
        message: `${variable ? `${variable.name} is set nowhere: ` : ''}${at.file} keeps its database in ${path}, and ${flyConfig.mounts.length > 0 ? 'no volume is mounted there' : `${flyConfig.file} mounts no volume`}: each deploy begins with an empty one`,
        at: elsewhere ?? at,
        related: [elsewhere ? at : flyConfig.at('mounts'), ...(service ? [flyConfig.at(...service.path)] : [])],
        hint: option
          ? `Mount the volume there: destination = "${place.slice(0, place.lastIndexOf('/'))}". Or name its folder: ${option}=${volume}`
          : variable
            ? `Under [env]: ${flyConfig.setting(variable.name, variable.isFolder ? volume : `${volume}/${name}`)}`
            : flyConfig.mounts.length > 0
              ? `Open ${volume}/${name} where it runs on Fly.io: by a variable of [env], for instance.`
              : `Mount a volume ([[mounts]] with source = "data" and destination = "/data"), and open /data/${name}.`,
      }
      break
    }
    const started = startedTexts(processes)
    // A copy from elsewhere, which is brought back when the machine starts.
    if (started.some((text) => brings.test(text)) || [...variables.keys()].some((name) => synced.test(name))) return
    const links = flyConfig.mounts.length > 0 && [...runTexts(build), ...started].some((text) => /\bln\s/.test(text))
    // Another value counts before this one: a command gives it, or a secret does.
    const isGiven = (name: string) =>
      processes?.mayAssign(name) === true || secretNames.some((secret) => secret.name === name)
    for (const [name, value] of variables) {
      const written = sqliteFile(name, value)
      if (written === undefined || (!written.startsWith('/') && !config.workingDir)) continue
      if (links || forOthers.test(name) || isGiven(name)) continue
      const path = imagePath(config.workingDir, written)
      const file = path.slice(path.lastIndexOf('/') + 1)
      // One that the image has is read, not written.
      if (build.final.files.get(path) || files?.named(file).length) continue
      if (build.stages.some(({stage: each}) => mayMake(each, file))) continue
      // After three slashes SQLAlchemy reads a relative path, others (sqlx) an absolute one.
      const places = /^sqlite:\/\/\/[^/]/.test(value.trim()) ? [path, imagePath('/', written)] : [path]
      if (places.some((place) => isFleeting(place) || isTold(place) || isMounted(place, flyConfig))) continue
      const instruction = stage.instructions.findLast(({keyword, text}) => keyword === 'ENV' && text.includes(name))
      yield {
        message: `${name} puts the database at ${path}, which is on no volume: each deploy begins with an empty one`,
        at: Object.hasOwn(own, name) ? flyConfig.at('env', name) : (instruction?.at ?? stage.at),
        hint: mount(imagePath(path, '..')),
      }
    }
    for (const [name, value] of Object.entries(own)) {
      const [folder] = ofVolumes.exec(value) ?? []
      if (folder === undefined || !keeps.test(name) || regained.test(name) || sqliteFile(name, value)) continue
      if (links || isGiven(name) || isTold(value) || isMounted(value, flyConfig) || isFilled(folder, build)) continue
      // [[files]] lays something there.
      if (flyConfig.config.files?.some(({guest_path: path = ''}) => isBelow(imagePath('/', path), folder))) continue
      yield {
        message: `${name} is ${value}, which is on no volume: what is kept there is gone after each deploy`,
        at: flyConfig.at('env', name),
        related: [flyConfig.at('mounts')],
        hint: flyConfig.mounts.length > 0 ? `Name a folder below the destination of [[mounts]].` : mount(folder),
      }
      break
    }
  },
})

/** Folders that no base image has anything in, and that are called so as a volume is to be there. */
const ofVolumes = /^\/(?:data|persist(?:ent)?|storage|volume|mnt\/[\w.-]+|var\/data)(?=\/|$)/

const keeps = /(?:DIR|DIRECTORY|PATH|FOLDER|FILE|HOME|ROOT|DATA|STORAGE|STATE)$/i

/** What such a variable names can be had again, or is no folder but the path of an address. */
const regained =
  /CACHE|TMP|TEMP|LOG|REPLICA|BACKUP|BUCKET|S3|R2_|GCS|REMOTE|MODEL|HF_|STATIC|ASSET|PUBLIC|URL|ROUTE|BASE_?PATH|PREFIX|API|HTTP|WEB/i

/** Databases of tests, and those that are made anew. */
const forOthers = /(?:^|_)(?:TEST|CACHE|REPLICA|SCRATCH)(?:_|$)/i

/** What fetches files from elsewhere. */
const brings = /\b(?:litestream|litefs|rclone|restic|s3cmd|s5cmd|gsutil|aws\s+s3|curl|wget)\b/

/** The settings of libSQL, whose file is a copy of a database elsewhere. */
const synced = /TURSO|LIBSQL|SYNC_URL/i

/** Whether the image has something there, more than the folder itself: files that are seen, or what a RUN may write. */
const isFilled = (folder: string, {final: {stage, unknown, files}}: Build): boolean => {
  const held = files.get(folder)
  return (
    (held?.kind === 'folder' && held.entries.size > 0) ||
    unknown.some(({by}) => by === 'copy') ||
    allInstructions(stage).some(
      ({keyword, text}) =>
        /^(?:RUN|COPY|ADD)$/.test(keyword) &&
        (ownScript.test(text) ||
          text
            .split(/&&|;|\n/)
            .some((part) => part.includes(folder) && !/^\s*(?:mkdir|chown|chmod|install\s+-d)\s/.test(part))),
    )
  )
}

/** A RUN that starts a program of the project. */
const ownScript =
  /\b(?:python[\d.]*|node|bun|tsx)\s+(?!manage\.py)[\w./-]+\.(?:py|[cm]?[jt]s)\b|(?:^|[;&|])\s{0,20}(?:(?:ba)?sh\s+)?[\w./-]+\.sh\b/

/** What the build itself fills is read later, and not kept: by its name, or by a script of the project. */
const mayMake = ({instructions}: Build['final']['stage'], name: string): boolean =>
  instructions.some(
    ({keyword, text}) => /^(?:RUN|COPY|ADD)$/.test(keyword) && (text.includes(name) || ownScript.test(text)),
  )

/** Whether a path beside the app may lead to a volume: one is mounted there, or a command or a RUN has to do with it. */
function mayBeOn(
  build: Build,
  {mounts}: FlyConfig,
  processes: Facts['processes'] | undefined,
  isFixed: boolean,
): boolean {
  const {config} = build.final
  const folders = mounts.map(({destination = ''}) => imagePath('/', destination))
  const folder = imagePath('/', config.workingDir)
  const started = startedTexts(processes)
  return (
    config.workingDir === '' ||
    folders.some((each) => isBelow(each, folder) || isBelow(folder, each)) ||
    [...runTexts(build), ...started].some((text) => /\b(?:ln|cd)\s|\bchdir\b/.test(text)) ||
    // A path of the code itself leads there only where something is laid there.
    started.some(
      (text) =>
        folders.some((each) => text.includes(each)) && (!isFixed || /\b(?:cp|mv|rsync|tar|mount|unzip)\s/.test(text)),
    )
  )
}

const startedTexts = (processes: Facts['processes'] | undefined): string[] =>
  [...(processes?.commands ?? []), ...(processes?.read.texts ?? [])].map(({text}) => text)

const runTexts = ({final: {stage}}: Build): string[] =>
  allInstructions(stage).flatMap(({keyword, text}) => (keyword === 'RUN' ? text : []))

/** Made to be lost. */
const isFleeting = (path: string): boolean => /^\/(tmp|run|dev|proc|var\/(run|tmp|cache|log|lock))(\/|$)/.test(path)

/** Whether the path is on a volume, or holds one. */
const isMounted = (path: string, {mounts}: FlyConfig): boolean =>
  mounts.some(({destination = ''}) => {
    const at = imagePath('/', destination)
    return isBelow(path, at) || at.startsWith(`${path}/`)
  })

/** A volume is a folder: one that is to keep a file is mounted around it. */
const mount = (path: string): string =>
  /\/[^/]{0,200}\.(?:db|db3|sqlite3?|json|ya?ml|toml|txt|log|csv|conf|ini|env)$/.test(path)
    ? `Mount a volume at a folder that keeps nothing else, [[mounts]] with source = "data" and destination = "/data", and let the app open /data${path.slice(path.lastIndexOf('/'))}.`
    : `Mount a volume there: [[mounts]] with source = "data" and destination = "${path}".`
