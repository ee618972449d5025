/** A module or name of Python's standard library that not every version has ("What's New in Python", each version's Removed and New Modules). */
export interface StandardChange {
  /** The first version that has it. */
  since?: string
  /** The first version that no longer has it. */
  until?: string
  /** Packages of the index that bring it still. */
  packages: readonly string[]
  /** What to write in its place. */
  instead?: string
}

const table = (text: string): [string, string[]][] =>
  [...text.matchAll(/^(\S+) (.+)$/gm)].map(([, key = '', names = '']) => [key, names.split(' ')])

const goneModules = table(`
3.11 binhex
3.12 asynchat asyncore distutils imp smtpd
3.13 aifc audioop cgi cgitb chunk crypt imghdr lib2to3 mailcap nntplib ossaudiodev pipes sndhdr spwd sunau telnetlib uu xdrlib
`)
const newModules = table(`
3.9 graphlib zoneinfo
3.11 tomllib
3.14 annotationlib compression
`)
const goneNames = table(`
3.9 fractions.gcd base64.encodestring base64.decodestring
3.10 collections.Mapping collections.MutableMapping collections.Iterable collections.Iterator collections.Sequence collections.MutableSequence collections.Callable collections.Set collections.Hashable collections.Sized collections.Container collections.Generator
3.11 inspect.getargspec inspect.formatargspec asyncio.coroutine
3.12 pkgutil.ImpImporter configparser.SafeConfigParser ssl.wrap_socket ssl.match_hostname importlib.find_loader locale.format
3.13 unittest.makeSuite unittest.findTestCases locale.resetlocale
3.14 ast.Num ast.Str ast.Bytes ast.NameConstant pkgutil.find_loader pkgutil.get_loader
`)
const newNames = table(`
3.9 functools.cache typing.Annotated asyncio.to_thread
3.10 itertools.pairwise contextlib.aclosing typing.ParamSpec typing.Concatenate typing.TypeAlias typing.TypeGuard types.NoneType types.UnionType
3.11 datetime.UTC enum.StrEnum enum.ReprEnum asyncio.TaskGroup asyncio.Runner asyncio.timeout contextlib.chdir typing.Self typing.Never typing.LiteralString typing.assert_never typing.assert_type typing.reveal_type typing.NotRequired typing.Required typing.Unpack typing.TypeVarTuple typing.dataclass_transform
3.12 itertools.batched typing.override typing.TypeAliasType
3.13 warnings.deprecated typing.ReadOnly typing.TypeIs copy.replace
3.14 uuid.uuid7
`)

/** Packages that bring a module under this name. */
const packages: Readonly<Record<string, readonly string[]>> = {
  distutils: ['setuptools'],
  asyncore: ['pyasyncore'],
  asynchat: ['pyasynchat'],
  imp: ['zombie-imp'],
  cgi: ['legacy-cgi'],
  cgitb: ['legacy-cgi'],
  graphlib: ['graphlib-backport'],
  audioop: ['audioop-lts'],
  crypt: ['standard-crypt', 'crypt-r', 'legacycrypt'],
  telnetlib: ['standard-telnetlib', 'telnetlib-313-and-up'],
}
const instead: Readonly<Record<string, string>> = {
  imp: 'Write importlib',
  distutils: 'Write packaging.version, shutil or sysconfig',
  tomllib: 'Write tomli, and install it',
  zoneinfo: 'Write backports.zoneinfo, and install it',
  'inspect.getargspec': 'Write inspect.getfullargspec',
  'asyncio.coroutine': 'Write async def',
}

const changes = new Map<string, StandardChange>()
const add = (names: readonly (readonly [string, readonly string[]])[], key: 'since' | 'until') => {
  for (const [version, all] of names) {
    for (const name of all) {
      const alternative = Object.hasOwn(instead, name) ? {instead: instead[name] as string} : {}
      const usual = key === 'until' && !name.includes('.') ? [`standard-${name}`] : []
      const known = Object.hasOwn(packages, name) ? (packages[name] as readonly string[]) : usual
      changes.set(name, {[key]: version, packages: known, ...alternative})
    }
  }
}
add(goneModules, 'until')
add(goneNames, 'until')
add(newModules, 'since')
add(newNames, 'since')
for (const [, names] of goneNames) {
  for (const name of names) {
    const [module, last] = name.split('.')
    if (module === 'collections')
      changes.set(name, {...changes.get(name), packages: [], instead: `Write from collections.abc import ${last}`})
  }
}

/** What changed about a module, `distutils`, or a name in one, `typing.Self`; undefined where every version has it. */
export const standardChange = (name: string): StandardChange | undefined => changes.get(name)
