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
    for (const fault of djangoFaults) {
      if (fault.kind === 'static') {
        yield {
          message:
            'the static files are named by a manifest, and nothing runs collectstatic, which writes it: each page that names one is an error (Missing staticfiles manifest entry)',
          at: fault.at,
          hint: 'Collect them in the Dockerfile, behind the COPY of the code: RUN python manage.py collectstatic --noinput',
        }
        continue
      }
      const {problem, error, cure, at, otherwise, by, isSure} = fault
      yield {
        message: `${problem}: ${by ? `${by.name} runs ${by.text}, which stops` : otherwise} (${error})`,
        at,
        related: by ? [by.at] : [],
        hint: cure,
        ...(by && {failsAt: by.name === 'release_command' ? ('release' as const) : ('boot' as const)}),
        ...(by && isSure && !buildsElse && {severity: 'error' as const}),
      }
    }
  },
})
