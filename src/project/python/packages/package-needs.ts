import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {rootImage} from '../../dockerfile/parse.ts'
import {isApart} from '../../files/apart.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import {plainName} from '../../image/base/base-images.ts'
import type {Inputs} from '../../inputs.ts'
import {importedBy} from '../imports/modules.ts'
import {startedModules} from '../imports/started-modules.ts'
import {bringsDriver} from './drivers.ts'
import {fetchesData, nltkData} from './nltk-data.ts'
import {broughtBy} from './package-dependencies.ts'
import {bringsStandard} from './pep508.ts'
import type {Requirement} from './requirements.ts'
import {fetchesModels, spacyModels} from './spacy-models.ts'

/** Code that needs a package which nothing it imports brings along. */
export interface PackageNeed {
  /** As pip names it. */
  package: string
  message: string
  at: FileLocation
  /** The deploy surely imports the file, and it fails then. */
  started: boolean
  /** What to declare. */
  cure: string
  /** What to do where it is nothing to declare. */
  hint?: string
  broughtBy(requirement: Requirement): boolean
  /** Whether it surely fails with these packages, where none of them brings it. */
  proven(requirements: readonly Requirement[]): boolean
  /** It fails where a request uses it, and not before. */
  isLate?: boolean
  /** The one lock file that the image is made from, where it has no such package: then nothing else need be known. */
  lock?: string | undefined
}

interface Rule {
  package: string
  use: string
  error: string
  cure: string
  /** A cheap test, then the place: the first group of `place` is what needs the package. */
  imports: RegExp
  place: RegExp
  /** Packages that bring it, and extras of packages that do: `fastapi[all]`. */
  bringers: RegExp
  extras: readonly [string, RegExp][]
  /** It fails when it is used, and this is what happens then. */
  late?: string
  /** Many packages bring it: any that is not known may. */
  isCommon?: true
  /** What the file must hold for the failure to be sure: else a use may be none (a helper, a class of another kind). */
  proof?: RegExp
}

const standard: [string, RegExp] = ['fastapi', /^(all|standard|standard-no-fastapi-cloud-cli)$/]
const frameworks: readonly [string, RegExp][] = [standard, ['starlette', /^full$/]]

/** What fails where the module is imported, by the documentation of FastAPI, Starlette and pydantic. */
const rules: readonly Rule[] = [
  {
    package: 'python-multipart',
    use: 'a form',
    error: 'RuntimeError: Form data requires "python-multipart" to be installed',
    cure: 'python-multipart',
    imports:
      /^[ \t]*from fastapi(?:\.\w+)? import\b[^\n]*(?:\n[^\n]*){0,12}\b(?:Form|File|UploadFile|OAuth2PasswordRequestForm)\b/m,
    place:
      /(?:=\s*|,\s*)(?:Form|File)\(|:\s*(?:list\[|List\[|Optional\[)?UploadFile\b|:\s*OAuth2PasswordRequestForm\b|\[OAuth2PasswordRequestForm\b/,
    // The second half by way of mcp.
    bringers:
      /^(fastapi-users.*|mcp|fastmcp|gradio|chainlit|nicegui|litestar|reflex|python-fasthtml|sqladmin|starlette-admin|piccolo-admin|open-webui|zenml|bentoml|fastapi-mail|vllm|chromadb|langserve|prefect|ray|mlflow|fastapi-cli|openai-agents|claude-(?:agent|code)-sdk|langchain-mcp-adapters|fastapi-mcp|google-adk|pydantic-ai|mcp-agent|crewai(?:-tools)?)$/,
    extras: frameworks,
    proof: /^@\w+\.(?:post|put|patch|api_route)\(/m,
  },
  {
    package: 'email-validator',
    use: 'EmailStr',
    error: 'ImportError: email-validator is not installed',
    cure: 'pydantic[email]',
    imports: /^[ \t]*from pydantic(?:\.\w+)? import\b[^\n]*(?:\n[^\n]*){0,12}\bEmailStr\b/m,
    place: /:\s*(?:Optional\[|list\[|List\[|Annotated\[)?EmailStr\b/,
    bringers:
      /^(fastapi-users.*|fastapi-mail|fastapi-mailman|flask-security.*|dnspython-email|sqladmin|authx|fief.*|litestar|starlette-admin|supertokens-python)$/,
    extras: [...frameworks, ['pydantic', /^email$/], ['wtforms', /^email$/]],
    proof: /^class \w+\((?:[\w.]*BaseModel|BaseSettings|SQLModel)\b/m,
  },
  {
    // wtforms/validators.py, Email.__init__
    package: 'email-validator',
    use: 'the validator Email of WTForms',
    error: "Exception: Install 'email_validator' for email validation support.",
    cure: 'email-validator',
    imports: /^from wtforms\.validators import\b[^\n]*(?:\n[^\n]*){0,12}\bEmail\b/m,
    place: /^[ \t]+\w+[ \t]*=[ \t]*\w*Field\((?:[^()]|\([^()]{0,200}\)){0,400}?\bEmail\(/m,
    bringers: /^(?:flask-security.*|flask-user|flask-appbuilder|apache-superset|dnspython-email)$/,
    extras: [['wtforms', /^email$/], ['flask-wtf', /^email$/], ['pydantic', /^email$/], ...frameworks],
    proof: /^class \w+\((?:\w+\.)?(?:Flask)?Form\)/m,
  },
  {
    package: 'itsdangerous',
    use: 'SessionMiddleware',
    error: "ModuleNotFoundError: No module named 'itsdangerous'",
    cure: 'itsdangerous',
    imports: /^[ \t]*from (?:starlette|fastapi)\.middleware\.sessions import\b/m,
    place: /^[ \t]*from (?:starlette|fastapi)\.middleware\.sessions import\b/m,
    bringers:
      /^(flask.*|quart.*|dash.*|mlflow|gradio|nicegui|python-fasthtml|apache-airflow.*|locust|fastapi-csrf.*|chainlit)$/,
    extras: [
      ['fastapi', /^all$/],
      ['starlette', /^full$/],
    ],
  },
  {
    // google/auth/transport/requests.py; google-auth asks for it with its extra alone.
    package: 'requests',
    use: 'google.auth.transport.requests',
    error: 'ImportError: The requests library is not installed',
    cure: 'google-auth[requests]',
    imports:
      /^(?:import google\.auth\.transport\.requests\b|from google\.auth\.transport(?:\.requests)? import \(?\s{0,9}(?:requests|Request|AuthorizedSession)\b)/m,
    place:
      /^(?:import google\.auth\.transport\.requests\b|from google\.auth\.transport(?:\.requests)? import \(?\s{0,9}(?:requests|Request|AuthorizedSession)\b)/m,
    bringers: /requests/,
    isCommon: true,
    extras: [['google-auth', /^requests$/]],
  },
  {
    package: 'jinja2',
    use: 'Jinja2Templates',
    error: 'jinja2 must be installed to use Jinja2Templates',
    cure: 'jinja2',
    imports: /^[ \t]*from (?:starlette|fastapi)\.templating import\b/m,
    // Where it is made when the module is imported: starlette.templating itself can do without.
    place: /^\w+(?:\s*:\s*\w+)?\s*=\s*Jinja2Templates\(/m,
    bringers:
      /^(flask.*|quart.*|dash.*|gradio|nicegui|litestar|reflex|sqladmin|starlette-admin|fastapi-mail|mlflow|torch|datasette|ansible.*|cookiecutter|sphinx|mkdocs.*|langfuse|promptflow|haystack-ai|litellm|vllm|chainlit|bokeh|altair|notebook|jupyter.*|nbconvert|pandas-profiling|jinja2-fragments|fasthx|apache-.*|prefect|dbt.*|zenml|bentoml|open-webui|semantic-kernel|guidance|outlines|premailer|weasyprint|mjml|jinjax|jinja.*|.*jinja2?.*|spacy|moto|locust.*|transformers|sagemaker|fabric|pelican|aiohttp-jinja2)$/s,
    extras: [...frameworks, ['transformers', /./]],
  },
  {
    package: 'pydantic-settings',
    use: 'pydantic_settings',
    error: "ModuleNotFoundError: No module named 'pydantic_settings'",
    cure: 'pydantic-settings',
    imports: /^(?:from|import) pydantic_settings\b/m,
    place: /^(?:from|import) pydantic_settings\b/m,
    bringers:
      /^(mcp|fastmcp|crewai|langchain-community|llama-index.*|llama-cloud-services|unstructured-client|prefect|chainlit|fastapi-mail|litestar|dynaconf|zenml|pydantic-ai.*|logfire|inngest|letta|langflow.*|openai-agents)$/,
    extras: [['fastapi', /^(all)$/]],
  },
  {
    // uvicorn/protocols/websockets/auto.py: websockets, else wsproto, else none; other servers bring their own.
    package: 'websockets',
    use: 'a route for WebSockets',
    error: 'No supported WebSocket library detected',
    late: 'uvicorn takes each connection for a plain request, and it fails:',
    cure: 'uvicorn[standard]',
    imports: /^[ \t]*from (?:fastapi|starlette)[\w.]* import\b[^\n]*(?:\n[^\n]*){0,12}\bWebSocket\b/m,
    place: /^@\w+\.websocket(?:_route)?\(/m,
    bringers:
      /^(?:wsproto|hypercorn|daphne|granian|socketify|gradio.*|streamlit|nicegui|reflex|chainlit|langflow|open-webui|supabase.*|realtime|google-genai|google-adk|web3|alpaca.*|python-binance|binance.*|ccxt|deepgram.*|livekit.*|pipecat.*|openai-agents|elevenlabs|cartesia|hume|assemblyai|vapi.*|twilio-.*|solana|solders.*|discord.*|slack-.*|polygon.*|kraken.*|mcp|fastmcp|pyppeteer|playwright|prefect|dask.*|distributed|bokeh|panel|jupyter.*|homeassistant|sanic|obs.*|yfinance|gql|graphql.*|strawberry.*|ariadne|langgraph.*|anthropic.*|browser-use|selenium.*|firecrawl.*|tradingview.*|home-.*|websocket.*)$/,
    extras: [
      standard,
      ['uvicorn', /^standard$/],
      ['fastapi', /^all$/],
      ['openai', /^realtime$/],
      ['starlette', /^full$/],
    ],
  },
  {
    // kombu/transport/redis.py
    package: 'redis',
    use: 'the broker of Celery',
    error: 'ImportError: Missing redis library',
    late: 'the worker stops, and each task that is sent fails, with',
    cure: 'celery[redis]',
    imports: /celery/i,
    place:
      /\b(?:broker|broker_url|CELERY_BROKER_URL|BROKER_URL)\s{0,9}=\s{0,9}(?:[\w.]{1,40}\([^()\n]{0,80}?)?["']rediss?:\/\/[^"'\n]{0,200}["']/,
    bringers: /redis|^(?:rq.*|arq|django-rq|limits|slowapi|flower|huey|dramatiq.*|channels.*|taskiq.*|procrastinate)$/,
    extras: [
      ['celery', /^redis$/],
      ['kombu', /^redis$/],
    ],
  },
  {
    // django/db/models/fields/files.py, ImageField._check_image_library_installed
    package: 'pillow',
    use: 'an ImageField of Django',
    error: 'fields.E210',
    late: 'migrate and check stop with',
    cure: 'pillow',
    imports: /^from django\.db import models\b/m,
    place: /^[ \t]{1,20}\w{1,60}[ \t]{0,20}=[ \t]{0,20}models\.ImageField\(/m,
    bringers:
      /pil(?:low)?|image|thumb|photo|captcha|qr|barcode|pdf|wagtail|cms|filer|reportlab|weasy|matplotlib|plot|opencv|scikit|torch|vision|docx|pptx|excel|openpyxl|tinymce|ckeditor|summernote|avatar|svg|wand|ocr|moviepy|streamlit|gradio|pystray|sorl|versatile|martor/,
    extras: [],
  },
]

/** What Django loads by a name in its settings, which no import shows. */
const ofDjango = /(?:^|\/)(?:settings|models)(?:\/[^/]{1,100})?\.py$/

export async function loadPackageNeeds({reader}: Inputs, facts: FactStore): Promise<Fact<PackageNeed[]>> {
  await facts.need('python')
  const [files, image, processes] = await Promise.all([
    facts.value('files'),
    facts.value('image'),
    facts.value('processes'),
  ])
  const paths = (files ?? noFiles).only((path) => path.endsWith('.py') && (!image || image.copies(path)))
  const needs: Omit<PackageNeed, 'started'>[] = []
  const models: typeof needs = []
  const data: typeof needs = []
  for (const path of paths.ending('.py')) {
    const file = isApart(path) ? undefined : await reader.text(path)
    if (!file) continue
    needs.push(...rules.flatMap((rule) => needOf(file, rule)), ...signedTokens(file))
    models.push(...spacyModels(file))
    data.push(...nltkData(file))
  }
  if (models.length > 0 && !(await fetches(fetchesModels))) needs.push(...models)
  if (data.length > 0 && !(files ?? noFiles).hasFolderNamed('nltk_data') && !(await fetches(fetchesData, true)))
    needs.push(...data)
  if (needs.length === 0) return known([])
  const lock = await onlyLock()
  const certain = processes?.commands.filter((command) => command.certain).map(({text}) => text) ?? []
  const started = await startedModules(certain, paths, reader)
  // Of what nothing imports that is started nobody gets an error; where nothing is known to start, all may be.
  const used = started.size > 0 ? await importedBy(started, paths, reader) : paths
  const hasDjango = paths.named('manage.py').length > 0
  return known(
    needs.flatMap((need) => {
      // Older locks of Poetry have a name as its project writes it: Jinja2.
      const entry = new RegExp(`^name = "${need.package.replaceAll('-', '[-_.]')}"`, 'im')
      const lacks = lock && !entry.test(lock.text)
      const more = {started: started.has(need.at.file), lock: lacks ? lock.path : undefined}
      const isLoaded = used.has(need.at.file) || (hasDjango && ofDjango.test(need.at.file))
      return isLoaded ? {...need, ...more} : []
    }),
  )

  /** Whether a build, a script or a lock file names what is fetched; or the code does. */
  async function fetches(names: RegExp, inCode = false): Promise<boolean> {
    const all = files ?? noFiles
    const texts = await reader.texts([
      ...all.ending('Dockerfile', '.sh', '.lock', '.cfg', ...(inCode ? ['.py', '.toml'] : [])),
      ...all.named('pyproject.toml', 'Makefile', 'setup.py'),
    ])
    const commands = [...(processes?.commands ?? []), ...(image?.stages.flatMap(({stage}) => stage.instructions) ?? [])]
    return [...texts, ...commands].some(({text}) => names.test(text))
  }

  /** It lists all that is installed, what packages bring along as well; a RUN of pip may bring more. */
  async function onlyLock(): Promise<TextFile | undefined> {
    const locks = image ? (files ?? noFiles).named('uv.lock', 'poetry.lock').filter((path) => image.copies(path)) : []
    const runs = image?.stages.flatMap(({stage}) => stage.instructions).filter(({keyword}) => keyword === 'RUN') ?? []
    const adds = runs.some(({text}) => addsPackages.test(text.replace(installsTools, '')))
    const started = processes?.commands.some(({text}) => addsPackages.test(text)) ?? false
    const isPlain = /^(?:python|debian|ubuntu|alpine|ghcr\.io\/astral-sh\/uv)(?::|@|$)/.test(
      plainName((image && rootImage(image.final.stage)) ?? ''),
    )
    return locks[0] && locks.length === 1 && isPlain && !adds && !started ? reader.text(locks[0]) : undefined
  }
}

/** `pip install --no-cache-dir -U pip uv==0.5`: what installs the rest, and nothing beside it. */
const installsTools =
  /\bpip3?\s+install(?:\s+(?:-[-\w]+|["']?(?:uv|poetry|pip|pipx|setuptools|wheel|poetry-[\w-]+)(?:\[\w+\])?(?:[=<>~!][^\s;&|]*)?))+\s*(?=$|[;&|\n\\])/g
const addsPackages =
  /\bpip3?\s+install\b|\bpipx\s+inject\b|\buv\s+(?:pip|add|tool)\b|\buv\s+run\s[^;&|\n]{0,200}--with|\bpoetry\s+add\b|\b(?:conda|mamba|micromamba|pdm)\s|\b(?:python3|py3)-[a-z]/

function needOf(file: TextFile, rule: Rule): Omit<PackageNeed, 'started'>[] {
  const imported = rule.imports.exec(file.text)
  if (!imported) return []
  const rest = rule.place === rule.imports ? undefined : rule.place.exec(file.text)
  const match = rest ?? (rule.place.source === rule.imports.source ? imported : undefined)
  if (!match) return []
  // A comment, or an import that is tried.
  const at = file.span(match.index, match.index + match[0].trimEnd().length)
  if (/^\s*#/.test(file.line(at.line as number))) return []
  return [
    {
      package: rule.package,
      message: `${rule.use} needs ${rule.package}, which nothing installs: ${rule.late ?? 'the import ends with'} ${rule.error}`,
      cure: rule.cure,
      at,
      ...(rule.late !== undefined && {isLate: true}),
      // A package that is not known may bring it along.
      proven: (all) =>
        rule.late === undefined &&
        (rule.proof?.test(file.text) ?? true) &&
        all.every((each) => bringsDriver(each) === 'no'),
      broughtBy: (each) =>
        each.name === rule.package ||
        (bringsStandard(each) && rule.extras.includes(standard)) ||
        rule.bringers.test(each.name) ||
        // Many packages bring this one: of those that are not known any may.
        (rule.late !== undefined && bringsDriver(each) === 'unknown') ||
        (rule.isCommon && mayBring(each, rule.package)) ||
        rule.extras.some(([owner, wanted]) => each.name === owner && each.extras.some((extra) => wanted.test(extra))),
    },
  ]
}

/** What it is known to bring along, or may. */
function mayBring(requirement: Requirement, name: string): boolean {
  const {names, unknown} = broughtBy([requirement])
  return names.has(name) || unknown.length > 0
}

/** `PyJWKClient`, and `algorithms=["RS256"]`: keys in two halves. */
const asymmetric = /\bPyJWKClient\(|\balgorithms\s{0,9}=\s{0,9}\[\s{0,9}["'](?:RS|ES|PS)(?:256|384|512)["']/
/** What brings cryptography, or may. */
const withCryptography =
  /crypto|auth|jose|ssl|ssh|tls|rtc|aws|acme|azure|google|msal|cloud-sql|firebase|snowflake|databricks|redshift|oracledb|pymysql|airflow|prefect|mlflow|zenml|ray|litellm|langflow|open-webui|supabase|clerk|workos|stytch|plaid|fief|fastapi-users|mcp|scrapy|twisted|ansible|fabric|certbot|webpush|apns|webauthn|saml|ldap|kerberos|keyring|secret|identity|opcua|web3|ccxt|noise|twilio|sendgrid|dropbox|docusign|exchangelib|signxml|endesive|unstructured|pdfminer|pdfplumber|markitdown|camelot|great-expectations|moto|urllib3|requests|paho|github|gidget|supertokens|gotrue|oidc|keycloak|salesforce|paramiko|smb|quic|asyncua|weaviate|coinbase|app-store|vapid|encrypt|fernet|kinde|logto|hanko|descope|propel|^jwt$|lti/

/** PyJWT itself knows only signatures with a shared secret: the others are made by cryptography (docs of PyJWT, "Installation"). */
function signedTokens(file: TextFile): Omit<PackageNeed, 'started'>[] {
  const match = /^(?:import jwt|from jwt import)\b/m.test(file.text) ? asymmetric.exec(file.text) : null
  // Where it is told not to check the signature, it needs no algorithm.
  if (!match || /verify_signature["']?\s{0,9}[:=]\s{0,9}False/.test(file.text)) return []
  if (/^[^\n"']*#/.test(file.text.slice(file.text.lastIndexOf('\n', match.index) + 1, match.index))) return []
  return [
    {
      package: 'cryptography',
      message:
        'PyJWT checks tokens of RS256 and ES256 with cryptography, which nothing installs: each of them is refused, as their algorithm is not known',
      cure: 'pyjwt[crypto]',
      at: file.span(match.index, match.index + match[0].length),
      isLate: true,
      proven: () => false,
      broughtBy: ({name, extras}) =>
        extras.some((each) => /crypto|asymmetric|signed|rsa/.test(each)) || withCryptography.test(name),
    },
  ]
}
