import type {Value} from '../../database/value.ts'
import type {SettingsValues} from './settings-values.ts'

/** The addresses of databases, caches and queues that the settings write out themselves: no variable gives them. */
export function serviceSettings(values: SettingsValues): {name: string; address: string}[] {
  const database = entry(entry(values.get('DATABASES'), 'default'), 'ENGINE')
  const isServer = /\.(?:postgresql(?:_psycopg2)?|postgis|mysql|oracle)$/.test(constant(database) ?? '')
  const found = [
    {name: 'DATABASES', address: isServer ? host(entry(entry(values.get('DATABASES'), 'default'), 'HOST')) : undefined},
    {name: 'CACHES', address: constant(entry(entry(values.get('CACHES'), 'default'), 'LOCATION'))},
    ...['CELERY_BROKER_URL', 'BROKER_URL', 'CELERY_RESULT_BACKEND'].map((name) => ({
      name,
      address: constant(values.get(name)),
    })),
  ]
  return found.flatMap(({name, address}) => (address === undefined ? [] : [{name, address}]))
}

const host = (value: Value | undefined): string | undefined => {
  const name = constant(value)
  return name && `postgres://${name}`
}

const entry = (value: Value | undefined, name: string): Value | undefined =>
  value?.kind === 'dict' ? value.entries.get(name) : undefined

/** A text that stands in the code. */
const constant = (value: Value | undefined): string | undefined =>
  value?.kind === 'string' && !value.trace ? value.value : undefined
