import {type Fact, type FactStore, known} from '../../../facts.ts'
import {noFiles} from '../../files/files.ts'
import type {Inputs} from '../../inputs.ts'
import {normalizeName} from './pep508.ts'
import type {Requirement} from './requirements.ts'

/** A requirement that names a module: pip looks for a package of that name. */
export interface ModuleRequirement {
  requirement: Requirement
  /** The requirements file or pyproject.toml that declares it. */
  file: string
  /** `path`: a module inside a package. `standard`: a part of Python itself. */
  kind: 'path' | 'standard'
  /** The package that brings the module, where that is known. */
  package: string | undefined
}

/** Folders of several packages: here the module and the package have one dotted name. */
const namespaces =
  /^(azure|backports|collective|flufl|google|jaraco|keyrings|lazr|logilab|oslo|paste|plone|products|pyramid|repoze|ruamel|sphinxcontrib|tempest|zc|zope|z3c|zconfig|ndg|dm|five|mr|hurry|grok|megrok|gocept|horae|bda|cone|node|yafowil|odoo|openedx|xmodule|xblock|edx|opentelemetry|mpi4py|pulumi|aws_cdk|aws-cdk|apache|airflow|dash|streamlit|snowflake|databricks|llama_index|llama-index|langchain|haystack|nvidia)\./i

/** Modules whose package has another name. */
const packages = new Map([
  ['PIL', 'pillow'],
  ['sklearn', 'scikit-learn'],
  ['bs4', 'beautifulsoup4'],
  ['cv2', 'opencv-python-headless'],
  ['yaml', 'pyyaml'],
  ['dateutil', 'python-dateutil'],
  ['dotenv', 'python-dotenv'],
  ['jose', 'python-jose'],
  ['telegram', 'python-telegram-bot'],
  ['googleapiclient', 'google-api-python-client'],
  ['Crypto', 'pycryptodome'],
])

/** Modules inside packages that people list by their path. */
const paths =
  /^(playwright\.(async_api|sync_api)|sqlalchemy\.(orm|ext|ext\.asyncio|dialects|dialects\.postgresql|exc|engine|pool)|fastapi\.(middleware|middleware\.cors|responses|security|testclient|staticfiles|templating)|starlette\.(middleware|responses|requests|staticfiles|testclient)|selenium\.webdriver|telegram\.ext|matplotlib\.pyplot|sklearn\.(model_selection|preprocessing|metrics|ensemble|linear_model)|PIL\.(Image|ImageDraw|ImageFont)|googleapiclient\.discovery|cryptography\.(fernet|hazmat)|jose\.jwt|passlib\.(context|hash)|dateutil\.(parser|relativedelta|tz)|psycopg2\.extras|werkzeug\.(security|utils)|django\.(conf|contrib|urls|http)|numpy\.linalg|scipy\.(stats|optimize|signal))$/

/** Parts of Python of which the package index has none by that name: it does not let anybody take them. */
const standard =
  /^(os|sys|re|io|json|math|time|glob|string|struct|shutil|sqlite3|tkinter|threading|subprocess|itertools|urllib|os\.path|urllib\.parse|urllib\.request|xml\.etree|email\.mime|concurrent\.futures|http\.server|importlib\.util|logging\.(config|handlers)|unittest\.mock|collections\.abc)$/

export async function loadModuleRequirements({reader}: Inputs, facts: FactStore): Promise<Fact<ModuleRequirement[]>> {
  const python = await facts.need('python')
  const found: ModuleRequirement[] = []
  const declared = [...python.requirements, ...python.pyprojects]
  const seen = new Set<string>()
  for (const [file, {requirements}] of declared) {
    for (const requirement of requirements) {
      const {written, at, url} = requirement
      const place = `${at.file}:${at.line}`
      if (url || seen.has(`${file} ${place}`)) continue
      seen.add(`${file} ${place}`)
      const base = written.split('.')[0] as string
      if (standard.test(written)) found.push({requirement, file, kind: 'standard', package: undefined})
      else if (written.includes('.') && !namespaces.test(written) && !/\.(py|js|io)$/.test(written)) {
        // Packages of one namespace are named like their modules; then there is no package of the first word alone.
        const whole = requirements.some(({name}) => name === normalizeName(base))
        if (paths.test(written) || (whole && (await isImported(written))))
          found.push({requirement, file, kind: 'path', package: packages.get(base) ?? base})
      }
    }
  }
  return known(found)

  /** Whether the project's own code imports a module of exactly this path. */
  async function isImported(module: string): Promise<boolean> {
    const files = (await facts.value('files')) ?? noFiles
    const statement = new RegExp(`^[ \\t]*(from|import)[ \\t]+${module.replaceAll('.', '\\.')}(?![\\w.])`, 'm')
    for (const path of files.ending('.py')) {
      const file = await reader.text(path)
      if (file && statement.test(file.text)) return true
    }
    return false
  }
}
