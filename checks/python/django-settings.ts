import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'python/django-settings',
  title: 'Django can work with its settings',
  why: 'Settings that contradict each other, or ask for files that nothing makes, end commands or pages.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['djangoFaults'],
  uses: ['buildsElse'],
  *run({djangoFaults, buildsElse}) {
    for (const {kind, at, app, by} of djangoFaults) {
      if (kind === 'static') {
        yield {
          message:
            'the static files are named by a manifest, and nothing runs collectstatic, which writes it: each page that names one is an error (Missing staticfiles manifest entry)',
          at,
          hint: 'Collect them in the Dockerfile, behind the COPY of the code: RUN python manage.py collectstatic --noinput',
        }
        continue
      }
      if (kind === 'apps') {
        yield {
          message: `INSTALLED_APPS names ${app} twice: ${by ? `${by.name} runs ${by.text}, which stops` : 'Django stops when it is set up'} (Application labels aren't unique)`,
          at,
          related: by ? [by.at] : [],
          hint: 'Take one of the two out.',
          ...(by && !buildsElse && {severity: 'error', failsAt: by.name === 'release_command' ? 'release' : 'boot'}),
        }
        continue
      }
      yield {
        message: by
          ? `APP_DIRS is True and OPTIONS has loaders, of which Django takes one alone: ${by.name} runs ${by.text}, and stops (templates.E001)`
          : 'APP_DIRS is True and OPTIONS has loaders, of which Django takes one alone: the first page with a template is an error',
        at,
        related: by ? [by.at] : [],
        hint: 'Take APP_DIRS out, and name django.template.loaders.app_directories.Loader among the loaders; or leave the loaders out: since Django 4.1 templates are cached without them.',
        ...(by && !buildsElse && {severity: 'error', failsAt: by.name === 'release_command' ? 'release' : 'boot'}),
      }
    }
  },
})
