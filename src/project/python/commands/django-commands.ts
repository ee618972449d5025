import {posix} from 'node:path'
import {codeOf} from '../../code/code.ts'
import type {Files} from '../../files/files.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import type {Project} from '../../image/programs/missing-tasks.ts'
import {type DjangoSettings, djangoSettings} from '../django/settings-files.ts'

/** Those of Django itself and of django.contrib (docs.djangoproject.com/en/stable/ref/django-admin). */
const ofDjango: ReadonlySet<string> = new Set(
  (
    'help version check compilemessages createcachetable dbshell diffsettings dumpdata flush inspectdb loaddata ' +
    'makemessages makemigrations migrate optimizemigration runserver sendtestemail shell showmigrations sqlflush ' +
    'sqlmigrate sqlsequencereset squashmigrations startapp startproject test testserver changepassword createsuperuser ' +
    'remove_stale_contenttypes ogrinspect clearsessions ping_google collectstatic findstatic'
  ).split(' '),
)

/** Apps of well-known packages that bring no command, or these alone, in any version (management/commands of each). */
const ofPackages: readonly (readonly [app: RegExp, commands: string])[] = [
  [/^django\.contrib\.\w+/, ''],
  [
    /^(?:corsheaders|crispy_forms|crispy_bootstrap\d|crispy_tailwind|django_filters|django_htmx|widget_tweaks|anymail|whitenoise|rest_framework_simplejwt|django_celery_beat|django_celery_results|cloudinary|mptt|colorfield|django_countries|django_ckeditor_5|djoser|dj_rest_auth|jazzmin|unfold|django_browser_reload|nested_admin|csp|django_prometheus|bootstrap4|bootstrap5|django_bootstrap5|multiselectfield|timezone_field|tinymce|martor|solo|model_utils)(?:$|\.(?!token_))/,
    '',
  ],
  [/^rest_framework(?:$|\.(?!authtoken))/, 'generateschema generate_schema'],
  [/^rest_framework\.authtoken/, 'drf_create_token'],
  [/^rest_framework_simplejwt\.token_blacklist/, 'flushexpiredtokens'],
  [/^rest_framework_simplejwt\.token_family/, 'flushexpiredfamilies'],
  [/^drf_spectacular/, 'spectacular'],
  [/^debug_toolbar/, 'debugsqlshell'],
  [/^(?:channels|daphne)$/, 'runserver runworker runallserver runinterfaceserver runwsserver rundelay'],
  [
    /^allauth(?:\.|$)/,
    'account_unsetmultipleprimaryemails account_deleteexpiredconfirmations account_emailconfirmationmigration',
  ],
  [/^ninja$/, 'export_openapi_schema'],
  [/^graphene_django$/, 'graphql_schema graphql'],
  [/^compressor$/, 'compress compress_jinja mtime_cache'],
  [
    /^axes$/,
    'axes_list_attempts axes_reset axes_reset_ip axes_reset_ip_username axes_reset_logs axes_reset_user ' +
      'axes_reset_username axes_reset_failure_logs axes_cleanup axes_delete_access_logs',
  ],
  [
    /^taggit$/,
    'deduplicate_tags remove_orphaned_tags merge_duplicate_tags mergetags lowercasetags migrate_tagging_to_taggit',
  ],
  [/^tailwind$/, 'tailwind windev'],
  [/^storages$/, 'store_media'],
  [/^phonenumber_field$/, 'autopopulate_phonenumber_field_models populate_countries'],
  [/^polymorphic$/, 'polymorphic_dumpdata polymorphic_dumpdata_11 polymorphic_dumpdata_12'],
]

/** A command that manage.py does not know. */
export interface LostCommand {
  name: string
  /** The settings, which name the apps that commands come from. */
  settings: DjangoSettings
  /** What the project's own apps have. */
  own: string[]
}

/**
 * "Unknown command": Django takes commands from its own and from the apps of INSTALLED_APPS. Given up where one of these is
 * of a package that may bring commands, or the list is not all in the open.
 */
export async function lostDjangoCommand(command: BuildCommand, project: Project): Promise<LostCommand | undefined> {
  const name = djangoCommandOf(command.words)
  if (name === undefined || ofDjango.has(name) || project.tracked.has('.gitmodules')) return undefined
  const own = project.tracked
    .ending('.py')
    .flatMap((path) => /(?:^|\/)management\/commands\/(\w+)(?:\.py|\/__init__\.py)$/.exec(path)?.[1] ?? [])
    .filter((each) => each !== '__init__')
  if (own.includes(name)) return undefined
  const settings = await djangoSettings(command, project)
  if (!settings?.complete || settings.before.includes(name)) return undefined
  // A secret may name other settings.
  const others = await project.reader.texts(
    project.tracked.ending('.py').filter((path) => /settings|config/.test(path)),
  )
  if (others.some((each) => each.text.includes('INSTALLED_APPS') && !settings.files.includes(each))) return undefined
  const root = posix.dirname(settings.file.path).split('/')
  const apps = installedApps(settings.files.map((each) => codeOf(each)?.text ?? '').join('\n'))
  const isKnown = (app: string) => {
    const [, commands] = ofPackages.find(([pattern]) => pattern.test(app)) ?? []
    return commands === undefined ? isOwn(app, root, project.tracked) : !commands.split(' ').includes(name)
  }
  return apps?.every(isKnown) ? {name, settings, own: [...new Set(own)].sort()} : undefined
}

/** `seed` of `python manage.py seed --all`. */
export function djangoCommandOf(words: BuildCommand['words']): string | undefined {
  const at = words.findIndex((word) => /^(?:\S*\/)?manage\.py$/.test(word ?? ''))
  const before = words.slice(0, Math.max(at, 0))
  if (
    at < 0 ||
    !before.every((word) =>
      /^(?:\S*\/)?(?:python[\d.]*|uv|poetry|pipenv|pdm|run|-[uBOEIW]|--no-sync|--frozen)$/.test(word ?? ''),
    )
  )
    return undefined
  const name = words[at + 1]
  return name && /^[a-z]\w*$/.test(name) ? name : undefined
}

/** An app of the project: a folder that it has, beside the settings or above them. */
function isOwn(app: string, root: readonly string[], tracked: Files): boolean {
  const parts = app.replace(/\.apps\.\w+$/, '').split('.')
  return root.some((_, index) => {
    const folder = [...root.slice(0, root.length - 1 - index), ...parts].join('/')
    return tracked.hasFolder(folder) || tracked.has(`${folder}.py`)
  })
}

/** `INSTALLED_APPS = DJANGO_APPS + [\n'orders',\n]` */
const lists =
  /\b\w{0,50}APPS\w{0,20}[ \t]*\+?=\s{0,20}((?:[[(][^\])]{0,999}[\])]|\w{0,50}APPS\w{0,20})(?:\s{0,50}\+\s{0,50}(?:[[(][^\])]{0,999}[\])]|\w{0,50}APPS\w{0,20}))*)/g

/** All that INSTALLED_APPS may hold; undefined where it is not written out. */
function installedApps(plain: string): string[] | undefined {
  if (!/^INSTALLED_APPS\s*=/m.test(plain)) return undefined
  const found: string[] = []
  const parts = new Set<string>()
  for (const [, value = ''] of plain.matchAll(lists)) {
    const rest = value.replace(/(["'])([\w.]+)\1/g, (_, __, name: string) => {
      found.push(name)
      return ''
    })
    for (const [name] of rest.matchAll(/\w+/g)) parts.add(name)
  }
  // What is changed in another way, or comes from elsewhere.
  const isSet = (name: string) => new RegExp(`^[ \\t]*${name}\\s*=`, 'm').test(plain) && /APPS/.test(name)
  return /\b\w*APPS\b/.test(plain.replace(lists, '')) || ![...parts].every(isSet) ? undefined : found
}
