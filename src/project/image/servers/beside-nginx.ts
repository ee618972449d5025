/** Where the machine listens whose nginx is that of a package, with the programs that are started beside it. */
import type {FileLocation} from '../../../check.ts'
import {isCode} from '../../processes/followed-scripts.ts'
import type {Started, StartedBy} from '../../processes/processes.ts'
import {imagePath} from '../files/image-path.ts'
import {programOf} from '../shell/command.ts'
import type {PackagedNginx} from './packaged-nginx.ts'
import type {Server, Surroundings} from './servers.ts'
import {everyAddress} from './sockets.ts'
import {literal} from './web-context.ts'
import {nginxSockets} from './web-servers.ts'

/** Programs that end soon, wait, or work off a queue: none of them takes a request. */
const silent =
  /^(?:set|cd|mkdir|chown|chmod|ln|touch|rm|cp|mv|test|\[|\[\[|echo|printf|export|exec|exit|true|:|sleep|wait|tail|cat|ls|date|id|trap|ulimit|umask|source|cron|crond|supercronic|busybox|rsyslogd|composer|env|printenv|whoami|pwd|find|sed|grep|until|while|if|for|shift|unset|local|return|pg_isready|nc|curl|wget|supervisord|tini|dumb-init|docker-php-entrypoint|php-fpm[\d.]*)$/
const artisan =
  /^(?:config|route|view|event|cache|optimize|storage|migrate|db|queue|schedule|package|key|icons|filament|horizon|telescope|pulse|down|up)(?::|$)/

/** undefined where another program may listen, too, and where it is not known. */
export function besideNginx(
  {read, isWhole, hasOwnSite, build}: PackagedNginx,
  others: readonly Started[],
  scripts: StartedBy['scripts'],
  around: Surroundings,
  serverFor: (started: Started) => Server | undefined,
): (Pick<Server, 'sockets'> & {at: FileLocation | undefined}) | undefined {
  if (!isWhole) return undefined
  const {sockets, at} = nginxSockets(read, around)
  // One that names no port has port 80, or 8000 of a user that is not root.
  const servers = read.flatMap(([, {text}]) => text.match(/^[ \t]*server\s*\{/gm) ?? [])
  const listens = read.flatMap(([, {text}]) => text.match(/^[^#\n]*\blisten\s/gm) ?? [])
  if (servers.length > listens.length || (listens.length === 0 && !hasOwnSite)) return undefined
  if (hasOwnSite) sockets.push({host: everyAddress, port: literal('80')})
  for (const started of others) {
    if (isSilent(started) || isFollowed(started, scripts, build)) continue
    const server = serverFor(started)
    if (!server || server.sockets.length === 0) return undefined
    sockets.push(...server.sockets)
  }
  return {sockets, at}
}

/** A command that a variable has. */
const startsVariable = /^[ \t]*(?:exec[ \t]+)?["']?\$\{?[A-Za-z_]/m

/** A script of the project, whose commands are seen beside it; and `exec "$@"`, where those are, too. */
export function isFollowed(
  {command, folder}: Started,
  scripts: StartedBy['scripts'],
  {final}: PackagedNginx['build'],
): boolean {
  const [program] = command.words
  if (program === undefined)
    return (
      command.words.length === 1 &&
      !scripts.some(({file}) => !isCode(file.path) && !file.text.includes('<?php') && startsVariable.test(file.text))
    )
  const entry = program.includes('/') ? final.files.get(imagePath(folder ?? '/', program)) : undefined
  return entry?.kind === 'file' && scripts.some(({file}) => file.path === entry.source)
}

function isSilent({command}: Started): boolean {
  const program = programOf(command)
  const {words} = command
  if (program === undefined) return false
  if (program === 'php') return /(?:^|\/)artisan$/.test(words[1] ?? '') && artisan.test(words[2] ?? '')
  if (/^(?:nginx|service)$/.test(program))
    return program === 'nginx' || /^php[\d.]*-fpm$|^(?:cron|nginx)$/.test(words[1] ?? '')
  // The commands of a script are seen beside it.
  if (/^(?:ba|da|a)?sh$/.test(program)) return true
  return silent.test(program)
}
