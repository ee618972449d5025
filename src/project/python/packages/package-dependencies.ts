import {bringsStandard, type ParsedRequirement} from './pep508.ts'

/**
 * What well known packages bring along, whatever their version (the union of what lock files of uv and Poetry say of them);
 * with an extra in brackets, what that brings besides. Packages that bring nothing stand alone.
 */
const table = `
aiofiles aiosmtplib annotated-types async-timeout attrs bcrypt blinker cachetools certifi chardet charset-normalizer
dnspython ecdsa+six et-xmlfile greenlet h11 hiredis httptools idna itsdangerous markupsafe orjson passlib phonenumbers
pip prometheus-client psutil psycopg2 psycopg2-binary pyasn1 pycparser pyjwt pymysql pyotp python-magic python-multipart
pytz regex ruff setuptools shortuuid six sniffio soupsieve structlog tabulate text-unidecode toml typing-extensions tzdata ujson
urllib3 uv uvloop websockets wheel whitenoise xmltodict lxml pyyaml python-dotenv tenacity pillow numpy colorama python-decouple
cloudpickle coverage emoji+typing-extensions filelock html2text humanize inflection isort+colorama jmespath msgpack natsort
nest-asyncio oauthlib pathspec peewee platformdirs pluggy pycodestyle pycountry pyflakes pygments pyparsing
python-json-logger+typing-extensions rapidfuzz+numpy schedule semver simplejson sortedcontainers sqlparse termcolor toolz
tomli unidecode wcwidth webencodings websocket-client wrapt xxhash zipp

aiohttp: aiohappyeyeballs aiosignal async-timeout attrs frozenlist multidict propcache yarl idna charset-normalizer
aiosqlite: typing-extensions
alembic: mako sqlalchemy typing-extensions tomli
anthropic: anyio distro docstring-parser httpx jiter pydantic sniffio typing-extensions tokenizers
aiogram: aiofiles aiohttp babel certifi magic-filter pydantic typing-extensions
anyio: idna sniffio typing-extensions exceptiongroup
apscheduler: tzlocal pytz six setuptools
asgiref: typing-extensions
asyncpg: async-timeout
beautifulsoup4: soupsieve typing-extensions
black: click mypy-extensions packaging pathspec platformdirs pytokens tomli typing-extensions
boto3: botocore jmespath s3transfer python-dateutil urllib3 six
celery: billiard click click-didyoumean click-plugins click-repl kombu python-dateutil tzdata vine pytz redis prompt-toolkit
celery[redis]: redis
cffi: pycparser
click: colorama
croniter: python-dateutil pytz
cryptography: cffi typing-extensions
discord-py: aiohttp audioop-lts tzdata
discord-py[voice]: pynacl
django: asgiref sqlparse tzdata pytz
djangorestframework: django pytz
django-cors-headers: django asgiref
dj-database-url: django typing-extensions
email-validator: dnspython idna
fastapi: annotated-doc pydantic starlette typing-extensions typing-inspection
fastapi[standard]: email-validator fastapi-cli httpx jinja2 python-multipart uvicorn[standard] pydantic-settings pydantic-extra-types
fastapi[all]: email-validator fastapi-cli httpx jinja2 python-multipart uvicorn[standard] pydantic-settings pydantic-extra-types itsdangerous orjson ujson pyyaml
fastapi-cli: rich-toolkit typer uvicorn[standard]
feedparser: sgmllib3k
flake8: mccabe pycodestyle pyflakes
flask: blinker click itsdangerous jinja2 markupsafe werkzeug importlib-metadata
flask-cors: flask werkzeug six
flask-login: flask werkzeug
flask-migrate: alembic flask flask-sqlalchemy
flask-sqlalchemy: flask sqlalchemy
flask-wtf: flask itsdangerous wtforms
gunicorn: packaging setuptools
httpcore: certifi h11 anyio
httpx: anyio certifi httpcore idna sniffio
jinja2: markupsafe
kombu: amqp packaging tzdata vine typing-extensions
loguru: colorama
mako: markupsafe
mypy: librt mypy-extensions pathspec tomli typing-extensions
openai: anyio distro httpx jiter pydantic sniffio tqdm typing-extensions requests aiohttp
openpyxl: et-xmlfile
packaging: pyparsing six
pandas: numpy python-dateutil pytz tzdata six
passlib[bcrypt]: bcrypt
passlib[argon2]: argon2-cffi
pgvector: numpy
pipenv: certifi distlib filelock packaging platformdirs setuptools virtualenv virtualenv-clone
poetry: anyio attrs build cachecontrol cachy certifi cffi charset-normalizer cleo clikit crashtest cryptography distlib dulwich fastjsonschema filelock findpython h11 html5lib httpcore httpx idna importlib-metadata installer jaraco-classes jeepney jsonschema keyring lockfile more-itertools msgpack packaging pastel pbs-installer pexpect pkginfo platformdirs poetry-core poetry-plugin-export ptyprocess pycparser pylev pyproject-hooks pyrsistent rapidfuzz referencing requests requests-toolbelt rpds-py secretstorage shellingham six sniffio tomli tomlkit trove-classifiers typing-extensions urllib3 virtualenv webencodings xattr zipp zstandard
psycopg: typing-extensions tzdata
psycopg[binary]: psycopg-binary
psycopg[pool]: psycopg-pool
psycopg[c]: psycopg-c
psycopg-pool: typing-extensions
pydantic: annotated-types pydantic-core typing-extensions typing-inspection
pydantic[email]: email-validator
pydantic[dotenv]: python-dotenv
pydantic-core: typing-extensions
pydantic-settings: pydantic python-dotenv typing-inspection
pypdf: typing-extensions
pytest: attrs iniconfig packaging pluggy pygments setuptools six toml tomli py more-itertools wcwidth exceptiongroup
pytest-asyncio: pytest typing-extensions
pytest-cov: pytest coverage pluggy tomli
pytest-mock: pytest
python-dateutil: six
python-jose: ecdsa pyasn1 rsa six future pycrypto
python-jose[cryptography]: cryptography
python-slugify: text-unidecode
redis: async-timeout pyjwt packaging deprecated wrapt importlib-metadata
redis[hiredis]: hiredis
requests-oauthlib: oauthlib requests
requests: certifi chardet charset-normalizer idna urllib3
rich: markdown-it-py pygments typing-extensions commonmark
rsa: pyasn1
sentry-sdk: certifi urllib3
slowapi: limits redis
limits: deprecated packaging typing-extensions
sqlalchemy: greenlet typing-extensions importlib-metadata
sqlmodel: pydantic sqlalchemy
sse-starlette: anyio starlette uvicorn fastapi
starlette: anyio typing-extensions
stripe: requests typing-extensions httpx
tiktoken: regex requests
tqdm: colorama
twilio: aiohttp aiohttp-retry pyjwt requests pytz six
typer: click rich shellingham typing-extensions
uvicorn: click h11 typing-extensions
uvicorn[standard]: httptools python-dotenv pyyaml uvloop watchfiles websockets
watchfiles: anyio
werkzeug: markupsafe
yarl: idna multidict propcache
`

const dependencies = new Map<string, readonly string[]>()
for (const line of table.split('\n')) {
  const [, name, all = ''] = /^(\S+): (.*)$/.exec(line) ?? []
  if (name) dependencies.set(name, all.split(' '))
  else
    for (const word of line.split(' ').filter(Boolean))
      dependencies.set(word.split('+')[0] as string, word.split('+').slice(1))
}

/** Names of packages that are in an environment, and whether those that are not known may bring more. */
export interface Brought {
  names: ReadonlySet<string>
  /** Packages of which it is not known what they bring along. */
  unknown: readonly string[]
}

/** What requirements bring, as far as it is known. */
export function broughtBy(requirements: readonly ParsedRequirement[]): Brought {
  const names = new Set<string>()
  for (const {name, extras, specifier} of requirements) {
    names.add(name)
    for (const extra of extras) names.add(`${name}[${extra}]`)
    if (bringsStandard({name, specifier})) names.add('fastapi[standard]')
  }
  const asked = new Set(requirements.map(({name}) => name))
  const unknown: string[] = []
  for (const name of names) {
    if (name.endsWith(']')) names.add(name.replace(/\[.*/, ''))
    const known = dependencies.get(name)
    if (known) for (const each of known) names.add(each)
    // An extra that is not listed may bring anything.
    else if (asked.has(name.split('[')[0] as string)) unknown.push(name)
  }
  return {names, unknown}
}
