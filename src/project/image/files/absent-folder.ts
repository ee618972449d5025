import {posix} from 'node:path'
import {escapePattern} from '../../escape-pattern.ts'
import type {Build} from '../build.ts'
import {baseMayHave, mayBring} from '../may-hold.ts'
import {isBelow, overlaps} from './image-path.ts'

/**
 * Whether a path lies in a folder at the top that the image surely does not have: `/app/artisan`, where everything is in
 * /var/www/html. The images of PHP and the packages of Apache and nginx make /var/www/html, and leave it empty of an app.
 */
export function inAbsentFolder({final}: Build, path: string): boolean {
  const top = /^\/(?:var\/www(?:\/html)?|[^/]+)(?=\/)/.exec(path)?.[0]
  if (top === undefined || final.files.get(top)) return false
  const isOfWeb = top.startsWith('/var/www')
  if (isOfWeb ? baseMayHave(final.stage, '/app') : baseMayHave(final.stage, top)) return false
  const values = [...final.config.env.values(), final.config.workingDir]
  if (values.some((value) => value.includes(top))) return false
  const name = posix.basename(top)
  // Of a RUN that is in the folder above, its bare name, too.
  const named = new RegExp(`(?<![\\w.}-])${escapePattern(top)}(?![\\w-])`)
  const bare = new RegExp(`(?<![\\w./-])(?:\\./)?${escapePattern(name)}(?![\\w.-])`)
  return final.unknown.every(({by, path: place, text = '', folder = '/'}) => {
    if (by === 'copy') return !overlaps(place, top)
    if (by === 'base') return true
    if (named.test(text) || isBelow(folder, top)) return false
    return folder !== posix.dirname(top) || !bare.test(text)
  })
}

/** What the packages of supervisor lay (Debian, Alpine); pip lays nothing. */
const ofSupervisor = {apt: '/etc/supervisor/supervisord.conf', apk: '/etc/supervisord.conf'}

/** Whether a file of supervisord's in /etc is none that its package brings, and that nothing else does. */
export function lacksSupervisor({final}: Build, path: string): boolean {
  const runs = final.unknown.flatMap(({by, text = ''}) => (by === 'run' ? [text.replace(/\\\r?\n/g, ' ')] : []))
  const [apt, apk] = [/\bapt(?:-get)?\s[^&|;]{0,1000}\bsupervisor\b/, /\bapk\s[^&|;]{0,1000}\bsupervisor\b/].map(
    (each) => runs.some((text) => each.test(text)),
  )
  if (
    !/^\/etc\//.test(path) ||
    !(apt || apk || runs.some((text) => /\bpip3?\s[^&|;]{0,1000}\bsupervisor\b/.test(text)))
  )
    return false
  if ((apt && path === ofSupervisor.apt) || (apk && path === ofSupervisor.apk)) return false
  return !mayBring(final, path)
}
