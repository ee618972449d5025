/** Names that a library does not have, or not in every version, and that code still imports of it. */
export interface LibraryName {
  /** As pip names it. */
  package: string
  /** The first version that has it. */
  since?: string
  /** The first version that no longer has it. */
  until?: string
  /** The module that has it, or what to write. */
  instead: string | undefined
}

interface Row {
  module: string
  names: string
  package?: string
  since?: string
  until?: string
  instead?: string
}

const postgres =
  'JSONB TSVECTOR TSQUERY INET CIDR MACADDR HSTORE CITEXT BYTEA INT4RANGE INT8RANGE NUMRANGE DATERANGE TSRANGE TSTZRANGE'
const asyncio = 'AsyncSession AsyncEngine AsyncConnection create_async_engine async_sessionmaker async_scoped_session'

/**
 * Each from the sources of the library: its `__init__.py` at the last version that had the name and at the first that had
 * not. No version has those of a row with neither.
 */
const rows: readonly Row[] = [
  {module: 'sqlalchemy', instead: 'sqlalchemy.dialects.postgresql', names: postgres},
  {
    module: 'sqlalchemy',
    instead: 'sqlalchemy.orm',
    names:
      'relationship declarative_base sessionmaker scoped_session Session Mapped mapped_column DeclarativeBase backref joinedload selectinload',
  },
  {module: 'sqlalchemy', instead: 'sqlalchemy.ext.asyncio', names: asyncio},
  {module: 'sqlalchemy.orm', instead: 'sqlalchemy.ext.asyncio', names: asyncio},
  {
    module: 'sqlalchemy.orm',
    instead: 'sqlalchemy',
    names: 'Column ForeignKey Integer BigInteger String Text Boolean DateTime Numeric func select text create_engine',
  },
  {
    module: 'sqlalchemy.orm',
    since: '2.0',
    names: 'DeclarativeBase MappedAsDataclass mapped_column DeclarativeBaseNoMeta',
  },
  {module: 'sqlalchemy.ext.asyncio', since: '2.0', names: 'async_sessionmaker'},
  {module: 'sqlalchemy', since: '2.0', names: 'Uuid UUID Double'},

  {module: 'fastapi', instead: 'fastapi.middleware.cors', names: 'CORSMiddleware'},
  {
    module: 'fastapi',
    instead: 'fastapi.responses',
    names: 'JSONResponse HTMLResponse PlainTextResponse FileResponse StreamingResponse RedirectResponse ORJSONResponse',
  },
  {module: 'fastapi', instead: 'fastapi.staticfiles', names: 'StaticFiles'},
  {module: 'fastapi', instead: 'fastapi.templating', names: 'Jinja2Templates'},
  {module: 'fastapi', instead: 'fastapi.testclient', names: 'TestClient'},
  {
    module: 'fastapi',
    instead: 'fastapi.security',
    names:
      'OAuth2PasswordBearer OAuth2PasswordRequestForm HTTPBearer HTTPBasic HTTPAuthorizationCredentials APIKeyHeader',
  },
  {module: 'fastapi', instead: 'pydantic', names: 'BaseModel Field ValidationError'},

  {
    module: 'pydantic',
    until: '2.0',
    instead: 'pydantic_settings, of the package pydantic-settings',
    names: 'BaseSettings',
  },
  {
    module: 'pydantic',
    until: '2.0',
    instead: 'typing.Annotated with StringConstraints or Field',
    names:
      'ConstrainedStr ConstrainedInt ConstrainedFloat ConstrainedDecimal ConstrainedList ConstrainedSet ConstrainedBytes ConstrainedDate',
  },
  {
    module: 'pydantic',
    until: '2.0',
    names:
      'NoneStr NoneBytes StrBytes Protocol Required JsonWrapper validate_model stricturl parse_file_as parse_raw_as',
  },
  {module: 'pydantic.fields', until: '2.0', names: 'ModelField Undefined'},
  {module: 'pydantic.main', until: '2.0', names: 'ModelMetaclass validate_model'},
  {module: 'pydantic.error_wrappers', until: '2.0', names: 'ErrorWrapper'},
  {module: 'pydantic.validators', until: '2.0', names: 'str_validator int_validator'},
  {
    module: 'pydantic',
    since: '2.0',
    names:
      'ConfigDict field_validator model_validator field_serializer model_serializer computed_field TypeAdapter AliasChoices BeforeValidator AfterValidator StringConstraints RootModel',
  },

  {module: 'flask', until: '3.0', instead: 'markupsafe', names: 'Markup escape'},
  {module: 'flask', until: '3.0', names: '_app_ctx_stack _request_ctx_stack'},
  {module: 'flask', until: '2.1', instead: 'werkzeug.utils', names: 'safe_join'},
  {module: 'flask.json', until: '2.3', instead: 'flask.json.provider', names: 'JSONEncoder JSONDecoder'},
  {
    module: 'werkzeug.urls',
    until: '3.0',
    instead: 'urllib.parse',
    names:
      'url_quote url_quote_plus url_unquote url_unquote_plus url_encode url_decode url_parse url_unparse url_join url_fix',
  },
  {module: 'werkzeug.security', until: '2.1', instead: 'hmac.compare_digest', names: 'safe_str_cmp'},
  {module: 'werkzeug', until: '1.0', instead: 'werkzeug.utils', names: 'secure_filename cached_property'},
  {
    module: 'werkzeug',
    until: '1.0',
    instead: 'werkzeug.security',
    names: 'generate_password_hash check_password_hash',
  },
  {module: 'jinja2', until: '3.1', instead: 'markupsafe', names: 'Markup escape'},
  {
    module: 'jinja2',
    until: '3.1',
    instead: 'jinja2.pass_context, pass_eval_context and pass_environment',
    names: 'contextfunction contextfilter evalcontextfunction evalcontextfilter environmentfunction environmentfilter',
  },
  {module: 'markupsafe', until: '2.1', instead: 'soft_str', names: 'soft_unicode'},
  {module: 'werkzeug', until: '1.0', instead: 'werkzeug.middleware.proxy_fix', names: 'contrib'},
  {
    module: 'werkzeug.wsgi',
    until: '1.0',
    instead: 'werkzeug.middleware',
    names: 'DispatcherMiddleware SharedDataMiddleware ProxyMiddleware',
  },
  {
    module: 'flask_sqlalchemy',
    package: 'flask-sqlalchemy',
    until: '3.0',
    instead: 'flask_sqlalchemy.query, .pagination and .record_queries',
    names: 'BaseQuery Pagination get_debug_queries',
  },
  {
    module: 'flask_migrate',
    package: 'flask-migrate',
    until: '3.0',
    instead: 'the command flask db',
    names: 'MigrateCommand',
  },
  {module: 'wtforms', until: '3.0', instead: 'StringField', names: 'TextField'},
  {module: 'wtforms.fields', package: 'wtforms', until: '3.0', instead: 'wtforms.fields itself', names: 'html5'},
  {
    module: 'itsdangerous',
    until: '2.1',
    instead: 'URLSafeTimedSerializer',
    names: 'TimedJSONWebSignatureSerializer JSONWebSignatureSerializer',
  },

  {module: 'django.conf.urls', package: 'django', until: '4.0', instead: 'django.urls.re_path', names: 'url'},
  {
    module: 'django.utils.translation',
    package: 'django',
    until: '4.0',
    instead: 'gettext and gettext_lazy',
    names: 'ugettext ugettext_lazy ugettext_noop ungettext ungettext_lazy',
  },
  {
    module: 'django.utils.encoding',
    package: 'django',
    until: '4.0',
    instead: 'force_str and smart_str',
    names: 'force_text smart_text',
  },
  {
    module: 'django.utils.http',
    package: 'django',
    until: '4.0',
    instead: 'urllib.parse, or url_has_allowed_host_and_scheme',
    names: 'is_safe_url urlquote urlquote_plus urlunquote urlunquote_plus',
  },
  {module: 'django.utils.timezone', package: 'django', until: '5.0', instead: 'datetime.timezone.utc', names: 'utc'},
  {module: 'django.shortcuts', package: 'django', until: '3.0', instead: 'render', names: 'render_to_response'},
  {
    module: 'django.utils',
    package: 'django',
    until: '3.0',
    instead: 'what Python 3 has itself',
    names: 'six lru_cache',
  },
  {
    module: 'django.utils.encoding',
    package: 'django',
    until: '3.0',
    instead: '__str__ alone',
    names: 'python_2_unicode_compatible',
  },
  {module: 'django.utils', package: 'django', until: '5.0', names: 'datetime_safe baseconv'},
  {
    module: 'django.core.files.storage',
    package: 'django',
    until: '5.1',
    instead: 'django.core.files.storage.storages',
    names: 'get_storage_class',
  },
  {
    module: 'rest_framework.decorators',
    package: 'djangorestframework',
    until: '3.10',
    instead: 'action',
    names: 'list_route detail_route',
  },
  {module: 'django.core', package: 'django', until: '2.0', instead: 'django.urls', names: 'urlresolvers'},

  {module: 'openai', until: '1.0', instead: 'openai itself: openai.RateLimitError', names: 'error'},
  {module: 'openai', until: '1.0', names: 'embeddings_utils'},
  {module: 'openai', until: '1.0', instead: 'BadRequestError', names: 'InvalidRequestError'},
  {
    module: 'openai',
    since: '1.0',
    names: 'OpenAI AsyncOpenAI AzureOpenAI AsyncAzureOpenAI RateLimitError BadRequestError APIStatusError',
  },
  {
    module: 'langchain',
    until: '1.0',
    instead: 'langchain_classic, langchain_core or langchain_community',
    names:
      'chains prompts memory schema llms vectorstores document_loaders text_splitter callbacks retrievers output_parsers',
  },
  {
    module: 'langchain.chat_models',
    package: 'langchain',
    until: '1.0',
    instead: 'langchain_openai, langchain_anthropic or another package of the model',
    names: 'ChatOpenAI AzureChatOpenAI ChatAnthropic',
  },
  {
    module: 'langchain.embeddings',
    package: 'langchain',
    until: '1.0',
    instead: 'langchain_openai, langchain_huggingface or another package of the model',
    names: 'OpenAIEmbeddings HuggingFaceEmbeddings',
  },
  {
    module: 'langchain.agents',
    package: 'langchain',
    until: '1.0',
    instead: 'create_agent, or langchain_classic.agents',
    names:
      'AgentExecutor AgentType initialize_agent load_tools create_react_agent create_openai_functions_agent create_openai_tools_agent create_tool_calling_agent',
  },
  {
    // llama_index is a folder without a file of its own since then.
    module: 'llama_index',
    package: 'llama-index',
    until: '0.10',
    instead: 'llama_index.core',
    names:
      'VectorStoreIndex GPTVectorStoreIndex SimpleDirectoryReader ServiceContext StorageContext load_index_from_storage LLMPredictor PromptHelper Document',
  },
  {module: 'moviepy', until: '2.0', instead: 'moviepy itself', names: 'editor'},
  {
    module: 'web3.middleware',
    package: 'web3',
    until: '7.0',
    instead: 'ExtraDataToPOAMiddleware',
    names: 'geth_poa_middleware',
  },
  {module: 'sklearn', package: 'scikit-learn', until: '0.20', names: 'cross_validation grid_search'},
  {module: 'sklearn.externals', package: 'scikit-learn', until: '0.23', instead: 'joblib', names: 'joblib'},
  {
    module: 'torchvision.transforms',
    package: 'torchvision',
    until: '0.17',
    instead: 'torchvision.transforms.functional',
    names: 'functional_tensor',
  },
  {
    module: 'telegram',
    package: 'python-telegram-bot',
    until: '20.0',
    instead: 'telegram.constants',
    names: 'ParseMode ChatAction',
  },
  {
    module: 'telegram.ext',
    package: 'python-telegram-bot',
    until: '20.0',
    instead: 'Application and telegram.ext.filters',
    names: 'Filters Dispatcher',
  },
  {module: 'aiogram', until: '3.0', instead: 'Dispatcher.start_polling or start_webhook', names: 'executor'},
  {module: 'aiogram.utils', package: 'aiogram', until: '3.0', instead: 'Dispatcher.start_polling', names: 'executor'},
  {module: 'aiogram', until: '3.0', instead: 'aiogram.fsm', names: 'contrib'},
  {module: 'aiogram.dispatcher', package: 'aiogram', until: '3.0', instead: 'aiogram.fsm.context', names: 'FSMContext'},
  {module: 'aiogram.types', package: 'aiogram', until: '3.0', instead: 'aiogram.enums', names: 'ParseMode'},
  {module: 'celery', until: '5.0', instead: 'celery.shared_task', names: 'task'},
  {
    // Its mcp/server/fastmcp.py is there to raise ModuleNotFoundError with a word about it.
    module: 'mcp.server',
    package: 'mcp',
    until: '2.0',
    instead: 'MCPServer of mcp.server.mcpserver',
    names: 'fastmcp FastMCP',
  },
]

const all = new Map<string, LibraryName>()
for (const {module, names, package: name, since, until, instead} of rows) {
  for (const each of names.split(' ')) {
    const versions = {...(since !== undefined && {since}), ...(until !== undefined && {until})}
    all.set(`${module}.${each}`, {package: name ?? (module.split('.')[0] as string), ...versions, instead})
  }
}

/** `sqlalchemy.JSONB`: what is known of it; undefined where every version may have it. */
export const libraryName = (name: string): LibraryName | undefined => all.get(name)
