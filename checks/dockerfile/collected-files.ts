import {defineCheck, type Facts, type Finding} from '../../src/check.ts'

type Fault = Facts['collectFaults'][number]

export default defineCheck({
  id: 'dockerfile/collected-files',
  title: 'collectstatic can collect the static files of Django',
  why: 'The build runs collectstatic, which on a laptop hardly anybody does: what stops it is first met in the deploy.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['collectFaults'],
  uses: ['buildsElse'],
  *run({collectFaults, buildsElse}) {
    for (const fault of collectFaults) yield {...describe(fault), ...(buildsElse && {severity: 'warning' as const})}
  },
})

function describe(fault: Fault): Finding {
  const {command, settings} = fault
  const {file} = settings
  const there = {at: command.written, related: [file.whole]}
  switch (fault.kind) {
    case 'root':
      return {
        ...there,
        message: `collectstatic stops: ${file.path} sets no STATIC_ROOT, the folder that it fills`,
        hint: `Add it to ${file.path}: STATIC_ROOT = BASE_DIR / "staticfiles"`,
      }
    case 'storage':
      return {
        ...there,
        message: `collectstatic stops: STORAGES of ${file.path} has no staticfiles, and takes the place of Django's own, which has it (InvalidStorageError)`,
        hint: 'Add to STORAGES: "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}',
      }
    case 'asks':
      return {
        ...there,
        message: `collectstatic asks whether it may write over what is in ${fault.folder}, and nobody answers in a build: it stops (EOFError)`,
        hint: `Write collectstatic --noinput; and leave what it makes out of git and of the build, in .gitignore and .dockerignore.`,
      }
    case 'reference':
      return {
        message: `collectstatic stops: this names ${fault.reference.written}, no folder of static files has ${fault.reference.target}, and ${fault.storage.split('.').at(-1)} looks up everything that a file names (ValueError: The file could not be found)`,
        at: fault.reference.at,
        related: [command.written],
        hint: `Add ${fault.reference.target} to the static files, correct the name, or take the line out.`,
      }
  }
}
