import {type ImageVersions, isIn} from './image-versions.ts'
import {broughtBy} from './package-dependencies.ts'
import {pinnedVersion} from './pep508.ts'
import type {Requirement} from './requirements.ts'

/**
 * Whether the image has this version of a package, or a later one. Most likely, where nothing limits it: pip takes the newest,
 * which is later than `first`. `no` also where it cannot be told.
 */
export function hasAtLeast(
  name: string,
  first: string,
  versions: ImageVersions | undefined,
): 'surely' | 'likely' | 'no' {
  if (!versions) return 'no'
  const {version, specifier = ''} = versions.all.get(name) ?? {}
  if (version !== undefined) return isIn(version, `>=${first}`) ? 'surely' : 'no'
  const {requirements} = versions
  if (!requirements || /<|~=|==/.test(specifier)) return 'no'
  if (!broughtBy(requirements).names.has(name) || requirements.some((each) => mayLimit(name, each))) return 'no'
  // One that is new enough at least allows no other.
  const least = /^>=\s{0,9}([\d.]{1,40})$/.exec(specifier)?.[1]
  return least !== undefined && isIn(least, `>=${first}`) ? 'surely' : 'likely'
}

/** Those that may ask for an old version of another one. */
const limits: Readonly<Record<string, RegExp>> = {
  pydantic: /pydantic|langchain|spacy|chromadb|prefect|openapi|instructor|guardrails|ormar|databricks|airflow/,
  flask: /flask|dash|connexion|superset|airflow|mlflow/,
  werkzeug: /flask|dash|connexion|moto|odoo|superset|airflow/,
  jinja2: /jinja|flask|sphinx|ansible|cookiecutter|nbconvert/,
  itsdangerous: /flask|itsdangerous|quart/,
  django: /django|wagtail|mezzanine|oscar|saleor/,
  openai: /openai|langchain|llama|litellm|instructor|guidance/,
  langchain: /langchain/,
  'python-telegram-bot': /telegram/,
  aiogram: /aiogram/,
  celery: /celery|airflow/,
}

/** What is made of these asks for an old version without a word of it in the project. */
const brings: Readonly<Record<string, RegExp>> = {
  mcp: /mcp|agent|adk|crewai|pydantic-ai|llama|autogen|semantic-kernel|smolagents|strands|langchain|marimo|gradio|chainlit/,
}

function mayLimit(name: string, requirement: Requirement): boolean {
  if (requirement.name !== name && brings[name]?.test(requirement.name)) return true
  if (requirement.name === name || !/<|~=|==/.test(requirement.specifier)) return false
  // FastAPI takes pydantic 2 since 0.100 (its release notes).
  if (name === 'pydantic' && requirement.name === 'fastapi')
    return isIn(pinnedVersion(requirement.specifier) ?? '0.1', '<0.100')
  return limits[name]?.test(requirement.name) ?? true
}
