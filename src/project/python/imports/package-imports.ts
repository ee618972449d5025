import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {TextFile} from '../../files/text.ts'
import {overlaps} from '../../image/files/image-path.ts'
import type {Inputs} from '../../inputs.ts'
import type {StartedCommand} from '../../processes/processes.ts'
import {copiedPython} from '../copied-python.ts'
import {imagePython} from '../image-python.ts'
import {type InstalledPackages, installedPackages} from '../packages/installed-packages.ts'
import type {Python} from '../python.ts'
import {packagedModules, providersOf, resembles} from './import-names.ts'
import {laterImports} from './later-imports.ts'
import {standardLibrary} from './standard-library.ts'
import {djangoOf, isOwnModule, startedImports} from './started-imports.ts'
import {startedModules} from './started-modules.ts'
import type {Import} from './top-level-imports.ts'

/** An import of somebody else's package that no installed package brings. */
export interface PackageImport {
  /** The top-level module: `yaml`; or one in a folder that several packages fill: `google.genai`. */
  module: string
  /** The package that brings it, as pip names it. */
  package: string
  at: FileLocation
  /** A command that runs the module. */
  command: StartedCommand
  installed: InstalledPackages
  /** A lock file has everything that is installed, and none of it brings the module. */
  proven: boolean
  /** It stands in a function of a module that is loaded. */
  isLater: boolean
}

/** Imports that surely run when the deploy starts its modules, of packages that the image does not have. */
export async function loadPackageImports({reader}: Inputs, facts: FactStore): Promise<Fact<PackageImport[]>> {
  const [[python, image, processes, files], flyConfig, build] = await Promise.all([
    facts.needAll('python', 'image', 'processes', 'files'),
    facts.value('flyConfig'),
    facts.value('build'),
  ])
  // Packages may stand on a volume.
  const {env = {}, mounts = []} = flyConfig?.config ?? {}
  const folders = (env.PYTHONPATH ?? image.final.env.get('PYTHONPATH')?.value ?? '').split(':').filter(Boolean)
  if (folders.some((folder) => mounts.some(({destination = '/'}) => overlaps(folder, destination)))) return known([])
  const paths = copiedPython(image, files)
  const installed = await installedPackages(image, {reader, python, processes})
  if (!installed) return known([])
  const found = new Map<string, PackageImport>()
  // Images of Python before 3.12, and the environments that they make, have setuptools.
  const minor = Number(imagePython(image.final)?.split('.')[1] ?? 0)
  const isBrought = (module: string) => module === 'pkg_resources' && minor < 12
  const django = djangoOf(flyConfig, image, processes)
  for (const each of await startedImports(processes, paths, reader, django, build)) {
    const {top, at, command} = each
    if (isOwnModule(top, files)) continue
    for (const module of packagedModules(each)) {
      if (found.has(module) || isBrought(module)) continue
      const missing = lacks(module, installed) ?? declared(module, installed, python)
      if (missing) found.set(module, {module, ...missing, at, command, installed, isLater: false})
    }
  }
  // What a list of the project names, if only in a comment, is known to be left out.
  const lists = await reader.texts([...python.requirements.keys(), ...python.pyprojects.keys()])
  const isNamed = (name: string) => lists.some(({text}) => text.toLowerCase().includes(name))
  for (const {name, names, relative, start, end, file, command} of await importsOfFunctions()) {
    const top = name.split('.')[0] as string
    if (relative > 0 || isOwnModule(top, files)) continue
    for (const module of packagedModules({name, names})) {
      if (found.has(module) || isBrought(module)) continue
      const missing = lacks(module, installed)
      if (!missing || isNamed(missing.package) || isNamed(module.toLowerCase())) continue
      const at = file.span(start, end)
      found.set(module, {module, ...missing, at, command, installed, isLater: true})
    }
  }
  return known([...found.values()])

  async function importsOfFunctions(): Promise<(Import & {file: TextFile; command: StartedCommand})[]> {
    const later: (Import & {file: TextFile; command: StartedCommand})[] = []
    for (const command of processes.commands.filter(({certain, supervised}) => certain || supervised)) {
      const sources = await reader.texts(await startedModules([command.text], paths, reader))
      later.push(...sources.flatMap((file) => laterImports(file.text).map((each) => ({...each, file, command}))))
    }
    return later
  }
}

/** Plug-ins of test programs and linters, and types: they are called by what they are for. */
const forOthers = /^(?:pytest|flake8|pylint|mypy|types|sphinx|mkdocs|tox|black|isort)-|-(?:stubs|types)$/

/** A module that is not known, and a package of that name which only other lists of the project have: for development, or of pyproject.toml. */
function declared(
  module: string,
  {names, locked, leftOut}: InstalledPackages,
  {requirements, pyprojects}: Python,
): Pick<PackageImport, 'package' | 'proven'> | undefined {
  if (
    module.length < 4 ||
    standardLibrary.has(module) ||
    providersOf(module) ||
    [...names].some((name) => resembles(name, module))
  )
    return undefined
  const others = [...requirements.values(), ...pyprojects.values()].flatMap((each) =>
    each.requirements.map(({name}) => name),
  )
  const found = others.find((name) => resembles(name, module) && !forOthers.test(name) && (!locked || leftOut(name)))
  return found === undefined ? undefined : {package: found, proven: false}
}

/** Packages that bring much besides what their names tell, or that much depends on: of them it is said only where all is known. */
const common = new Set(
  `requests yaml numpy dotenv jinja2 httpx pydantic click aiohttp cryptography jwt dateutil pytz six attr starlette sqlalchemy
  redis PIL bs4 lxml pandas psutil tqdm rich certifi websockets boto3 botocore markdown werkzeug itsdangerous orjson tenacity
  openai tiktoken uvicorn alembic anyio typer fastapi flask django jsonschema greenlet psycopg2 psycopg asyncpg pydantic_settings
  chardet cachetools h11 markupsafe mako toml ujson simplejson filelock networkx scipy sklearn torch transformers nltk regex
  matplotlib langchain_core langsmith langgraph sentry_sdk prometheus_client email_validator aiofiles aiosqlite pkg_resources
  gevent kombu celery pyarrow OpenSSL nacl bcrypt ecdsa playwright cv2 googleapiclient sse_starlette marshmallow backoff
  sentence_transformers langchain langchain_community langchain_text_splitters babel croniter docx pptx openpyxl pypdf magic
  websocket hiredis uvloop watchfiles gunicorn loguru structlog supabase streamlit pyotp pymongo bson plotly joblib tabulate google.oauth2`.split(
    /\s+/,
  ),
)

const searches = /smol|agno|phi|agent|crew|lang|llama|webui|haystack|autogen|tool|research/

/** What brings modules of one folder along, by the beginning of their names. */
const sharedBy: readonly (readonly [module: RegExp, by: RegExp])[] = [
  [/^azure\./, /azure|msal|lang|llama|semantic|autogen|storages|agent|promptflow|airflow/],
  [
    /^google\.(?:genai|generativeai|adk)/,
    /google|gemini|genai|pydantic-ai|pipecat|livekit|crew|agno|lang|llama|adk|vertex|instructor|mem0|agent|autogen|litellm|graphiti|ai\b/,
  ],
  [/^google\.cloud\./, /google|firebase|gcp|gcs|vertex|lang|llama|dbt|airflow|storages|feast|cloud|bigquery|ai\b/],
  [
    /^opentelemetry\./,
    /logfire|azure|phoenix|arize|openinference|traceloop|openllmetry|lang|trac|lmnr|laminar|openlit|otel|observ|signoz|elastic|splunk|honeycomb|chroma|crew|mem0|semantic|agent|adk|ray|vllm|haystack|pydantic-ai|llama|google-cloud|functions|sentry|litellm|dapr|opentelemetry-(?!api$|sdk$|semantic|exporter|proto)/,
  ],
]

/** Of the same makers, and none of these brings another one of the modules in that folder (their metadata on PyPI). */
const bringNoGoogle =
  /^(?:google-(?:genai|generativeai|auth(?:-httplib2|-oauthlib)?|api-(?:core|python-client)|cloud-(?:storage|secret-manager|firestore|pubsub|bigquery|speech|texttospeech|translate|vision|tasks|logging))|googleapis-common-protos|googlemaps|openai|mistralai|voyageai)$/

/** Of these it is known what brings them along, by words in the names of the packages: one of other names does not. */
const broughtBy: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    aio_pika: /rabbit|faststream|taskiq|dramatiq|nameko|mq|pika/,
    argon2:
      /passlib|pwdlib|libpass|auth|users|security|login|minio|jupyter|notebook|keepass|django|argon|hash|nicegui|reflex/,
    arrow: /time|date|ics|calendar|cookiecutter|schema|fqdn|jupyter|jira|crontab/,
    bcrypt:
      /passlib|auth|users|login|security|paramiko|fabric|ssh|sftp|chroma|crew|embedchain|mem0|agno|phi|langflow|airflow|superset|ansible|kubernetes|prefect|docker|nicegui|reflex|open-webui/,
    bleach: /markdown|nb|jupyter|readme|html|cms|wiki|summernote|ckeditor|kaggle|superset|airflow/,
    catboost: /ml|auto|boost|pycaret|forecast|darts/,
    chromadb: /crew|embedchain|lang|llama|mem0|haystack|vanna|autogen|agno|memory/,
    crewai: /crew|agent|lang|llama|ag-ui/,
    ddgs: searches,
    deepgram: /livekit|vapi|pipecat|voice|vocode|agents/,
    duckdb: /ibis|dbt|dlt|sqlmesh|vanna|superset|splink|openbb|data/,
    duckduckgo_search: searches,
    edge_tts: /tts|voice|speech|video/,
    elasticsearch: /haystack|lang|llama|log|airflow|search/,
    elevenlabs: /pipecat|vocode|livekit|voice|agents|autogen/,
    eth_account:
      /web3|eth|ape|brownie|vyper|hyperliquid|clob|x402|cdp|goat|safe|uniswap|dydx|coinbase|agent|crypto|chain/,
    faiss: /lang|llama|index|vector|search|colbert|ragatouille|txtai|semantic|storm|memory/,
    fastmcp: /mcp|agent|lang|llama/,
    faster_whisper: /whisper|speech|audio|voice|stt|pipecat|livekit/,
    firebase_admin: /fcm|push|notif/,
    flasgger: /flask|swagger|api/,
    fpdf: /pdf|report/,
    geoip2: /maxmind|axes|analytics|geo/,
    google_auth_oauthlib: /google|gspread|gmail|drive|youtube|calendar|gcs|lang|llama|crew|firebase|earthengine/,
    gradio: /fastrtc|daggr|spaces|webui/,
    gtts: /tts|voice|speech|video/,
    holidays: /prophet|darts|calendar|gluonts|business|forecast|series|market|sktime|nixtla|greykite/,
    html2text: /mail|scrap|crawl|html|readab|markdown|lang|llama|crew|news|telegram|ses|rss|feed|discourse|jira/,
    humanize: /flower|jinja|moment|dvc|prefect|locust|optuna|great|time|data/,
    instructor: /crew|atomic|ragas|lang|agent/,
    langchain_google_genai: /lang|mem0|agent|gemini|browser|crew/,
    langdetect: /unstructured|goose|newspaper|trans|text|lang|nlp|sumy|presidio/,
    langfuse: /lang|agent|llama|ragas|haystack|mem0|dify/,
    lightgbm: /ml|auto|flaml|pycaret|forecast|darts|tree/,
    litellm: /crew|dspy|agno|agent|instructor|mem0|aider|guardrails|langroid|swarm|adk|storm|eval|ragas|llm|ai\b/,
    moviepy: /video|short|subtitle|manim|embedchain/,
    motor: /mongo|beanie|odm|bunnet|lang|arctic/,
    neo4j: /graph|llama|lang|cognee|mem0|neo/,
    nh3: /readme|html|sanit|markdown|llm/,
    ollama: /lang|llama|mem0|agno|crew|autogen|haystack|agent|litellm|dspy|graphiti|browser|cognee/,
    pdf2image: /unstructured|ocr|pdf|doc|lang|llama|img|zerox|vision/,
    pdfplumber: /crew|pdf|camelot|doc|langroid|markitdown|tools|unstructured/,
    pendulum: /airflow|prefect|dagster|dlt|singer|meltano|dbt|time|date/,
    pinecone: /canopy|lang|llama|mem0|embedchain|semantic/,
    pwdlib: /users|auth|login|security/,
    pycountry: /countr|phone|locale|holidays|shop|currency|schwifty|addr/,
    pydantic_ai: /agent|logfire|mcp|lang|a2a|fasta2a|ai\b/,
    pydub: /gradio|audio|speech|tts|voice|whisper|music|sound|markitdown|video/,
    PyPDF2: /pdf|embedchain|lang|llama|doc|unstructured|mem0|crew/,
    pymongo: /mongo|motor|beanie|odm|bunnet|celery|kombu|flask-session|apscheduler|lang|llama|haystack|cachelib/,
    pytesseract: /unstructured|ocr|pdf|doc|lang|llama|img|vision|marker/,
    qdrant_client: /mem0|lang|llama|haystack|crew|agno|embedchain|embed|autogen|cognee|rag|qdrant|memory/,
    schedule: /schedul|bot|cron|trad/,
    slack_sdk: /airflow|prefect|apprise|notif/,
    soundfile: /librosa|audio|speech|whisper|tts|voice|music|sound|torch|datasets|nemo|kokoro|livekit|pipecat|vllm/,
    statsmodels:
      /arima|prophet|darts|sktime|forecast|quant|back|vectorbt|pingouin|econ|causal|linearmodels|arch|pycaret|plot/,
    thefuzz: /fuzz|match/,
    validators: /streamlit|url|weaviate|embedchain|oauth|llama/,
    weaviate: /lang|llama|crew|haystack/,
    web3: /eth|ape|brownie|hyperliquid|clob|x402|cdp|goat|safe|uniswap|dydx|coinbase|agent|crypto|chain/,
    xgboost: /ml|auto|flaml|pycaret|forecast|darts|tree|shap/,
    xlsxwriter: /excel|xls|pptx|report|jira|export|docling|pandas|polars|markitdown/,
    xmltodict: /aws|moto|xml|soap|winrm|ansible|saml|paypal|quickbooks|oss|cos|unifi|pubmed/,
    yfinance: /financ|quant|openbb|stock|trad|vectorbt|back|portfolio|market|agno|crew/,
    yt_dlp: /yt|tube|music|savify|spotdl|agno|discord|video/,
  }),
)

function lacks(
  module: string,
  {names, unknown, locked}: InstalledPackages,
): Pick<PackageImport, 'package' | 'proven'> | undefined {
  const providers = providersOf(module)
  if (!providers || providers.some((name) => names.has(name))) return undefined
  if ([...names].some((name) => resembles(name, module))) return undefined
  const asked = broughtBy.get(module) ?? sharedBy.find(([name]) => name.test(module))?.[1]
  const isGoogle = /^google\.(?:genai|generativeai|adk)/.test(module)
  const others = isGoogle ? unknown.filter((name) => !bringNoGoogle.test(name)) : unknown
  if (!locked && others.some((name) => (asked ? asked.test(name) : common.has(module)))) return undefined
  return {package: providers[0] as string, proven: locked}
}
