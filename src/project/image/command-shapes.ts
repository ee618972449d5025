import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {codeContext} from '../code/code-context.ts'
import {startedCode} from '../code/started-code.ts'
import {unservedApp} from '../code/unserved-app.ts'
import {rootImage} from '../dockerfile/parse.ts'
import {releaseVerb} from '../elixir/release-verbs.ts'
import type {Inputs} from '../inputs.ts'
import {hasNoEntrypoint} from './base/base-images.ts'
import {basePrograms} from './base/base-programs.ts'
import {overlaps} from './files/image-path.ts'
import {isShell, isStarted, machineCommands} from './machine-commands.ts'
import {lastOfShort} from './short-commands.ts'

/** A command of a machine that starts nothing that lasts, by how it is written. */
export interface CommandShape {
  by: string
  at: FileLocation
  /**
   * `line`: a whole line as the name of a program. `quoted`: the same, as the marks around it tell a shell. `daemon`: a program that leaves the foreground, and ends. `running`: what
   * a release of Elixir asks a running system for. `unknown`: a command that its script does not know. `litefs`: one that
   * LiteFS does not know. `app`: a file that makes an app and serves it nowhere. `short`: one that does something and ends.
   */
  kind: 'line' | 'quoted' | 'daemon' | 'running' | 'unknown' | 'litefs' | 'app' | 'short'
  /** The line; or the program, as it is written. */
  text: string
  /** `short`: what it ends with. */
  last?: string
  /** `daemon`: the same in the foreground; `app`: what serves it. */
  foreground?: string
  /** `app`: what it is made with. */
  library?: string
}

interface Daemon {
  /** On the command, without the folder of its program. */
  starts: RegExp
  /** What keeps it in the foreground: in the command itself. */
  unless?: RegExp
  /** … or in a file of the project, or in the Dockerfile; such files may also be copied from elsewhere into a folder. */
  setting?: {text: RegExp; folder: string}
  foreground: string
}

/** From the programs' own manuals. */
const daemons: readonly Daemon[] = [
  {
    starts: /^nginx\b/,
    unless: /daemon\s+off|\s-[tTvVhs?]/,
    setting: {text: /daemon\s+off/, folder: '/etc/nginx'},
    foreground: 'nginx -g "daemon off;"',
  },
  {starts: /^(?:npx )?pm2 (?:start|restart|reload)\b/, unless: /--(?:no-daemon|attach)\b/, foreground: 'pm2-runtime'},
  {starts: /^(?:service [\w.-]+ (?:re)?start|systemctl (?:re)?start\b)/, foreground: 'the program itself'},
  {starts: /^init\.d\/[\w.-]+ (?:re)?start$/, foreground: 'the program itself'},
  {
    starts: /^(?:apachectl|apache2ctl|httpd|apache2) (?:-k )?(?:re)?start\b/,
    unless: /FOREGROUND|NO_DETACH|\s-X\b/,
    foreground: 'apachectl -D FOREGROUND',
  },
  {
    starts: /^supervisord\b/,
    // Letters may stand together: -nc FILE.
    unless: /\s(?:-[a-z]{0,3}[nvh]|--(?:nodaemon|version|help)\b)/,
    setting: {
      // In its file, or in what an echo of the Dockerfile writes there; in neither behind the sign of a comment.
      text: /(?<![;#][ \t]{0,20})nodaemon[ \t]*=[ \t]*(?:true|1|yes|on)\b|\bsupervisord\b[^\n]{0,200}\s(?:-[a-z]{0,3}n|--nodaemon\b)/i,
      folder: '/etc',
    },
    foreground: 'supervisord -n',
  },
  {starts: /^crond?$/, foreground: 'cron -f'},
  {starts: /^(?:gunicorn|unicorn)\b.*\s(?:-D|--daemon(?:ize)?)(?:\s|$)/, foreground: 'the same without --daemon'},
  {starts: /^celery\b.*\s--detach\b/, foreground: 'the same without --detach'},
  {starts: /^redis-server\b.*\s--daemonize\s+yes\b/, foreground: 'the same without --daemonize'},
  {starts: /^php-fpm[\d.]*\b.*\s(?:-D|--daemonize)\b/, foreground: 'php-fpm -F'},
]

/** `litefs ./start.sh mount`: its first word is one of its commands (cmd/litefs/main.go, since 0.3). */
const isUnknownToLitefs = ([program = '', word]: readonly string[]): boolean =>
  posix.basename(program) === 'litefs' &&
  word !== undefined &&
  /^[\w./]/.test(word) &&
  !/^(?:mount|run|export|import|version|help)$/.test(word)

/** `CMD "serve --port $PORT"`: for a shell what stands between the marks is one word, the name of a program. */
function quotedLine([shell = '', option, text, ...more]: readonly string[]): string | undefined {
  if (!isShell(shell) || !/^-[a-z]*c$/.test(option ?? '') || more.length > 0) return undefined
  const [, double, single] = /^\s*(?:exec\s+)?(?:"([^"`\\]*)"|'([^']*)')\s*$/.exec(text ?? '') ?? []
  const line = double ?? single
  return line !== undefined && /^[\w./-]+\s+\S/.test(line) ? line : undefined
}

/** A command ends with what it starts: what goes to the background leaves the machine with nothing to run. */
export async function loadCommandShapes(inputs: Inputs, facts: FactStore): Promise<Fact<CommandShape[]>> {
  const [[build, processes, dockerfile], flyConfig, packaged, code] = await Promise.all([
    facts.needAll('build', 'processes', 'dockerfile'),
    facts.value('flyConfig'),
    facts.value('packagedNginx'),
    codeContext(inputs, facts),
  ])
  if (flyConfig?.hasContainers) return known([])
  const {final} = build
  const base = rootImage(final.stage) ?? ''
  const programs = basePrograms(base)
  const passes = /^(?:eclipse-temurin|httpd)(?::|$)/.test(base) || hasNoEntrypoint(base)
  const found: CommandShape[] = []
  const commands = machineCommands(build, flyConfig)
  for (const {by, words, at, behind} of commands) {
    if (takesRequests(by) && (isStarted(behind, programs) || (await passesOn(behind)))) {
      const last = await lastOfShort(
        processes.commands.filter((each) => each.by === by),
        inputs.reader,
      )
      if (last) found.push({by, at, kind: 'short', text: words.slice(0, 4).join(' '), last: last.text.slice(0, 60)})
    }
    if (!isStarted(behind, programs) && !(behind === 'base' && passes)) continue
    const [first = ''] = words
    // A path may have a blank in it, a program with its arguments has one behind its name.
    if (/^[\w./-]+\s+\S/.test(first)) found.push({by, at, kind: 'line', text: first})
    const quoted = quotedLine(words)
    if (quoted) found.push({by, at, kind: 'quoted', text: quoted})
    // ENTRYPOINT gets what CMD or [processes] say behind its own words.
    const behindIt = by === 'ENTRYPOINT' ? commands.filter((each) => each.behind === words) : []
    const taken = behindIt.some((each) => each.by !== 'release_command') ? behindIt : [{by, words: [], at}]
    const verbs = await Promise.all(
      taken.map(async (each) => {
        const whole = each.by === by ? words : [...words, ...each.words]
        const verb = await releaseVerb(whole, build, {files: code.paths, reader: inputs.reader})
        const isRefused = isUnknownToLitefs(whole) && !/flyio\/litefs:v?0\.[12]\b/.test(dockerfile.file.text)
        return {...each, whole, kind: isRefused ? ('litefs' as const) : verb}
      }),
    )
    for (const each of verbs)
      if (each.kind && !(each.kind === 'daemon' && each.by === 'release_command')) {
        const text = each.whole.slice(0, 2).join(' ')
        found.push({by: each.by, at: each.at, kind: each.kind, text, foreground: `${first} start`})
      }
    const verb = verbs.find(({kind}) => kind)
    if (by === 'release_command' || verb) continue
    // What a supervisor starts does not tell whether the supervisor stays.
    const started = processes.commands.filter((each) => each.by === by && !each.supervised)
    const last = started.at(-1)
    // What a script does is not followed to its end.
    if (!last?.certain || started.some((each) => each.at.file !== at.file)) continue
    if (/^(?:\S*\/)?(?:node|tsx|python[\d.]*)\s/.test(last.text)) {
      const {entry, files: loaded} = await startedCode(last.text.split(' '), code)
      const app = unservedApp(entry, loaded)
      const port = flyConfig?.services.find(({groups}) => groups.length > 0)?.internal_port ?? 8080
      if (app)
        found.push({by, at: last.at, kind: 'app', text: last.text, foreground: app.cure(port), library: app.library})
    }
    const text = last.text.replace(/^(?:exec )?(?:\/\S*\/)?(?=[\w.]+\/?)/, '').replace(/^(?:\S*\/)?(?=init\.d\/)/, '')
    const daemon = daemons.find(({starts, unless}) => starts.test(text) && !unless?.test(text))
    // Of the nginx of a package all that it reads is known.
    const isNginx = packaged?.isWhole && /^nginx\b/.test(text)
    if (daemon && !(isNginx ? packaged.staysByFile : await isSet(daemon.setting)))
      found.push({
        by,
        at: last.at,
        kind: 'daemon',
        text: text.split(' ').slice(0, 3).join(' '),
        foreground: daemon.foreground,
      })
  }
  return known(found)

  /** Of other groups some are to end; and what stands behind ENTRYPOINT is told with that. */
  function takesRequests(by: string): boolean {
    if (by === 'release_command' || (by === 'ENTRYPOINT' && commands.some((each) => each.behind !== undefined)))
      return false
    const group = /^\[processes\] (\S+)$/.exec(by)?.[1]
    return (flyConfig?.services ?? []).some(({groups}) =>
      group === undefined ? groups.length > 0 : groups.includes(group),
    )
  }

  /** `exec "$@"` at the end of a script of the project. */
  async function passesOn(behind: (typeof commands)[number]['behind']): Promise<boolean> {
    if (!Array.isArray(behind)) return false
    const scripts = processes.commands.filter(({by, at}) => by === 'ENTRYPOINT' && at.file !== dockerfile.file.path)
    const texts = await Promise.all(
      [...new Set(scripts.map(({at}) => at.file))].map((file) => inputs.reader.text(file)),
    )
    return texts.some((file) => /^[ \t]*exec[ \t]+"\$@"/m.test(file?.text ?? ''))
  }

  /** Whether a file may say that the program stays. */
  async function isSet(setting: Daemon['setting']): Promise<boolean> {
    if (!setting) return false
    // Other images may have settings of their own.
    if (!programs || setting.text.test(dockerfile.file.text)) return true
    if (final.unknown.some((each) => each.by === 'copy' && overlaps(each.path, setting.folder))) return true
    const paths = code.paths.ending('.conf', '.ini', '.template', '.tmpl', '.tpl', '.erb', '.j2', '.sh')
    return (await inputs.reader.texts(paths)).some(({text}) => setting.text.test(text))
  }
}
