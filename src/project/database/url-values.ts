import type {Arguments} from './arguments.ts'
import {type Dict, none, number, type Parts, readUrl, text, traceOf, unknown, type Value, writeUrl} from './value.ts'

type UrlValue = Extract<Value, {kind: 'url'}>

/** What urlsplit or make_url makes of a text. */
export function urlFrom(value: Value | undefined, form: UrlValue['form']): Value {
  if (value?.kind === 'url') return value
  const url = value?.kind === 'string' ? readUrl(value.value) : undefined
  return url && value ? {kind: 'url', form, url, trace: traceOf(value)} : unknown
}

/** The order of URL.create's parameters (sqlalchemy/engine/url.py). */
const parameters = ['drivername', 'username', 'password', 'host', 'port', 'database', 'query']

/** What URL.create makes of the parts of an address. */
export function urlOf({positional, named, open}: Arguments): Value {
  const given = new Map([...named, ...positional.map((value, index) => [parameters[index] ?? '', value] as const)])
  const [driver, host, database] = ['drivername', 'host', 'database'].map((name) => given.get(name))
  if (driver?.kind !== 'string' || open) return unknown
  const values = [...given.values()]
  const trace = values.map(traceOf).find((each) => each && !each.fallback) ?? values.map(traceOf).find(Boolean)
  const isKnown = values.every(({kind}) => kind !== 'unknown')
  // Of parts that are not known, only what is known to be read from the environment is followed.
  if (!isKnown && (!trace || trace.fallback)) return unknown
  const query = given.get('query')
  const pairs = query ? pairsOf(query) : []
  if (!pairs) return unknown
  const word = (value: Value | undefined) => (value?.kind === 'string' ? value.value : '')
  const url: Parts = {
    scheme: driver.value,
    user: 'user',
    password: 'pass',
    host: word(host),
    port: undefined,
    path: `/${word(database)}`,
    query: pairs,
  }
  return {kind: 'url', form: 'sqlalchemy', url, trace}
}

/** What urlunsplit makes of a URL's parts: five, or six with urlunparse's params. */
export function joined(value: Value | undefined): Value {
  if (value?.kind === 'url') return text(writeUrl(value.url), value.trace)
  if (value?.kind !== 'list') return unknown
  const words = value.items.map((each) => (each.kind === 'string' ? each.value : undefined))
  if (words.includes(undefined) || words.length < 5) return unknown
  const [scheme, netloc, path] = words
  const query = words.length === 6 ? words[4] : words[3]
  return text(`${scheme}://${netloc}${path}${query ? `?${query}` : ''}`, value.items.map(traceOf).find(Boolean))
}

/** The pairs of a dict, or of a list of pairs, as texts. */
export function pairsOf(value: Value): [string, string][] | undefined {
  if (value.kind === 'dict' && !value.open) {
    const pairs = [...value.entries].map(([key, each]) => [key, each.kind === 'list' ? each.items[0] : each] as const)
    return pairs.every(([, each]) => each?.kind === 'string')
      ? pairs.map(([key, each]) => [key, (each as {value: string}).value])
      : undefined
  }
  if (value.kind !== 'list') return undefined
  const pairs = value.items.map((each) =>
    each.kind === 'list' ? each.items.map((part) => (part.kind === 'string' ? part.value : undefined)) : [],
  )
  return pairs.every(([key, each]) => key !== undefined && each !== undefined)
    ? (pairs as [string, string][])
    : undefined
}

const queryText = ({query}: Parts): string => query.map(([key, value]) => `${key}=${value}`).join('&')
const netloc = (url: Parts): string => writeUrl({...url, scheme: '', path: '', query: []}).slice('://'.length)

/** An attribute of a URL that has been taken apart. */
export function urlAttribute({form, url, trace}: UrlValue, name: string): Value | undefined {
  const optional = (value: string | undefined) => (value === undefined ? none : text(value, trace))
  switch (name) {
    case 'scheme':
    case 'drivername':
      return text(url.scheme, trace)
    case 'netloc':
      return text(netloc(url), trace)
    case 'hostname':
    case 'host':
      return text(url.host, trace)
    case 'username':
      return optional(url.user)
    case 'password':
      return optional(url.password)
    case 'port':
      return url.port ? number(Number(url.port)) : none
    case 'path':
      return text(url.path, trace)
    case 'database':
      return text(url.path.slice(1), trace)
    case 'params':
    case 'fragment':
      return text('')
    case 'query':
      return form === 'split' ? text(queryText(url), trace) : queryDict(url)
    default:
      return undefined
  }
}

const queryDict = ({query}: Parts): Dict => ({
  kind: 'dict',
  open: false,
  entries: new Map(query.map(([key, value]) => [key, text(value)])),
})

/** A method of a URL that has been taken apart: it gives a changed one, or its text. */
export function urlMethod(on: UrlValue, name: string, {positional, named}: Arguments): Value {
  const [first] = positional
  const changed = (url: Parts): Value => ({...on, url})
  switch (name) {
    case 'geturl':
    case 'render_as_string':
    case '__str__':
      return text(writeUrl(on.url), on.trace)
    case '_replace':
    case 'set': {
      let url = {...on.url}
      for (const [key, value] of named) {
        const pairs =
          key === 'query'
            ? value.kind === 'string'
              ? readUrl(`x://h?${value.value}`)?.query
              : pairsOf(value)
            : undefined
        if (key === 'query' && pairs) url.query = pairs
        else if (value.kind !== 'string') {
          // A host, a port or a password that is not known leaves the scheme and the query as they are.
          if (/^(scheme|drivername|query)$/.test(key)) return unknown
        } else if (key === 'scheme' || key === 'drivername') url.scheme = value.value
        else if (key === 'netloc')
          url = {...(readUrl(`x://${value.value}`) ?? url), scheme: url.scheme, path: url.path, query: url.query}
        else if (key === 'path') url.path = value.value
        else if (key === 'database') url.path = `/${value.value}`
        else if (key === 'host') url.host = value.value
      }
      return changed(url)
    }
    case 'difference_update_query': {
      const names =
        first?.kind === 'list'
          ? first.items.map((each) => (each.kind === 'string' ? each.value : undefined))
          : [undefined]
      if (names.includes(undefined)) return unknown
      return changed({...on.url, query: on.url.query.filter(([key]) => !names.includes(key))})
    }
    case 'update_query_dict': {
      const pairs = first && pairsOf(first)
      if (!pairs) return unknown
      const kept = on.url.query.filter(([key]) => !pairs.some(([other]) => other === key))
      return changed({...on.url, query: [...kept, ...pairs]})
    }
    case 'get_backend_name':
      return text(on.url.scheme.split('+')[0] as string)
    default:
      return unknown
  }
}
