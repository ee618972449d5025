/** Versions that cannot be used together, though the requirements of the packages allow it (November 2026). */
export interface KnownConflict {
  name: string
  /** The versions that fail, as a specifier. They limit the other one nowhere. */
  versions: string
  /** `python`, or the package that they fail with. */
  other: string
  otherVersions: string
  /** A version of the other that an install without a limit takes today. */
  newest: string
  /** Packages that may limit the other one. */
  limits: RegExp
  /** The versions of Python for which that newest one is; without it any. */
  newestFor?: string
  /** Packages that mend it where they are installed too, or that may limit the other one though they are well known. */
  unless?: RegExp
  /** The module that is imported. */
  module: string
  /** What stands beside it in a file that uses it in the way that fails. */
  beside?: string
  /** What fails beside the import: a statement of the module that runs when it is imported. Without it the import does. */
  use?: RegExp
  error: string
  cure: string
}

const httpx = {
  other: 'httpx',
  otherVersions: '>=0.28',
  newest: '0.28.1',
  // These are many, and not all are known.
  limits: /./,
  error: "TypeError: Client.__init__() got an unexpected keyword argument 'proxies'",
}

const werkzeug = {
  other: 'werkzeug',
  otherVersions: '>=3.0',
  newest: '3.1.3',
  limits: /flask|dash|werkzeug|connexion|moto|odoo|tensorboard|locust|airflow|superset/,
}

/** A package that fails with Python itself from some version on. */
const python = (otherVersions: string) => ({other: 'python', otherVersions, newest: '', limits: /^$/})

/** Each from the issue trackers of the two packages, with the version that mended it. */
export const knownConflicts: readonly KnownConflict[] = [
  {
    name: 'aioredis',
    versions: '>=2.0.0,<=2.0.1',
    ...python('>=3.11'),
    module: 'aioredis',
    error: 'TypeError: duplicate base class TimeoutError',
    cure: 'Take redis>=4.2 in its place: from redis import asyncio as aioredis',
  },
  {
    name: 'flask',
    versions: '>=0.12,<=1.1.2',
    other: 'jinja2',
    otherVersions: '>=3.1',
    newest: '3.1.6',
    limits: /jinja|flask|sphinx|cookiecutter|ansible|notebook|nbconvert/,
    module: 'flask',
    error: "ImportError: cannot import name 'escape' from 'jinja2'",
    cure: 'Take flask>=2.3, or pin jinja2<3.1, werkzeug<2.1, itsdangerous<2.1 and markupsafe<2.1 too',
  },
  {
    name: 'flask',
    versions: '>=2.0,<=2.2.3',
    ...werkzeug,
    module: 'flask',
    error: "ImportError: cannot import name 'url_quote' from 'werkzeug.urls'",
    cure: 'Take flask>=2.3, or pin werkzeug<3',
  },
  {
    name: 'flask-sqlalchemy',
    versions: '>=2.0,<=2.5.1',
    other: 'sqlalchemy',
    otherVersions: '>=2.0',
    newest: '2.0.44',
    limits: /sql|alembic|databases|dataset|airflow|superset|ormar|marshmallow|flask|pandas/,
    module: 'flask_sqlalchemy',
    use: /^\w+\s*=\s*SQLAlchemy\(/m,
    error: "AttributeError: module 'sqlalchemy' has no attribute '__all__'",
    cure: 'Take flask-sqlalchemy>=3.1, or pin sqlalchemy<2',
  },
  {
    ...httpx,
    name: 'openai',
    versions: '>=1.0,<=1.55.2',
    module: 'openai',
    use: /^\w+\s*=\s*(?:openai\.)?(?:Async)?OpenAI\((?![^)]*http_client)/m,
    cure: 'Take openai>=1.55.3, or pin httpx<0.28',
  },
  {
    ...httpx,
    name: 'anthropic',
    versions: '>=0.20,<=0.39.0',
    module: 'anthropic',
    use: /^\w+\s*=\s*(?:anthropic\.)?(?:Async)?Anthropic\((?![^)]*http_client)/m,
    cure: 'Take anthropic>=0.40, or pin httpx<0.28',
  },
  {
    name: 'passlib',
    versions: '<=1.7.4',
    other: 'bcrypt',
    otherVersions: '>=5.0',
    newest: '5.0.0',
    limits: /bcrypt|passlib|paramiko|chromadb|fastapi-users/,
    module: 'passlib',
    beside: 'bcrypt',
    use: /^\w+\s*=\s*bcrypt\.(?:hash|using)\(/m,
    error: 'ValueError: password cannot be longer than 72 bytes',
    cure: 'Pin bcrypt<5, or call bcrypt without passlib',
  },
  {
    ...httpx,
    name: 'groq',
    versions: '<=0.12.0',
    module: 'groq',
    use: /^\w+\s*=\s*(?:groq\.)?(?:Async)?Groq\((?![^)]*http_client)/m,
    cure: 'Take groq>=0.13, or pin httpx<0.28',
  },
  {
    ...werkzeug,
    name: 'flask-login',
    versions: '>=0.2,<=0.6.2',
    module: 'flask_login',
    error: "ImportError: cannot import name 'url_decode' from 'werkzeug.urls'",
    cure: 'Take flask-login>=0.6.3, or pin werkzeug<3',
  },
  {
    name: 'pandas',
    versions: '>=1.3,<=2.1.1',
    other: 'numpy',
    otherVersions: '>=2.0',
    newest: '2.0.2',
    newestFor: '>=3.9',
    limits: /./,
    unless:
      /scipy|scikit|stats|tensor|torch|keras|numba|matplotlib|seaborn|contourpy|spacy|thinc|streamlit|langchain|llama|gensim|arrow|xarray|opencv|chroma|mlflow|faiss|transformers|gradio|dask|shap|boost|lightgbm|prophet|altair|onnx|bokeh/,
    module: 'pandas',
    error: 'ValueError: numpy.dtype size changed, may indicate binary incompatibility',
    cure: 'Take pandas>=2.2.2, or pin numpy<2',
  },
  {
    name: 'sentence-transformers',
    versions: '>=1.0,<=2.2.2',
    other: 'huggingface-hub',
    otherVersions: '>=0.26',
    newest: '0.36.0',
    limits: /hugging|hub|transformers|diffusers|datasets|tokenizers|gradio|langchain|llama|whisper/,
    module: 'sentence_transformers',
    error: "ImportError: cannot import name 'cached_download' from 'huggingface_hub'",
    cure: 'Take sentence-transformers>=2.3, or pin huggingface-hub<0.26',
  },
  {
    name: 'pydantic',
    versions: '>=1.10,<=1.10.15',
    ...python('>=3.12.4'),
    module: 'fastapi',
    error: "TypeError: ForwardRef._evaluate() missing 1 required keyword-only argument: 'recursive_guard'",
    cure: 'Take pydantic>=1.10.16, or python:3.11 as the base',
  },
  {
    name: 'sqlalchemy',
    versions: '>=2.0,<=2.0.30',
    ...python('>=3.13'),
    module: 'sqlalchemy',
    error: 'AssertionError: Class SQLCoreOperations directly inherits TypingOnly but has additional attributes',
    cure: 'Take sqlalchemy>=2.0.31, or python:3.12 as the base',
  },
  {
    name: 'discord-py',
    versions: '>=1.0,<=2.4.0',
    ...python('>=3.13'),
    unless: /^audioop-lts$/,
    module: 'discord',
    error: "ModuleNotFoundError: No module named 'audioop'",
    cure: 'Take discord.py>=2.5, or install audioop-lts too',
  },
  {
    name: 'tweepy',
    versions: '>=4.0,<=4.14.0',
    ...python('>=3.13'),
    unless: /^standard-imghdr$/,
    module: 'tweepy',
    error: "ModuleNotFoundError: No module named 'imghdr'",
    cure: 'Take tweepy>=4.15, or install standard-imghdr too',
  },
  {
    name: 'python-telegram-bot',
    versions: '>=12.0,<=13.15',
    ...python('>=3.12'),
    // Without its own urllib3 it looks for that of version 1.
    unless: /^urllib3$/,
    module: 'telegram',
    error: "ModuleNotFoundError: No module named 'telegram.vendor.ptb_urllib3.urllib3.packages.six.moves'",
    cure: 'Take python-telegram-bot>=20, or python:3.11 as the base',
  },
  {
    name: 'django',
    versions: '>=2.0,<4.2',
    ...python('>=3.13'),
    unless: /^legacy-cgi$/,
    module: 'django',
    error: "ModuleNotFoundError: No module named 'cgi'",
    cure: 'Take django>=4.2, or python:3.12 as the base',
  },
]
