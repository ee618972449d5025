import type {Image} from '../image/image.ts'
import {declaredRequirements} from '../python/packages/declared.ts'
import type {Python} from '../python/python.ts'
import type {Installed} from './outcome.ts'

/** Drivers, which bring no other. */
const isDriver = /^(asyncpg|psycopg(2|2-binary|-binary|-c|-pool)?|pg8000|aiopg)$/

/** What is known of the Python packages in the image; where no image is read, of those that the project declares. */
export function installedOf(image: Image | undefined, python: Python | undefined): Installed {
  const installs = image ? [...image.final.installs, ...image.final.copied] : []
  const own = installs.flatMap(({requirements}) => requirements)
  const complete = Boolean(image?.final.understood) && installs.length > 0 && installs.every((each) => each.complete)
  const all = own.length > 0 ? own : declaredRequirements(python)
  const drivers = image?.final.drivers.map(({name}) => name.replace(/\[.*/, '')) ?? []
  return {
    has(name) {
      if (drivers.includes(name) || all.some((each) => each.name === name)) return true
      if (name === 'asyncpg' && all.some(({extras}) => extras.includes('postgresql-asyncpg'))) return true
      // What packages bring along is not followed.
      return complete && all.every((each) => isDriver.test(each.name) || python?.bringsDriver(each) === 'no')
        ? false
        : undefined
    },
    oldDialect: all.some(({name, specifier}) => name === 'sqlalchemy' && /^(==|<|~=)\s*1\.[0-3]\b/.test(specifier)),
    oldTortoise: all.some(({name, specifier}) => name === 'tortoise-orm' && /^(==|~=|<)\s*0\./.test(specifier)),
    newestSqlalchemy: all.some(
      ({name, specifier, at}) =>
        name === 'sqlalchemy' && /\.(txt|in)$/.test(at.file) && /^$|^>=[\d.]+$/.test(specifier.replace(/\s/g, '')),
    ),
    sqlalchemy: /^==\s*([\d.]+)$/.exec(all.find(({name}) => name === 'sqlalchemy')?.specifier ?? '')?.[1],
  }
}
