import type {FileLocation} from '../../check.ts'
import type {Arguments} from './arguments.ts'
import {databaseEntry} from './django.ts'
import {attribute} from './evaluate.ts'
import {flaskApp} from './flask.ts'
import type {Program} from './program.ts'
import {shown, substituted} from './texts.ts'
import {joined, pairsOf, urlFrom, urlOf} from './url-values.ts'
import {bool, list, number, readUrl, text, truth, unknown, type Value, writeUrl} from './value.ts'
import {readsVariable, readVariable} from './variables.ts'

/** What a function of a library gives. */
export function foreignCall(program: Program, name: string, given: Arguments, at: FileLocation): Value {
  const {positional, named} = given
  const [first, second] = positional
  if (readsVariable(name)) return readVariable(program, name, given, at)
  // `environ.Env(DEBUG=(bool, False))`
  if (/^environ\.(?:FileAware)?Env$/.test(name)) for (const each of named.keys()) program.schemed.add(each)
  const entry = databaseEntry(program, name, given, at)
  if (entry) return entry
  const short = name.replace(/^.*\.(?=\w+\.\w+(\(\))?$)/, '')
  switch (true) {
    case name.startsWith('builtins.'):
      return builtin(program, name.slice('builtins.'.length), given)
    case /^alembic\.context\.config\./.test(name):
      return alembicConfig(program, name.split('.').at(-1) as string, given, at)
    case /^parse\.(urlparse|urlsplit)$/.test(short):
      return urlFrom(first, 'split')
    case /^(flask|quart)\.(Flask|Quart)$/.test(name):
      return flaskApp(name)
    case /^sqlalchemy\b.*\.URL(\.create)?$/.test(name):
      return urlOf(given)
    case /\.make_url$/.test(name):
      return urlFrom(first, 'sqlalchemy')
    case /^parse\.(urlunparse|urlunsplit)$/.test(short):
      return joined(first)
    case /^parse\.(parse_qsl|parse_qs)$/.test(short): {
      if (first?.kind !== 'string') return unknown
      const pairs = readUrl(`x://h?${first.value}`)?.query ?? []
      if (short.endsWith('qsl')) return list(pairs.map(([key, value]) => list([text(key), text(value)])))
      return {kind: 'dict', open: false, entries: new Map(pairs.map(([key, value]) => [key, list([text(value)])]))}
    }
    case /^parse\.urlencode$/.test(short): {
      const pairs = first && pairsOf(first)
      return pairs ? text(pairs.map(([key, value]) => `${key}=${value}`).join('&')) : unknown
    }
    case /^parse\.(quote|quote_plus|unquote|unquote_plus)$/.test(short):
      // The parts of the URLs that are looked at hold nothing that would change.
      return first?.kind === 'string' ? first : unknown
    case name === 're.sub': {
      const [pattern, by, on, count] = positional
      if (pattern?.kind !== 'string' || by?.kind !== 'string' || on?.kind !== 'string') return unknown
      const times = count ?? named.get('count')
      return substituted(pattern.value, by.value, on, times?.kind === 'number' ? times.value : times ? 2 : 0)
    }
    case /^(typing|typing_extensions)\.cast$/.test(name):
      return second ?? unknown
    case /\.(SecretStr|PostgresDsn|Secret|DatabaseURL)$/.test(name):
      return first ?? unknown
    default:
      return {kind: 'foreign', name: `${name}()`}
  }
}

function builtin(program: Program, name: string, {positional}: Arguments): Value {
  const [first, second, third] = positional
  if (!first) return name === 'dict' ? {kind: 'dict', entries: new Map(), open: true} : unknown
  switch (name) {
    case 'str': {
      if (first.kind === 'url') return text(writeUrl(first.url), first.trace)
      const words = shown(first)
      return words ? text(words.value, words.trace) : unknown
    }
    case 'len':
      return first.kind === 'string'
        ? number(first.value.length)
        : first.kind === 'list'
          ? number(first.items.length)
          : unknown
    case 'bool': {
      const answer = truth(first)
      return answer === undefined ? unknown : bool(answer)
    }
    case 'isinstance': {
      const isText = second?.kind === 'foreign' && second.name === 'builtins.str'
      if (first.kind === 'string') return isText ? bool(true) : unknown
      return isText && first.kind !== 'unknown' ? bool(false) : unknown
    }
    case 'dict':
    case 'list':
      return first.kind === 'dict'
        ? {...first, entries: new Map(first.entries)}
        : first.kind === 'list'
          ? first
          : unknown
    case 'all':
    case 'any': {
      const answers = first.kind === 'list' ? first.items.map(truth) : [undefined]
      if (answers.includes(name === 'any')) return bool(name === 'any')
      return answers.includes(undefined) ? unknown : bool(name === 'all')
    }
    case 'getattr':
    case 'hasattr': {
      if (second?.kind !== 'string') return unknown
      const value = attribute(program, first, second.value)
      if (name === 'getattr') return value.kind === 'unknown' && !isOpen(first) ? (third ?? unknown) : value
      return value.kind === 'unknown' ? unknown : bool(true)
    }
    default:
      return unknown
  }
}

/** Of these an attribute that is not known may be there all the same. */
const isOpen = (value: Value): boolean => value.kind !== 'none'

/** alembic's Config: what env.py tells it, it gets back. */
function alembicConfig(program: Program, method: string, {positional}: Arguments, at: FileLocation): Value {
  const [first, second, third] = positional
  // Set in a branch that may not be taken, it may be either.
  const kept = (value: Value | undefined): Value => {
    if (value?.kind === 'string' && value.trace && /%(?!%)/.test(value.value.replaceAll('%%', '')))
      program.percents.push(at)
    return value && program.uncertain === 0 ? unescaped(value) : unknown
  }
  const isUrl = (value: Value | undefined) => value?.kind === 'string' && value.value === 'sqlalchemy.url'
  if (method === 'set_main_option' && isUrl(first)) program.alembicUrl = kept(second)
  else if (method === 'set_section_option' && isUrl(second)) program.alembicUrl = kept(third)
  else if (method === 'get_main_option' && isUrl(first)) return program.alembicUrl
  else if (method === 'get_section') {
    return {kind: 'dict', open: true, entries: new Map([['sqlalchemy.url', program.alembicUrl]])}
  }
  return unknown
}

/** configparser makes one % of two. */
const unescaped = (value: Value): Value =>
  value.kind === 'string' ? {...value, value: value.value.replaceAll('%%', '%')} : value
