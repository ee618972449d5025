import {parser} from '@lezer/python'
import {describe, expect, it} from 'vitest'
import {Program} from '../../../src/project/database/program.ts'
import {runAll} from '../../../src/project/database/run-all.ts'
import {Files} from '../../../src/project/files/files.ts'
import {TextFile} from '../../../src/project/files/text.ts'

/** What reaches create_engine, once for each call. */
function reached(
  files: Record<string, string> | string,
  url = 'postgres://u:p@db.flycast:5432/shop?sslmode=disable',
): string[] {
  const sources = typeof files === 'string' ? {'db.py': files} : files
  const read = new Map(Object.entries(sources).map(([path, text]) => [path, new TextFile(path, `/${path}`, text)]))
  const program = new Program({
    files: read,
    paths: Files.of(read.keys()),
    parse: (file) => parser.parse(file.text).topNode,
    variable: (name) => (name === 'DATABASE_URL' ? url : /^(POSTGRES|DB)_/.test(name) ? 'unset' : undefined),
  })
  runAll(program, [...read.keys()], /engine|URL|url/)
  return program.sinks.map(({url: value}) => (value.kind === 'string' ? value.value : value.kind))
}

const start = 'import os\nfrom sqlalchemy import create_engine\nurl = os.environ["DATABASE_URL"]\n'
const rest = 'u:p@db.flycast:5432/shop'

describe('what the code makes of the URL', () => {
  const forms: [string, string, string][] = [
    ['it is taken as it is', '', `postgres://${rest}?sslmode=disable`],
    [
      'not, which reaches no further than the next word',
      'if not url and "a" in url or not url == "b" and url:\n    url = url + "&a=1"',
      `postgres://${rest}?sslmode=disable&a=1`,
    ],
    ['replace', 'url = url.replace("postgres://", "postgresql://", 1)', `postgresql://${rest}?sslmode=disable`],
    [
      'replace of what is not in it',
      'url = url.replace("postgresql://", "x://")',
      `postgres://${rest}?sslmode=disable`,
    ],
    [
      'startswith',
      'if url.startswith("postgres://"):\n    url = "postgresql://" + url[len("postgres://"):]',
      `postgresql://${rest}?sslmode=disable`,
    ],
    [
      'else',
      'if url.startswith("sqlite"):\n    url = "x"\nelif "postgres" in url and not url.endswith("x"):\n    url = "yes"\nelse:\n    url = "no"',
      'yes',
    ],
    [
      'f-string',
      'url = f"postgresql+asyncpg://{url.split(\'://\', 1)[1]}"',
      `postgresql+asyncpg://${rest}?sslmode=disable`,
    ],
    [
      'a generator as the only argument',
      'start, query = url.split("?", 1)\nurl = start + "?" + "&".join(each for each in query.split("&") if not each.startswith("ssl")) + "a=1"',
      `postgres://${rest}?a=1`,
    ],
    [
      'split',
      'scheme, tail = url.split("://")\nurl = "a" + tail.rpartition("@")[2]',
      'adb.flycast:5432/shop?sslmode=disable',
    ],
    ['the query is cut off', 'url = url.split("?")[0]', `postgres://${rest}`],
    ['removeprefix', 'url = url.removeprefix("postgres://")', `${rest}?sslmode=disable`],
    [
      'a regular expression',
      'import re\nurl = re.sub(r"^postgres(ql)?:", "postgresql+psycopg:", url)',
      `postgresql+psycopg://${rest}?sslmode=disable`,
    ],
    [
      'a conditional',
      'url = url.replace("s:", "sql:") if url else None',
      'postgressql://u:p@db.flycast:5432/shop?sslmode=disable'.replace('postgressql', 'postgresql'),
    ],
    [
      'urlsplit',
      'from urllib.parse import urlsplit, urlunsplit\nparts = urlsplit(url)\nurl = urlunsplit(("postgresql", parts.netloc, parts.path, "", ""))',
      `postgresql://${rest}`,
    ],
    [
      '_replace',
      'from urllib.parse import urlparse\nurl = urlparse(url)._replace(scheme="postgresql", query="").geturl()',
      `postgresql://${rest}`,
    ],
    [
      'parse_qsl',
      'from urllib.parse import urlparse, parse_qsl, urlencode\np = urlparse(url)\nq = {k: v for k, v in parse_qsl(p.query) if k != "sslmode"}\nurl = p._replace(query=urlencode(q)).geturl()',
      `postgres://${rest}`,
    ],
    [
      'parse_qs and pop',
      'from urllib import parse\np = parse.urlparse(url)\nq = parse.parse_qs(p.query)\nq.pop("sslmode", None)\nurl = parse.urlunparse(p._replace(query=parse.urlencode(q, doseq=True)))',
      `postgres://${rest}`,
    ],
    [
      'make_url',
      'from sqlalchemy.engine.url import make_url\nurl = make_url(url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)',
      `postgresql+psycopg://${rest}?sslmode=disable`,
    ],
    [
      'a function',
      'def fix(v: str, to="postgresql") -> str:\n    if not v:\n        raise ValueError\n    return to + v[8:]\nurl = fix(url)',
      `postgresql://${rest}?sslmode=disable`,
    ],
    [
      'the first variable that is set',
      'url = os.getenv("POSTGRES_URL") or os.environ.get("DATABASE_URL", "sqlite://")',
      `postgres://${rest}?sslmode=disable`,
    ],
    ['%', 'url = "%s?x" % url.split("?")[0]', `postgres://${rest}?x`],
    [
      'try',
      'try:\n    import acme\n    url = url + "1"\nexcept ImportError:\n    url = "none"',
      `postgres://${rest}?sslmode=disable1`,
    ],
    [
      'a raise that is caught',
      'try:\n    if url.startswith("postgres:"):\n        raise ValueError\nexcept ValueError:\n    url = "caught"',
      'caught',
    ],
    ['a branch that cannot be told', 'if os.getenv("DEBUG"):\n    url = "other"', 'unknown'],
    ['a loop', 'for a, b in PAIRS:\n    url = url.replace(a, b)', 'unknown'],
    ['a function of somebody else', 'from acme import fix\nurl = fix(url)', 'foreign'],
    ['a regular expression that could take for ever', 'import re\nurl = re.sub(r"(a+)+$", "", url)', 'unknown'],
  ]
  it.each(forms)('%s', (_name, code, expected) => {
    expect(reached(`${start}${code}\ncreate_engine(url)\n`)).toEqual([expected])
  })

  it('follows settings with a prefix, an alias, a validator and a property', () => {
    const settings = (fields: string) =>
      `from pydantic import Field, AliasChoices, validator\nfrom pydantic_settings import BaseSettings\nfrom functools import lru_cache\nclass Base(BaseSettings):\n    model_config = {"env_file": ".env"}\nclass Settings(Base):\n${fields}\n@lru_cache\ndef get_settings():\n    return Settings()\n`
    const code = 'from sqlalchemy import create_engine\nfrom app.settings import get_settings\n'
    const with_ = (fields: string, expression: string, more = '') =>
      reached({'app/settings.py': settings(fields) + more, 'app/db.py': `${code}create_engine(${expression})\n`})[0]
    const raw = `postgres://${rest}?sslmode=disable`
    expect(with_('    database_url: str = "sqlite://"', 'get_settings().database_url')).toBe(raw)
    expect(with_('    url: str = Field("x", alias="DATABASE_URL")', 'get_settings().url')).toBe(raw)
    expect(
      with_(
        '    url: str = Field(default="x", validation_alias=AliasChoices("POSTGRES_URL", "DATABASE_URL"))',
        'str(get_settings().url)',
      ),
    ).toBe(raw)
    expect(with_('    url: str\n    class Config:\n        env_prefix = "DATABASE_"', 'get_settings().url')).toBe(raw)
    expect(
      with_(
        '    database_url: str\n    @property\n    def fixed(self):\n        return self.database_url[:8]',
        'get_settings().fixed',
      ),
    ).toBe('postgres')
    expect(
      with_(
        '    database_url: str\n    @validator("database_url")\n    def fix(cls, v):\n        return v.upper()',
        'get_settings().database_url',
      ),
    ).toBe(raw.toUpperCase())
    expect(with_('    postgres_url: str = "sqlite://"', 'get_settings().postgres_url')).toBe('sqlite://')
  })

  it('takes a class with a metaclass for anything', () => {
    expect(
      reached(
        'from sqlalchemy import create_engine\nimport figenv\nclass C(metaclass=figenv.MetaConfig):\n    DATABASE_URL = "sqlite://"\ncreate_engine(C.DATABASE_URL)\n',
      ),
    ).toEqual(['unknown'])
  })

  it('follows alembic’s configuration', () => {
    const env =
      'import os\nfrom alembic import context\nfrom sqlalchemy import engine_from_config\nconfig = context.config\nconfig.set_main_option("sqlalchemy.url", os.environ["DATABASE_URL"].replace("%", "%%"))\nsection = config.get_section(config.config_ini_section, {})\nengine = engine_from_config(section, prefix="sqlalchemy.")\n'
    expect(reached({'alembic/env.py': env}, 'postgresql://u:p%40@h/d')).toEqual(['postgresql://u:p%40@h/d'])
  })

  it('ends', () => {
    expect(reached(`${start}def f(x):\n    return f(x)\nwhile True:\n    url = f(url)\ncreate_engine(url)\n`)).toEqual([
      'unknown',
    ])
    expect(reached('a = b = {"constructor": 1}\n(((\ndef\nclass X(: url = ')).toEqual([])
  })
})

describe('what a reader of the environment casts', () => {
  it.each([
    ['str', '"5"', 'string'],
    ['int', '"5"', 'number'],
    ['bool', '"no"', 'bool'],
    ['lambda v: v.split(",")', '"a,b"', 'list'],
    ['Csv()', '"a,b"', 'unknown'],
    ['float', '"5"', 'unknown'],
  ])('%s', (cast, fallback, kind) => {
    const code = `from decouple import Csv, config\nfrom sqlalchemy import create_engine\nurl = config("DB_X", default=${fallback}, cast=${cast})\ncreate_engine(url)\n`
    const sink = reached(code)[0]
    expect(kind === 'string' ? sink === '5' : sink === kind).toBe(true)
  })
})
