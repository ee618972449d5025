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

/** Each from the issue trackers of the two packages, with the version that mended it. */
export const knownConflicts: readonly KnownConflict[] = [
  {
    name: 'aioredis',
    versions: '>=2.0.0,<=2.0.1',
    other: 'python',
    otherVersions: '>=3.11',
    newest: '',
    limits: /^$/,
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
    other: 'werkzeug',
    otherVersions: '>=3.0',
    newest: '3.1.3',
    limits: /flask|dash|werkzeug|connexion|moto|odoo|tensorboard|locust|airflow|superset/,
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
]
