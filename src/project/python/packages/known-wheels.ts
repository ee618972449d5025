import {lte, valid} from '@renovatebot/pep440'
import type {WheelTarget} from './wheel.ts'

/**
 * The last version that surely has no wheel for a Python, or for musl: from the lists of files in lock files that are not
 * limited to one Python, and the release notes (November 2026). What was published before the release candidate of a Python
 * has none for it. A version between it and the first with a wheel is not decided.
 */
const lastWithout = `
aiohttp 3.11:3.8.1 3.12:3.8.5 3.13:3.10.2 3.14:3.12.7
asyncpg 3.10:0.23.0 3.11:0.26.0 3.12:0.28.0 3.13:0.29.0 3.14:0.30.0 musl:0.24.0
cffi 3.10:1.14.6 3.11:1.15.0 3.12:1.15.1 3.13:1.16.0 3.14:1.17.1 musl:1.15.0
confluent-kafka 3.12:2.2.0 3.13:2.5.0
cryptography musl:3.4.8
frozenlist 3.11:1.3.0 3.12:1.4.0
gevent 3.12:22.10.2
greenlet 3.12:2.0.2 3.13:3.0.3 3.14:3.2.2
grpcio 3.11:1.48.0 3.12:1.56.2 3.13:1.65.1 3.14:1.71.0
httptools 3.10:0.2.0 3.11:0.4.0 3.12:0.6.0 3.13:0.6.1 3.14:0.6.4 musl:0.3.0
lxml 3.10:4.6.2 3.11:4.8.0 3.12:4.9.2 3.13:5.2.2 3.14:5.4.0 musl:4.6.3
matplotlib 3.11:3.5.2 3.12:3.7.2 3.13:3.8.4 3.14:3.9.2
multidict 3.10:5.1.0 3.11:6.0.2 3.12:6.0.4 musl:5.1.0
numpy 3.10:1.21.1 3.11:1.23.1 3.12:1.25.2 3.13:2.0.2 3.14:2.2.6 musl:1.24.4
onnxruntime 3.12:1.16.3 3.13:1.19.2 musl:1.23.2
orjson 3.11:3.7.5 3.12:3.9.2 3.13:3.10.3 3.14:3.10.18 musl:3.6.5
pandas 3.11:1.4.4 3.12:2.0.3 3.13:2.2.2 3.14:2.2.3
pillow 3.11:9.1.1 3.12:9.4.0 3.13:10.2.0 3.14:11.2.1
psutil musl:7.1.3
psycopg-binary 3.11:3.0.16 3.12:3.1.11 3.13:3.2.1 3.14:3.2.9 musl:3.0.2
psycopg2-binary 3.11:2.9.4 3.12:2.9.8 3.13:2.9.9 3.14:2.9.10 musl:2.9.2
pydantic-core 3.13:2.18.4 3.14:2.33.2
pyyaml 3.10:5.4.1 3.12:6.0 3.13:6.0.1 3.14:6.0.2 musl:6.0
regex 3.10:2021.7.6 3.11:2021.11.10 musl:2021.10.23
scikit-learn 3.11:1.1.2 3.12:1.3.0 3.13:1.5.1 3.14:1.6.1 musl:1.6.1
scipy 3.11:1.9.1 3.12:1.11.1 3.13:1.14.0 3.14:1.15.3 musl:1.9.3
shapely 3.12:2.0.1 3.13:2.0.5 3.14:2.1.1
tensorflow 3.11:2.11.1 3.12:2.15.1 3.13:2.19.1 musl:2.20.0
tiktoken 3.12:0.5.1 3.13:0.7.0 3.14:0.11.0
tokenizers 3.12:0.13.3
torch 3.11:1.12.1 3.12:2.1.2 3.13:2.4.1 3.14:2.7.1 musl:2.12.0
ujson 3.10:4.0.2 3.11:5.4.0 3.12:5.7.0 3.13:5.9.0 3.14:5.10.0 musl:4.0.2
uvloop 3.10:0.14.0 3.11:0.16.0 3.12:0.17.0 3.13:0.20.0 3.14:0.21.0 musl:0.16.0
watchfiles 3.13:0.21.0 3.14:1.0.5
yarl 3.10:1.6.3 3.11:1.8.1 3.12:1.9.2 musl:1.6.3
`

const known = new Map<string, ReadonlyMap<string, string>>(
  lastWithout
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', ...entries] = line.split(' ')
      return [name, new Map(entries.map((entry) => entry.split(':') as [string, string]))]
    }),
)

/** Whether a version of a well known package surely has no wheel for the image. */
export function hasNoWheel(name: string, version: string, {minor, libc}: WheelTarget): boolean {
  const last = known.get(name)
  if (!last || !valid(version)) return false
  const keys = [`3.${minor}`, ...(libc === 'musl' ? ['musl'] : [])]
  return keys.some((key) => {
    const limit = last.get(key)
    return limit !== undefined && lte(version, limit)
  })
}

/** Wheels are all that is published of them. */
export const hasNoSource = (name: string): boolean =>
  /^(torch|torchvision|torchaudio|tensorflow|onnxruntime|psycopg-binary)$/.test(name)

/** What is built without a compiler too: what it would have compiled only makes it faster (their setup.py). */
const optional =
  /^(markupsafe|sqlalchemy|pyyaml|wrapt|pymongo|msgpack|tornado|zope-interface|simplejson|coverage|rapidfuzz|charset-normalizer|websockets|pyrsistent|peewee|cython|dulwich|mypy|black|ruamel-yaml-clib|lazy-object-proxy|watchdog|pydantic|thrift|kazoo|jinja2|chardet|bottle|cbor2|mypy-extensions|librt|pybase64|protobuf)$/

/** Whether its source surely needs a compiler; undefined for packages that are not known. */
export function needsCompiler(name: string, version: string): boolean | undefined {
  if (optional.test(name)) return false
  // Until 3.7 it does without.
  if (name === 'aiohttp' && !(valid(version) && lte('3.8', version))) return undefined
  return known.has(name) || alsoCompiled.has(name) || undefined
}

const alsoCompiled = new Set('bcrypt hiredis jiter rpds-py kiwisolver contourpy pyarrow pynacl httptools'.split(' '))

/** Why the source of a version can be built nowhere with this Python, or with today's build tools. */
export function cannotBeBuilt(name: string, version: string, {minor}: WheelTarget): string | undefined {
  if (!valid(version)) return undefined
  // github.com/yaml/pyyaml/issues/601: its source asks for Cython, and takes the newest.
  if (name === 'pyyaml' && /^(5\.4(\.\d)?|6\.0)$/.test(version))
    return 'its source cannot be built with Cython 3 (AttributeError: cython_sources)'
  // It asks for a setuptools of 2021.
  if (name === 'numpy' && minor >= 12 && lte(version, '1.25.2') && !lte(version, '1.21.6'))
    return "its source cannot be built there (AttributeError: module 'pkgutil' has no attribute 'ImpImporter')"
  // PyO3's build script refuses a Python that it does not know.
  const newest = lte(version, '2.18.4') ? 12 : lte(version, '2.33.2') ? 13 : 99
  if (name === 'pydantic-core' && minor > newest)
    return `its source cannot be built there (PyO3's maximum supported version is 3.${newest})`
  return undefined
}

/** The one version of pydantic-core that a version of pydantic asks for is one without a wheel: its own release tells. */
export function ofPydantic(version: string): string | undefined {
  if (!valid(version) || lte(version, '1.99')) return undefined
  return lte(version, '2.7.4') ? '2.18.4' : lte(version, '2.11.10') ? '2.33.2' : undefined
}
