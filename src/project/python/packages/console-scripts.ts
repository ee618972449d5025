import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {allInstructions} from '../../dockerfile/parse.ts'
import type {Image} from '../../image/image.ts'
import type {ResolvedInstall} from '../../image/packages/resolve-install.ts'
import type {Requirement} from './requirements.ts'
import {userFolder} from './user-installs.ts'

/**
 * Programs that Python packages bring, and the packages of which one must be installed for it: its own, and those that are
 * known to need it. fastapi brings uvicorn and its own program with the extra `standard` or `all` only.
 */
const broughtBy: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    gunicorn: /^(gunicorn|mlflow.*|apache-.*|.*gunicorn.*)$/s,
    uvicorn:
      /^(uvicorn.*|fastapi-.*|gradio.*|nicegui|reflex|chainlit|mcp|fastmcp|litellm|chromadb|prefect|lang.*|marimo|datasette|ray|bentoml|mlflow.*|shiny|solara|panel|streamlit|dagster.*|google-adk|a2a-sdk|.*haystack.*|zenml|autogen.*|crewai.*|open-webui|litestar|esmerald|.*uvicorn.*)$/s,
    hypercorn: /^(hypercorn|quart.*|.*hypercorn.*)$/s,
    daphne: /^(daphne|channels)$/,
    granian: /^(granian|.*granian.*)$/s,
    'waitress-serve': /^(waitress|mlflow.*|pyramid.*|sacred|label-studio)$/s,
    alembic:
      /^(alembic.*|flask-migrate|mlflow.*|prefect|apache-.*|optuna.*|advanced-alchemy|dagster.*|zenml|langflow.*|open-webui|arize-.*|.*alembic.*|litestar.*|chainlit|label-studio)$/s,
    celery: /^(celery.*|django-celery.*|flower|apache-.*|.*celery.*)$/s,
    flask: /^(flask.*|dash.*|mlflow.*|connexion|apache-.*|locust.*|quart.*|.*flask.*)$/s,
    streamlit: /^(streamlit.*|.*streamlit.*)$/s,
    'django-admin': /django|wagtail|channels/,
  }),
)

/** Tools that stand beside the packages of an app, which may be in an environment of their own. */
const tools: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({honcho: /honcho/, pipenv: /pipenv/, poetry: /poetry/, supervisord: /supervisor/}),
)

export const isTool = (program: string): boolean => tools.has(program)

/** Whether an install may bring one of these tools, or a program of which it is not known who does. */
export const mayBringTool = (install: ResolvedInstall, program: string): boolean =>
  !isRead(install) || install.requirements.some(({name}) => tools.get(program)?.test(name) ?? true)

/** Whether a requirement may bring a program. */
export function mayBring({name, extras}: Requirement, program: string): boolean {
  const withExtras = name === 'fastapi' && extras.length > 0
  if (program === 'fastapi') return withExtras || /^fastapi-(?!users|pagination|mail|cache|limiter)/.test(name)
  return (broughtBy.get(program)?.test(name) ?? false) || (program === 'uvicorn' && withExtras)
}

export const isConsoleScript = (program: string): boolean => program === 'fastapi' || broughtBy.has(program)

/** Why a program of a Python package is not found; undefined where it may be. */
export type Lack =
  | {kind: 'package'; installs: readonly ResolvedInstall[]}
  /** Its package is in an environment whose programs are not on PATH. */
  | {kind: 'environment'; folder: string; related: FileLocation[]}

/** What keeps a program of a Python package from being found by its name. */
export function consoleScriptLack(
  program: string,
  {final}: Pick<Image, 'final'>,
  path: readonly string[],
): Lack | undefined {
  const installs = [...final.installs, ...final.copied].filter(({tool}) => tool !== 'pip wheel')
  if (!final.understood || installs.length === 0) return undefined
  const brings = (each: ResolvedInstall) => each.requirements.some((one) => mayBring(one, program))
  const environment = inactiveEnvironment({final}, path)
  if (environment) return installs.some(brings) ? environment : undefined
  const others = installs.filter((each) => brings(each) || !isRead(each))
  const [home, another] = new Set(others.map((each) => userFolder(each, final.stage)))
  if (home !== undefined && another === undefined && installs.some(brings))
    return path.some((each) => each.includes('.local'))
      ? undefined
      : {kind: 'environment', folder: home, related: others.map(({at}) => at)}
  const isWhole = installs.every((each, index) => isRead(each) || isReplaced(each, installs.slice(index + 1)))
  return isWhole && !installs.some(brings) ? {kind: 'package', installs} : undefined
}

const isRead = ({complete, conditional}: ResolvedInstall): boolean => complete && !conditional

/** `uv sync --no-install-project`, then `uv sync`: the second takes out what it does not bring (`uv sync --help`, --inexact). */
const isReplaced = ({tool, location}: ResolvedInstall, then: readonly ResolvedInstall[]): boolean =>
  tool === 'uv sync' && then.some((each) => each.tool === tool && each.location === location && isRead(each))

/** The one environment that holds all packages, where PATH does not name its programs. */
export function inactiveEnvironment(
  {final}: Pick<Image, 'final'>,
  path: readonly string[],
): (Lack & {kind: 'environment'}) | undefined {
  const installs = [...final.installs, ...final.copied].filter(({tool}) => tool !== 'pip wheel')
  const ofPoetry = poetryInstall(final)
  if (ofPoetry) {
    const folder = '~/.cache/pypoetry/virtualenvs/…'
    return path.some((each) => /pypoetry|^~/.test(each))
      ? undefined
      : {kind: 'environment', folder, related: [ofPoetry.at]}
  }
  const [install] = installs
  const folder = install?.location
  if (!install || !folder || !/venv/.test(folder) || !final.understood) return undefined
  const isActive = path.some((each) => posix.resolve(each) === posix.join(folder, 'bin'))
  const isOnly = installs.every(({location}) => location === folder)
  return !isActive && isOnly && installs.some(({requirements}) => requirements.length > 0)
    ? {kind: 'environment', folder, related: [install.at]}
    : undefined
}

/** The one install of all packages, by Poetry, in an environment of its own; what brings Poetry itself does not count. */
function poetryInstall({installs, copied, understood, stage}: Image['final']): ResolvedInstall | undefined {
  const [install, another] = installs.filter(
    ({tool, requirements, complete}) =>
      !(
        tool === 'pip' &&
        complete &&
        requirements.every(({name}) => /^(?:pip|setuptools|wheel|poetry[\w-]*)$/.test(name))
      ),
  )
  if (!install?.isApart || another || copied.length > 0 || !understood || install.requirements.length === 0)
    return undefined
  const mentions = allInstructions(stage).some(({text}) => /pypoetry|\bpoetry\s+(?:env|export|shell)\b/.test(text))
  return mentions ? undefined : install
}
