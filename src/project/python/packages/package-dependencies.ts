import {isIn} from './image-versions.ts'
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
aiohappyeyeballs aiolimiter backoff brotli cachelib cfgv cycler decorator defusedxml distlib distro django-environ duckdb
execnet fastuuid filetype fonttools frozenlist fsspec future hf-xet hpack httpx-sse httpx2-jsfetch hyperframe identify
iniconfig joblib jsonpointer kiwisolver mdurl monotonic more-itertools mpmath msgspec mypy-extensions narwhals ordered-set
ormsgpack polars-runtime-32 portalocker propcache protobuf pycryptodome pydub pydyf pymupdfb pypdfium2 pyphen pypng
pyrate-limiter pyrsistent python-ulid rpds-py safetensors shellingham strenum threadpoolctl tornado truststore uritemplate
uuid-utils xlsxwriter zopfli

aiogram: aiofiles aiohttp babel certifi magic-filter pydantic typing-extensions
aiohttp: aiohappyeyeballs aiosignal async-timeout attrs frozenlist multidict propcache yarl idna charset-normalizer
aiokafka: async-timeout packaging typing-extensions
aiosignal: frozenlist typing-extensions
aiosqlite: typing-extensions
alembic: mako sqlalchemy typing-extensions tomli
anthropic: anyio distro docstring-parser httpx jiter pydantic sniffio typing-extensions tokenizers
anyio: idna sniffio typing-extensions exceptiongroup
apscheduler: tzlocal pytz six setuptools
argon2-cffi: argon2-cffi-bindings
argon2-cffi-bindings: cffi
arq: click redis[hiredis]
asgiref: typing-extensions
asyncpg: async-timeout
authlib: cryptography joserfc
babel: pytz setuptools
beautifulsoup4: soupsieve typing-extensions
black: click mypy-extensions packaging pathspec platformdirs pytokens tomli typing-extensions
bleach: six webencodings packaging
bleach[css]: tinycss2
boto3: botocore jmespath s3transfer python-dateutil urllib3 six
botocore: jmespath python-dateutil urllib3
celery: billiard click click-didyoumean click-plugins click-repl kombu python-dateutil tzdata vine pytz redis prompt-toolkit
celery[redis]: redis
cffi: pycparser
click: colorama
contourpy: numpy
croniter: python-dateutil pytz
cryptography: cffi typing-extensions
cssselect2: tinycss2 webencodings
dataclasses-json: marshmallow marshmallow-enum typing-inspect
deprecated: wrapt
deprecation: packaging
discord-py: aiohttp audioop-lts tzdata
discord-py[voice]: pynacl
dj-database-url: django typing-extensions
django: asgiref sqlparse tzdata pytz
django-allauth: asgiref django pyjwt python3-openid requests requests-oauthlib
django-cors-headers: django asgiref
django-extensions: django
django-filter: django
djangorestframework: django pytz
djangorestframework-simplejwt: django djangorestframework pyjwt
email-validator: dnspython idna
factory-boy: faker
faiss-cpu: numpy packaging
faker: tzdata python-dateutil text-unidecode
fastapi: annotated-doc pydantic starlette typing-extensions typing-inspection
fastapi-cli: rich-toolkit typer uvicorn[standard]
fastapi-limiter: fastapi pyrate-limiter
fastapi[all]: email-validator fastapi-cli httpx jinja2 python-multipart uvicorn[standard] pydantic-settings pydantic-extra-types itsdangerous orjson ujson pyyaml
fastapi[standard-no-fastapi-cloud-cli]: email-validator fastapi-cli httpx jinja2 python-multipart uvicorn[standard] pydantic-settings pydantic-extra-types
fastapi[standard]: email-validator fastapi-cli httpx jinja2 python-multipart uvicorn[standard] pydantic-settings pydantic-extra-types
feedparser: sgmllib3k
ffmpeg-python: future
flake8: mccabe pycodestyle pyflakes
flask: blinker click itsdangerous jinja2 markupsafe werkzeug importlib-metadata
flask-cors: flask werkzeug six
flask-login: flask werkzeug
flask-migrate: alembic flask flask-sqlalchemy
flask-session: flask cachelib msgspec redis
flask-sqlalchemy: flask sqlalchemy
flask-wtf: flask itsdangerous wtforms
flower: celery humanize prometheus-client pytz tornado
fonttools[woff]: brotli zopfli
google-ai-generativelanguage: google-api-core google-auth proto-plus protobuf grpcio
google-api-core: google-auth googleapis-common-protos proto-plus protobuf requests grpcio grpcio-status six
google-api-python-client: google-api-core google-auth google-auth-httplib2 httplib2 uritemplate
google-auth: cachetools cryptography pyasn1-modules rsa six urllib3
google-auth-httplib2: google-auth httplib2
google-auth-oauthlib: google-auth requests-oauthlib
google-auth[requests]: requests
google-genai: anyio distro google-auth httpx pydantic requests sniffio tenacity typing-extensions websockets
google-generativeai: google-ai-generativelanguage google-api-core google-api-python-client google-auth protobuf pydantic tqdm typing-extensions
googleapis-common-protos: protobuf grpcio
gotrue: httpx httpx[http2] pydantic pyjwt
groq: anyio distro httpx pydantic sniffio typing-extensions
grpcio: typing-extensions
grpcio-status: grpcio protobuf googleapis-common-protos
grpcio-tools: grpcio protobuf setuptools
gunicorn: packaging setuptools
h2: hpack hyperframe
html5lib: six webencodings
httpcore: certifi h11 anyio
httpcore2: h11 truststore
httplib2: pyparsing
httpx: anyio certifi httpcore idna sniffio
httpx2: anyio httpcore2 httpx2-jsfetch idna truststore typing-extensions
httpx[http2]: h2
huggingface-hub: click filelock fsspec hf-xet httpx packaging pyyaml requests shellingham tqdm typer typer-slim typing-extensions
hypothesis: sortedcontainers attrs
icalendar: python-dateutil typing-extensions tzdata
importlib-metadata: zipp
jinja2: markupsafe
joserfc: cryptography
jsonpatch: jsonpointer
jsonschema: attrs jsonschema-specifications pyrsistent referencing rpds-py
jsonschema-specifications: referencing
kombu: amqp packaging tzdata vine typing-extensions
langchain: aiohttp async-timeout dataclasses-json langchain-core langchain-text-splitters langgraph langsmith numexpr numpy openapi-schema-pydantic pydantic pyyaml requests sqlalchemy tenacity
langchain-anthropic: anthropic langchain-core pydantic
langchain-classic: langchain-core langchain-text-splitters langsmith pydantic pyyaml requests sqlalchemy
langchain-community: aiohttp dataclasses-json httpx-sse langchain langchain-classic langchain-core langsmith numpy pydantic-settings pyyaml requests sqlalchemy tenacity
langchain-core: jsonpatch langchain-protocol langsmith packaging pydantic pyyaml tenacity typing-extensions uuid-utils
langchain-google-genai: filetype google-genai google-generativeai langchain-core pydantic
langchain-groq: groq langchain-core
langchain-openai: langchain-core openai tiktoken
langchain-protocol: typing-extensions
langchain-text-splitters: langchain-core
langdetect: six
langfuse: anyio backoff httpx idna openai opentelemetry-api opentelemetry-exporter-otlp opentelemetry-exporter-otlp-proto-http opentelemetry-sdk packaging pydantic requests wrapt
langgraph: langchain-core langgraph-checkpoint langgraph-prebuilt langgraph-sdk pydantic xxhash
langgraph-checkpoint: langchain-core ormsgpack
langgraph-checkpoint-postgres: langgraph-checkpoint orjson psycopg psycopg-pool
langgraph-checkpoint-sqlite: aiosqlite langgraph-checkpoint
langgraph-prebuilt: langchain-core langgraph-checkpoint
langgraph-sdk: httpx langchain-core langchain-protocol orjson websockets
langsmith: anyio distro httpx orjson packaging pydantic requests requests-toolbelt sniffio typing-extensions uuid-utils websockets xxhash zstandard
levenshtein: rapidfuzz
limits: deprecated packaging typing-extensions
litellm: aiohttp click fastuuid grpcio httpx importlib-metadata jinja2 jsonschema openai pydantic python-dotenv tiktoken tokenizers
loguru: colorama
mako: markupsafe
markdown: importlib-metadata
markdown-it-py: mdurl
marshmallow: packaging
marshmallow-enum: marshmallow
matplotlib: contourpy cycler fonttools kiwisolver numpy packaging pillow pyparsing python-dateutil
mcp: anyio httpx httpx-sse httpx2 jsonschema mcp-types opentelemetry-api pydantic pydantic-settings pyjwt[crypto] python-multipart sse-starlette starlette typing-extensions typing-inspection uvicorn
mcp-types: pydantic typing-extensions
minio: argon2-cffi certifi pycryptodome typing-extensions urllib3
motor: pymongo
multidict: typing-extensions
mypy: librt mypy-extensions pathspec tomli typing-extensions
neo4j: pytz
networkx: decorator
nodeenv: setuptools
numexpr: numpy
ollama: httpx pydantic
openai: anyio distro httpx jiter pydantic sniffio tqdm typing-extensions requests aiohttp
openapi-schema-pydantic: pydantic
opencv-python: numpy
opencv-python-headless: numpy
openpyxl: et-xmlfile
opentelemetry-api: deprecated importlib-metadata setuptools typing-extensions
opentelemetry-exporter-otlp: opentelemetry-exporter-otlp-proto-grpc opentelemetry-exporter-otlp-proto-http
opentelemetry-exporter-otlp-proto-common: backoff opentelemetry-proto
opentelemetry-exporter-otlp-proto-grpc: backoff deprecated googleapis-common-protos grpcio opentelemetry-api opentelemetry-exporter-otlp-proto-common opentelemetry-proto opentelemetry-sdk typing-extensions
opentelemetry-exporter-otlp-proto-http: deprecated googleapis-common-protos opentelemetry-api opentelemetry-exporter-otlp-proto-common opentelemetry-proto opentelemetry-sdk requests typing-extensions
opentelemetry-proto: protobuf
opentelemetry-sdk: opentelemetry-api opentelemetry-semantic-conventions setuptools typing-extensions
opentelemetry-semantic-conventions: deprecated opentelemetry-api typing-extensions
packaging: pyparsing six
pandas: numpy python-dateutil pytz tzdata six
passlib[argon2]: argon2-cffi
passlib[bcrypt]: bcrypt
pdfminer-six: charset-normalizer cryptography
pdfplumber: pdfminer-six pillow pypdfium2
pgvector: numpy
pipenv: certifi distlib filelock packaging platformdirs setuptools virtualenv virtualenv-clone
playwright: greenlet pyee typing-extensions websockets
poetry: anyio attrs build cachecontrol cachy certifi cffi charset-normalizer cleo clikit crashtest cryptography distlib dulwich fastjsonschema filelock findpython h11 html5lib httpcore httpx idna importlib-metadata installer jaraco-classes jeepney jsonschema keyring lockfile more-itertools msgpack packaging pastel pbs-installer pexpect pkginfo platformdirs poetry-core poetry-plugin-export ptyprocess pycparser pylev pyproject-hooks pyrsistent rapidfuzz referencing requests requests-toolbelt rpds-py secretstorage shellingham six sniffio tomli tomlkit trove-classifiers typing-extensions urllib3 virtualenv webencodings xattr zipp zstandard
polars: polars-runtime-32
postgrest: deprecation httpx httpx[http2] pydantic strenum yarl
posthog: backoff distro monotonic python-dateutil requests six typing-extensions
pre-commit: cfgv identify nodeenv pyyaml toml virtualenv
prometheus-fastapi-instrumentator: prometheus-client starlette
proto-plus: protobuf
psycopg: typing-extensions tzdata
psycopg-pool: typing-extensions
psycopg[binary]: psycopg-binary
psycopg[c]: psycopg-c
psycopg[pool]: psycopg-pool
pyarrow: numpy
pyasn1-modules: pyasn1
pydantic: annotated-types pydantic-core typing-extensions typing-inspection
pydantic-core: typing-extensions
pydantic-settings: pydantic python-dotenv typing-inspection
pydantic[dotenv]: python-dotenv
pydantic[email]: email-validator
pyee: typing-extensions
pyjwt[crypto]: cryptography
pymongo: dnspython
pymupdf: pymupdfb
pypdf: typing-extensions
pytesseract: packaging pillow
pytest: attrs iniconfig packaging pluggy pygments setuptools six toml tomli py more-itertools wcwidth exceptiongroup
pytest-asyncio: pytest typing-extensions
pytest-cov: pytest coverage pluggy tomli
pytest-env: pytest python-dotenv
pytest-mock: pytest
pytest-timeout: pytest
pytest-xdist: execnet pytest
python-dateutil: six
python-discovery: filelock platformdirs
python-docx: lxml typing-extensions
python-jose: ecdsa pyasn1 rsa six future pycrypto
python-jose[cryptography]: cryptography
python-levenshtein: levenshtein rapidfuzz
python-pptx: lxml pillow typing-extensions xlsxwriter
python-slugify: text-unidecode
python-telegram-bot: httpx httpcore certifi tornado apscheduler pytz cachetools
python-telegram-bot[job-queue]: apscheduler pytz
python-telegram-bot[rate-limiter]: aiolimiter
python-telegram-bot[webhooks]: tornado
python3-openid: defusedxml
qdrant-client: grpcio httpx httpx[http2] numpy portalocker protobuf pydantic urllib3 grpcio-tools
qrcode: colorama pypng typing-extensions
qrcode[pil]: pillow
realtime: aiohttp pydantic python-dateutil typing-extensions websockets
redis: async-timeout pyjwt packaging deprecated wrapt importlib-metadata
redis[hiredis]: hiredis
referencing: attrs rpds-py typing-extensions
reportlab: pillow chardet charset-normalizer
requests: certifi chardet charset-normalizer idna urllib3
requests-oauthlib: oauthlib requests
requests-toolbelt: requests
resend: requests typing-extensions
respx: httpx
rich: markdown-it-py pygments typing-extensions commonmark
rich-toolkit: click rich typing-extensions
rq: click croniter redis
rsa: pyasn1
s3transfer: botocore
scikit-learn: joblib narwhals numpy scipy threadpoolctl
scipy: numpy
seaborn: matplotlib numpy pandas
sentence-transformers: huggingface-hub numpy pillow scikit-learn scipy torch tqdm transformers typing-extensions
sentry-sdk: certifi urllib3
sentry-sdk[celery]: celery
sentry-sdk[django]: django
sentry-sdk[fastapi]: fastapi
sentry-sdk[flask]: flask blinker markupsafe
sentry-sdk[sqlalchemy]: sqlalchemy
sentry-sdk[starlette]: starlette
slowapi: limits redis
soundfile: cffi numpy
sqladmin: jinja2 python-multipart sqlalchemy starlette wtforms
sqlalchemy: greenlet typing-extensions importlib-metadata
sqlalchemy[asyncio]: greenlet
sqlmodel: pydantic sqlalchemy
sse-starlette: anyio starlette uvicorn fastapi
standardwebhooks: attrs deprecated httpx python-dateutil
starlette: anyio typing-extensions
starlette-prometheus: prometheus-client starlette
storage3: deprecation httpx httpx[http2] pydantic python-dateutil typing-extensions yarl
stripe: requests typing-extensions httpx
supabase: gotrue httpx postgrest realtime storage3 supabase-auth supabase-functions supafunc yarl
supabase-auth: cryptography httpx httpx[http2] pydantic pyjwt pyjwt[crypto]
supabase-functions: httpx httpx[http2] strenum yarl
supafunc: httpx httpx[http2] strenum
svix: attrs deprecated httpx pydantic python-dateutil standardwebhooks
sympy: mpmath
tiktoken: regex requests
tinycss2: webencodings
tinyhtml5: webencodings
tokenizers: huggingface-hub
torch: filelock fsspec jinja2 networkx setuptools sympy typing-extensions numpy
torchvision: numpy pillow torch
tqdm: colorama
transformers: filelock huggingface-hub numpy packaging pyyaml regex requests safetensors tokenizers tqdm typer typer-slim
twilio: aiohttp aiohttp-retry pyjwt requests pytz six
typer: click rich shellingham typing-extensions
typer-slim: click typer typing-extensions
typing-inspect: mypy-extensions typing-extensions
typing-inspection: typing-extensions
uvicorn: click h11 typing-extensions
uvicorn[standard]: httptools python-dotenv pyyaml uvloop watchfiles websockets
virtualenv: distlib filelock platformdirs python-discovery six
watchfiles: anyio
weasyprint: cffi cssselect2 fonttools[woff] pillow pydyf pyphen tinycss2 tinyhtml5 html5lib
werkzeug: markupsafe
wtforms: markupsafe
xgboost: numpy scipy
yarl: idna multidict propcache
zstandard: cffi
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

/** What newer versions of a package bring no more: its name, and versions that do not; pip takes the newest that it may. */
const noMore: ReadonlyMap<string, readonly [name: string, versions: readonly string[]]> = new Map([
  ['gunicorn', ['setuptools', ['21.0.0', '21.2.0', '22.0.0', '23.0.0', '99.0.0']]],
])

/** What requirements bring, as far as it is known. */
export function broughtBy(requirements: readonly ParsedRequirement[]): Brought {
  const names = new Set<string>()
  for (const {name, extras, specifier} of requirements) {
    names.add(name)
    for (const extra of extras) names.add(`${name}[${extra}]`)
    if (bringsStandard({name, specifier})) names.add('fastapi[standard]')
  }
  const asked = new Set(requirements.map(({name}) => name))
  const left = new Map(requirements.map((each) => [each.name, leftOut(each)]))
  const unknown: string[] = []
  for (const name of names) {
    if (name.endsWith(']')) names.add(name.replace(/\[.*/, ''))
    const known = dependencies.get(name)?.filter((each) => each !== left.get(name))
    if (known) for (const each of known) names.add(each)
    // An extra that is not listed may bring anything.
    else if (asked.has(name.split('[')[0] as string)) unknown.push(name)
  }
  return {names, unknown}
}

/** What the version that pip takes for a requirement does not bring any more. */
function leftOut({name, specifier}: ParsedRequirement): string | undefined {
  const [gone, versions = []] = noMore.get(name) ?? []
  return versions.some((version) => isIn(version, specifier)) ? gone : undefined
}
