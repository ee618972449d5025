/**
 * Modules that well known packages bring, and those packages (their metadata on PyPI, `top_level.txt`). A package that is
 * not listed may bring any module; of a module that is not listed nothing is said.
 */
const otherNames = `
attr: attrs
bs4: beautifulsoup4 bs4
cv2: opencv-python opencv-python-headless opencv-contrib-python opencv-contrib-python-headless
dateutil: python-dateutil
decouple: python-decouple
dj_database_url: dj-database-url
docx: python-docx docx
dotenv: python-dotenv dotenv
engineio: python-engineio
environ: django-environ environ-config
fitz: pymupdf fitz
flask_cors: flask-cors
flask_jwt_extended: flask-jwt-extended
flask_limiter: flask-limiter
flask_login: flask-login
flask_mail: flask-mail
flask_migrate: flask-migrate
flask_socketio: flask-socketio
flask_sqlalchemy: flask-sqlalchemy flask-sqlalchemy-lite
flask_wtf: flask-wtf
geoalchemy2: geoalchemy2
git: gitpython
github: pygithub
googleapiclient: google-api-python-client
jose: python-jose
jwt: pyjwt jwt python-jwt
magic: python-magic python-magic-bin filemagic
MySQLdb: mysqlclient mysql-python pymysql
OpenSSL: pyopenssl
PIL: pillow pillow-simd
pptx: python-pptx
psycopg2: psycopg2 psycopg2-binary
psycopg_pool: psycopg-pool
pydantic_settings: pydantic-settings
rest_framework: djangorestframework
corsheaders: django-cors-headers
rest_framework_simplejwt: djangorestframework-simplejwt
django_filters: django-filter
crispy_forms: django-crispy-forms
crispy_bootstrap5: crispy-bootstrap5
crispy_tailwind: crispy-tailwind
allauth: django-allauth
storages: django-storages
django_extensions: django-extensions
drf_spectacular: drf-spectacular
drf_yasg: drf-yasg drf-yasg2
channels: channels
django_celery_beat: django-celery-beat
django_celery_results: django-celery-results
django_htmx: django-htmx
widget_tweaks: django-widget-tweaks
phonenumber_field: django-phonenumber-field
taggit: django-taggit
import_export: django-import-export
simple_history: django-simple-history
anymail: django-anymail
csp: django-csp
axes: django-axes
dj_rest_auth: dj-rest-auth
djoser: djoser
oauth2_provider: django-oauth-toolkit
jazzmin: django-jazzmin
unfold: django-unfold
django_vite: django-vite
sendgrid: sendgrid
sentry_sdk: sentry-sdk
serial: pyserial serial
sklearn: scikit-learn sklearn scikit-learn-intelex
slugify: python-slugify awesome-slugify unicode-slugify
socketio: python-socketio
sse_starlette: sse-starlette
sqlalchemy_utils: sqlalchemy-utils
telegram: python-telegram-bot telegram
telebot: pytelegrambotapi
yaml: pyyaml ruamel-yaml pyyaml-ft
zmq: pyzmq
email_validator: email-validator
fastapi_mail: fastapi-mail
fastapi_users: fastapi-users
fastapi_limiter: fastapi-limiter
fastapi_cache: fastapi-cache fastapi-cache2
prometheus_client: prometheus-client
prometheus_fastapi_instrumentator: prometheus-fastapi-instrumentator
apscheduler: apscheduler
langchain_openai: langchain-openai
langchain_anthropic: langchain-anthropic
langchain_community: langchain-community
langchain_core: langchain-core
langchain_text_splitters: langchain-text-splitters
googlemaps: googlemaps
pymongo: pymongo
bson: pymongo bson
motor: motor
jinja2: jinja2
markdown: markdown
openpyxl: openpyxl
pkg_resources: setuptools
pythonjsonlogger: python-json-logger
ulid: python-ulid ulid ulid-py
user_agents: user-agents
whitenoise: whitenoise
webauthn: webauthn
nacl: pynacl
kafka: kafka-python kafka-python-ng
newrelic: newrelic
ddtrace: ddtrace
elasticsearch: elasticsearch elasticsearch7 elasticsearch8
qdrant_client: qdrant-client
sentence_transformers: sentence-transformers
phonenumbers: phonenumbers phonenumberslite
youtube_transcript_api: youtube-transcript-api
yt_dlp: yt-dlp
speech_recognition: speechrecognition
argon2: argon2-cffi argon2-cffi-bindings
tzlocal: tzlocal
argon2: argon2-cffi
assemblyai: assemblyai
clickhouse_connect: clickhouse-connect
deepgram: deepgram-sdk
discord: discord-py py-cord pycord discord
faiss: faiss-cpu faiss-gpu faiss
firebase_admin: firebase-admin
frontmatter: python-frontmatter frontmatter
linebot: line-bot-sdk
pinecone: pinecone pinecone-client
pyrogram: pyrogram pyrofork kurigram pyroblack pyrotgfork electrogram
pythonjsonlogger: python-json-logger
slack_bolt: slack-bolt
slack_sdk: slack-sdk slack-bolt
weaviate: weaviate-client
redis: redis
celery: celery
aio_pika: aio-pika
crewai: crewai
ddgs: ddgs
duckduckgo_search: duckduckgo-search
fastmcp: fastmcp
faster_whisper: faster-whisper
flasgger: flasgger
fpdf: fpdf2 fpdf
google_auth_oauthlib: google-auth-oauthlib
html2text: html2text
joblib: joblib
langchain_google_genai: langchain-google-genai
langfuse: langfuse
ollama: ollama
pydantic_ai: pydantic-ai pydantic-ai-slim
PyPDF2: pypdf2
rq: rq
schedule: schedule
soundfile: soundfile
tabulate: tabulate
thefuzz: thefuzz
`

/** Modules in a folder that several packages fill: each has a package of its own. */
const shared = `
azure.cognitiveservices.speech: azure-cognitiveservices-speech
azure.communication.email: azure-communication-email
azure.identity: azure-identity
azure.storage.blob: azure-storage-blob
google.adk: google-adk
google.cloud.aiplatform: google-cloud-aiplatform
google.cloud.bigquery: google-cloud-bigquery
google.cloud.firestore: google-cloud-firestore
google.cloud.pubsub_v1: google-cloud-pubsub
google.cloud.secretmanager: google-cloud-secret-manager
google.cloud.speech: google-cloud-speech
google.cloud.storage: google-cloud-storage
google.cloud.tasks_v2: google-cloud-tasks
google.cloud.texttospeech: google-cloud-texttospeech
google.cloud.translate_v2: google-cloud-translate
google.cloud.vision: google-cloud-vision
google.genai: google-genai
google.generativeai: google-generativeai
google.oauth2: google-auth
opentelemetry.exporter.otlp.proto.grpc: opentelemetry-exporter-otlp-proto-grpc opentelemetry-exporter-otlp
opentelemetry.exporter.otlp.proto.http: opentelemetry-exporter-otlp-proto-http opentelemetry-exporter-otlp
opentelemetry.instrumentation.asyncpg: opentelemetry-instrumentation-asyncpg
opentelemetry.instrumentation.celery: opentelemetry-instrumentation-celery
opentelemetry.instrumentation.django: opentelemetry-instrumentation-django
opentelemetry.instrumentation.fastapi: opentelemetry-instrumentation-fastapi
opentelemetry.instrumentation.flask: opentelemetry-instrumentation-flask
opentelemetry.instrumentation.httpx: opentelemetry-instrumentation-httpx
opentelemetry.instrumentation.logging: opentelemetry-instrumentation-logging
opentelemetry.instrumentation.psycopg: opentelemetry-instrumentation-psycopg
opentelemetry.instrumentation.psycopg2: opentelemetry-instrumentation-psycopg2
opentelemetry.instrumentation.redis: opentelemetry-instrumentation-redis
opentelemetry.instrumentation.requests: opentelemetry-instrumentation-requests
opentelemetry.instrumentation.sqlalchemy: opentelemetry-instrumentation-sqlalchemy
`

/** Modules whose package has the same name. */
const sameNames = `
  aioboto3 aiobotocore aiofiles aiohttp aiomysql aiopg aioredis aiosmtplib aiosqlite alembic anthropic anyio arq asyncpg
  authlib backoff bcrypt boto3 botocore cachetools certifi chardet click cohere croniter cryptography databases django
  dramatiq ecdsa email_validator fakeredis fastapi feedparser filelock flask geopy gevent greenlet groq gspread gunicorn
  h11 hiredis httpx hypercorn icalendar itsdangerous jinja2 jsonschema kombu langchain langgraph langsmith loguru lxml
  mako markupsafe marshmallow matplotlib minio mistralai networkx nltk numpy openai orjson pandas passlib peewee pgvector
  playwright plotly polars psutil psycopg pyarrow pydantic pymysql pyotp pypdf pytest pytz qrcode quart reportlab
  requests rich sanic scipy seaborn selenium shapely shortuuid simplejson six slowapi spacy sqlalchemy sqlmodel starlette
  streamlit stripe structlog supabase tavily tenacity tiktoken toml torch tortoise tqdm transformers trafilatura tweepy
  aiogram arrow beanie bleach catboost ccxt chromadb dash deep_translator duckdb edge_tts elasticsearch elevenlabs eth_account
  fastapi_limiter fastapi_mail fastapi_users geoip2 gradio gtts holidays humanize instructor langdetect lightgbm litellm
  markdown2 meilisearch mercadopago mongoengine motor moviepy neo4j nh3 pdf2image pdfplumber pendulum
  prometheus_fastapi_instrumentator prophet pwdlib pycountry pydub pymongo pytesseract qdrant_client razorpay replicate resend
  statsmodels telethon textblob twilio typer ujson uvicorn uvloop validators web3 xgboost xlrd xlsxwriter yfinance yt_dlp watchfiles weasyprint websockets werkzeug xmltodict`

const providers = new Map<string, readonly string[]>()
for (const name of sameNames.split(/\s+/).filter(Boolean)) providers.set(name, [name.replaceAll('_', '-')])
for (const [, name = '', all = ''] of (otherNames + shared).matchAll(/^([\w.]+): (.+)$/gm))
  providers.set(name, all.split(' '))

/** The packages of which one must be there for a module; undefined for modules that are not known. */
export const providersOf = (module: string): readonly string[] | undefined => providers.get(module)

/** The modules that an import names and that packages are known by: `google.genai` of `from google import genai`. */
export function packagedModules({name, names}: {name: string; names: readonly string[]}): string[] {
  const [top = ''] = name.split('.')
  const inside = [name, ...names.map((each) => `${name}.${each}`)].flatMap((path) => {
    const parts = path.split('.')
    const known = parts.map((_, index) => parts.slice(0, index + 1).join('.')).filter((each) => /\./.test(each))
    return known.filter((each) => providers.has(each))
  })
  return [top, ...new Set(inside)]
}

/** Whether the name of a package says that it may bring a module, or one that needs it: `flask-cors` for flask. */
export function resembles(name: string, module: string): boolean {
  const plain = module.toLowerCase().replaceAll(/[_.]/g, '-')
  return `-${name}-`.includes(`-${plain}-`) || name.replaceAll('-', '').includes(plain.replaceAll('-', ''))
}
