import type {Surroundings} from '../../image/servers/servers.ts'
import {hostOf, portOf} from '../../image/servers/sockets.ts'
import {type Code, placeOf} from '../code.ts'
import {fromEnvironment, literal} from '../word.ts'
import type {ListenCall} from './listen-calls.ts'

const builds = /\brocket::build\s*\(\s*\)/g
/** The code chooses the settings itself, or sets the variables. */
const configures =
  /\bfigment\b|\bFigment\b|\brocket::custom\b|\.configure\s*\(|\bConfig\s*(?:\{|::)|ROCKET_|\bset_var\b/

/**
 * Rocket listens on 127.0.0.1:8000 where neither its code, nor Rocket.toml beside it, nor ROCKET_ADDRESS and ROCKET_PORT
 * say otherwise (rocket::Config::release_default). `hasSettings`: the image may have a Rocket.toml.
 */
export function rocketListens(
  files: readonly Code[],
  entry: string,
  around: Surroundings,
  hasSettings: boolean,
): ListenCall[] {
  // ROCKET_CONFIG is another file of settings.
  if (hasSettings || around.variable('ROCKET_CONFIG') || files.some(({text}) => configures.test(text))) return []
  return files.flatMap((code) =>
    [...code.bare.matchAll(builds)].map((match) => ({
      at: placeOf(code, {start: match.index, end: match.index + match[0].length}),
      everywhere: 'ROCKET_ADDRESS = "0.0.0.0" in [env]',
      socket: {
        host: hostOf(fromEnvironment('ROCKET_ADDRESS', literal('127.0.0.1'), around)),
        port: portOf(fromEnvironment('ROCKET_PORT', literal('8000'), around)),
      },
      indirect: code.file.path !== entry,
    })),
  )
}
