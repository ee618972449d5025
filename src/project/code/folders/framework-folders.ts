/** Folders that a framework loads by itself: nothing names them, and without them it starts as if the app were empty. */
import {posix} from 'node:path'
import type {Files} from '../../files/files.ts'
import type {Build} from '../../image/build.ts'
import type {FileTree} from '../../image/files/file-tree.ts'
import {mayBring} from '../../image/may-hold.ts'
import type {StartedCommand} from '../../processes/processes.ts'

interface Framework {
  name: string
  /** A file in the folder of the app, and what else shows that it is one of this framework. */
  marker: string
  beside: readonly string[]
  /** What a command runs that starts it. */
  runs: RegExp
  /** `stops`: a command that ends without it. */
  folders: readonly {path: string; when?: RegExp; stops?: RegExp}[]
}

const migrates = /\bdb:(?:migrate|prepare|setup|schema:load)\b|\bartisan migrate\b/
const serves = /\bartisan (?:serve|octane)|\b(?:php-fpm|apache2?|httpd|frankenphp|nginx)\b/

/** What stands before a program of Ruby. */
const before = String.raw`^(?:(?:\S{0,200}\/)?(?:bundle exec|thrust|ruby|exec|env|dumb-init|tini|--|\w{1,60}=\S{0,200}) ){0,6}(?:\S{0,200}\/)?`
/** Options and files by which such a program starts something else. */
const otherwise = String.raw`.{0,400}(?:\.ru\b|(?:^|\s)(?:-[fvVhT]\b|--(?:rakefile|version|help|tasks|dir)\b)|\snew\s)`

const frameworks: readonly Framework[] = [
  {
    name: 'Rails',
    marker: 'config.ru',
    // A program of Rack alone has a config.ru, too.
    beside: ['config/application.rb', 'bin/rails'],
    runs: new RegExp(String.raw`${before}(?:rails|rake|puma|unicorn|thin)(?=\s|$)(?!${otherwise})`),
    // config.ru and bin/rails require config/environment and config/application.
    folders: [{path: 'config', stops: /./}, {path: 'app'}, {path: 'db/migrate', when: migrates}],
  },
  {
    name: 'Laravel',
    marker: 'artisan',
    beside: ['bootstrap/app.php'],
    runs: /\bartisan\b|\b(?:php-fpm|apache2?|httpd|frankenphp|supervisord|nginx)\b/,
    folders: [
      {path: 'bootstrap', stops: /\bartisan\b/},
      {path: 'app'},
      {path: 'config'},
      {path: 'routes'},
      {path: 'resources/views'},
      {path: 'public', when: serves},
      {path: 'database/migrations', when: migrates},
    ],
  },
]

/** Where the one app of a framework is in the image, and in the project, by its marker. */
export function appOf(
  {marker, beside}: Pick<Framework, 'marker' | 'beside'>,
  files: FileTree,
  paths: Files,
): {root: string; home: string; marker: string} | undefined {
  const [held, another] = [...files.files((names) => names.named(marker))].filter(
    ([path, {source}]) =>
      posix.basename(path) === marker &&
      paths.has(source) &&
      beside.some((each) => paths.has(posix.join(posix.dirname(source), each))),
  )
  return !held || another
    ? undefined
    : {root: posix.dirname(held[0]), home: posix.dirname(held[1].source), marker: held[1].source}
}

export interface FrameworkFolder {
  framework: string
  /** The marker, in the project. */
  marker: string
  path: string
  place: string
  stops: boolean
  by: string
}

/** Those that the project has, and the image, which has the app beside them, has not. `commands`: what is started. */
export function frameworkFolders({final}: Build, paths: Files, commands: readonly StartedCommand[]): FrameworkFolder[] {
  return frameworks.flatMap(({name, marker, beside, runs, folders}) => {
    const starter = commands.find(({text}) => runs.test(text))
    if (!starter) return []
    const app = appOf({marker, beside}, final.files, paths)
    if (!app) return []
    const {root, home} = app
    if (!beside.every((each) => paths.has(posix.join(home, each)))) return []
    const isHere = final.config.workingDir === root && !commands.some(({text}) => /^(?:cd|pushd)\b/.test(text))
    return folders.flatMap(({path: folder, when, stops}) => {
      const by = when ? commands.find(({text}) => when.test(text)) : starter
      const path = posix.join(home, folder)
      const place = posix.join(root, folder)
      // Its name stands in many a RUN, and that of its first file in none.
      const [first] = paths.under(path)
      if (!by || first === undefined || final.files.get(place)) return []
      if (mayBring(final, posix.join(root, posix.relative(home, first)))) return []
      // A command in another folder starts another app.
      const isEnd = by.certain && isHere && stops?.test(by.text) === true
      return [{framework: name, marker: app.marker, path, place, stops: isEnd, by: by.by}]
    })
  })
}
