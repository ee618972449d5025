import type {Surroundings} from '../../image/servers/servers.ts'
import type {Code} from '../code.ts'
import {type CodeWord, fromEnvironment, unknownWord} from '../word.ts'

/**
 * The value of a field that clap fills (docs.rs/clap, "Arg Attributes"): a flag of the command, else the variable of `env`,
 * else `default_value`. undefined where no field, or more than one, has this name.
 */
export function clapField(files: readonly Code[], name: string, around: Surroundings): CodeWord | undefined {
  const field = new RegExp(`^[ \\t]*(?:pub(?:\\([a-z]{1,10}\\))?[ \\t]+)?${name}[ \\t]*:[ \\t]*[\\w:<>]`, 'gm')
  const fields = files.flatMap(({bare, text}) =>
    [...bare.matchAll(field)].map(({index, 0: {length}}) => ({
      attribute: attributesAbove(bare, text, index),
      isType: types.test(bare.slice(index + length - 1)),
    })),
  )
  const [attribute, another] = fields.flatMap((each) => each.attribute ?? [])
  if (attribute === undefined || another !== undefined) return undefined
  // Settings that are read from elsewhere may have a field of the name, or give this one another value.
  const given = new RegExp(`\\.${name}[ \\t]*=(?![=>])`)
  if (fields.some((each) => each.attribute === undefined && each.isType) || files.some(({bare}) => given.test(bare)))
    return unknownWord
  const standard = defaultOf(attribute)
  const variable = variableOf(attribute, name, files)
  if (variable !== undefined) return fromEnvironment(variable, standard, around)
  return /\benv\b/.test(attribute) || !standard ? unknownWord : {...standard, fixed: false}
}

const types = /^(?:[ui](?:8|16|32|64|size)\b|String\b|Option<|(?:std::net::)?(?:Ip|Socket)\w*Addr)/

/** What `#[arg(…)]` and `#[clap(…)]` say right above a field; comments may stand between. */
function attributesAbove(bare: string, text: string, index: number): string | undefined {
  const from = Math.max(0, index - 1500)
  // What ends the field before, or opens the struct.
  const start = Math.max(bare.lastIndexOf(',\n', index), bare.lastIndexOf('{\n', index), from)
  const written = text.slice(start, index)
  return /#\[(?:arg|clap)\(/.test(bare.slice(start, index)) ? written : undefined
}

function defaultOf(attribute: string): CodeWord | undefined {
  const [whole, text, number] =
    /\bdefault_value(?:_t)?\s{0,20}=\s{0,20}(?:(?:String::from\()?"([^"\\]*)"|(\d[\d_]*))/.exec(attribute) ?? []
  if (whole) return {text: text ?? number?.replaceAll('_', ''), fixed: true}
  return /\bdefault_value/.test(attribute) ? unknownWord : undefined
}

/** `env = "PORT"`, `env = crate::env::PORT` of a constant, and `env` alone, which is the name of the field. */
function variableOf(attribute: string, name: string, files: readonly Code[]): string | undefined {
  const [whole, text, path] = /\benv\b(?:\s{0,20}=\s{0,20}(?:"(\w+)"|([\w:]+)))?/.exec(attribute) ?? []
  if (!whole || text) return text
  if (path === undefined) return name.toUpperCase()
  const constant = new RegExp(
    `\\bconst\\s{1,20}${path.replace(/^.*::/, '')}\\s{0,20}:\\s{0,20}&(?:'static )?str\\s{0,20}=\\s{0,20}"(\\w+)"`,
    'g',
  )
  const [only, another] = files.flatMap(({text: source}) => [...source.matchAll(constant)])
  return another ? undefined : only?.[1]
}
