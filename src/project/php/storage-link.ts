import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {allInstructions, type Instruction, rootImage} from '../dockerfile/parse.ts'
import {noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'

/** A disk of Laravel whose files are to be had below /storage, where nothing makes the link public/storage. */
export interface UnlinkedDisk {
  name: string
  /** The line that asks for the address of one of its files. */
  used: FileLocation
  /** The last RUN of the last stage, behind which the link could be made; else its FROM. */
  at: FileLocation
}

/** Of config/filesystems.php: a disk that has a root in storage/app/public and an address below /storage. */
const disk =
  /^ {8}'(\w+)'\s{0,5}=>\s{0,5}\[\s{0,20}'driver'\s{0,5}=>\s{0,5}'local',\s{0,20}'root'\s{0,5}=>\s{0,5}storage_path\(\s{0,5}'app\/public[^']{0,100}'\s{0,5}\),\s{0,20}'url'\s{0,5}=>[^\n]{0,100}'\/storage\b/gm
/** The link, by artisan or by hand; or something else that answers below /storage. */
const links =
  /storage:link|public\/storage|url_prefix\s{0,9}=\s{0,9}["']\/?storage|\bln\s[^\n]{0,200}storage\/app\/public|['"/]storage\/?\{|location[^\n{]{0,50}\/storage|handle[^\n{]{0,50}\/storage/

/** Images that start nothing of Laravel by themselves, and make no link. */
const plainImages =
  /^(?:docker\.io\/)?(?:library\/)?(?:php|debian|ubuntu|alpine|fideloper\/fly-laravel|dunglas\/frankenphp)(?:[:@]|$)/

/** Code that does one thing where one develops, and another where it serves. */
const isLocal = /\bisLocal\(|\benvironment\(\s{0,5}\[?\s{0,5}'(?:local|testing)'/

/**
 * `Storage::disk('public')->url(…)` gives an address below /storage, which a web server finds through the link
 * public/storage alone (Laravel's "File Storage", The Public Disk). git ignores the link, as Laravel's own .gitignore has it.
 */
export async function loadUnlinkedDisks({reader}: Inputs, facts: FactStore): Promise<Fact<UnlinkedDisk[]>> {
  const [{final, stages}, files, flyConfig] = await Promise.all([
    facts.need('build'),
    facts.value('files'),
    facts.value('flyConfig'),
  ])
  const paths = files ?? noFiles
  const artisan = [...final.files.files((names) => names.named('artisan'))].filter(
    ([path, {source}]) => posix.basename(path) === 'artisan' && source === 'artisan',
  )
  const config = artisan.length === 1 ? await reader.text('config/filesystems.php') : undefined
  const statics = flyConfig?.config.statics ?? []
  if (statics.some(({url_prefix: prefix = ''}) => /^\/storage\b/.test(prefix))) return known([])
  if (!config || paths.has('public/storage') || paths.hasFolder('public/storage')) return known([])
  // A disk that Laravel serves itself needs no link.
  const disks = [...config.text.matchAll(disk)].flatMap(({1: name = '', index}) => {
    const [own = ''] = config.text.slice(index).split(/\n {8}\]/, 1)
    return /'serve'\s{0,5}=>\s{0,5}(?!false)/.test(own) ? [] : [name]
  })
  // Other images make the link as they start.
  if (!plainImages.test(rootImage(final.stage) ?? '')) return known([])
  if (disks.length === 0 || (await isLinked())) return known([])
  const code = paths.ending('.php').filter((path) => /^(?:app|resources|routes|database\/factories)\//.test(path))
  const standard = flyConfig?.config.env?.FILESYSTEM_DISK
  for (const file of await reader.texts(code)) {
    if (isLocal.test(file.text)) continue
    const isElsewhere = mayLieElsewhere(file.text)
    for (const match of file.text.matchAll(
      /\bStorage::(?:disk\(\s{0,5}'(\w+)'\s{0,5}\)\s{0,20}->)?url\(|\basset\(\s{0,5}['"]storage\//g,
    )) {
      const [whole, named] = match
      const isAsset = whole.startsWith('asset')
      if (isAsset && isElsewhere) continue
      const name = isAsset || (named === undefined && standard === 'public') ? 'public' : (named ?? '')
      const line = file.text.slice(file.text.lastIndexOf('\n', match.index) + 1, match.index)
      if (!disks.includes(name) || /\/\/|^\s*(?:\*|#)|\{\{--/.test(line)) continue
      const run = allInstructions(final.stage).findLast(
        ({keyword, text}) => keyword === 'RUN' && /\bcomposer\b|\bartisan\b/.test(text),
      )
      const used = file.span(match.index, match.index + whole.length)
      return known([{name, used, at: run?.at ?? final.stage.at}])
    }
  }
  return known([])

  /** `asset('storage/…')` may serve development alone: the files lie on another disk, or the code asks on which. */
  function mayLieElsewhere(text: string): boolean {
    return (
      !['public', 'local', undefined].includes(standard) || /FILESYSTEM_(?:DISK|DRIVER)|filesystems\.default/.test(text)
    )
  }

  /** By a RUN, by any script, by composer, by fly.toml, by a service provider, or by the settings of a web server. */
  async function isLinked(): Promise<boolean> {
    const own = stages.flatMap(({stage}) => stage.instructions.map(({text}) => text))
    const names = ['composer.json', 'package.json', 'Makefile', 'Taskfile.yml', 'Procfile', 'Caddyfile', 'fly.toml']
    const others = [
      ...names.filter((path) => paths.has(path)),
      ...paths.ending('.sh', '.conf', '.yml', '.yaml', '.toml'),
      ...paths.ending('.php').filter((path) => !path.includes('/')),
      ...paths.under('bin'),
      ...paths.under('scripts'),
      ...paths.under('.fly'),
      ...paths.under('docker'),
      // `COPY entrypoint /`: a script without an ending.
      ...paths.named(...new Set(stages.flatMap(({stage}) => stage.instructions.flatMap(namedBy)))),
      ...paths.under('app/Providers'),
      ...paths.under('app/Console'),
      ...paths.under('routes'),
      ...paths.under('public').filter((path) => path.endsWith('.php') || path.endsWith('.htaccess')),
    ]
    return own.some((text) => links.test(text)) || (await reader.texts(others)).some(({text}) => links.test(text))
  }
}

const namedBy = ({keyword, words}: Instruction): string[] =>
  /^(?:COPY|ADD|RUN|CMD|ENTRYPOINT)$/.test(keyword)
    ? words.map((word) => posix.basename(word.replace(/["[\],]/g, ''))).filter((name) => /^[\w-]{1,60}$/.test(name))
    : []
