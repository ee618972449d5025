import {defineCheck, type Facts} from '../../src/check.ts'

type Fault = Facts['pageFaults'][number]

export default defineCheck({
  id: 'python/page-templates',
  title: 'templates and static files are called as pages name them',
  why: 'A page whose template is not found is an error, and macOS and Windows find one by a name in other letters, which Linux does not.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['pageFaults', 'buildContext'],
  *run({pageFaults, buildContext}) {
    for (const fault of pageFaults) {
      const {at, file, rule} = fault
      yield {
        message: describe(fault, buildContext.ignoreFile?.path),
        at,
        related: [...(rule ? [rule] : []), ...(file ? [{file}] : [])],
        hint: cure(fault),
      }
    }
  },
})

function describe({of, kind, name, verb, file, rule, isDjango}: Fault, ignoreFile = ''): string {
  const error = isDjango ? 'TemplateDoesNotExist' : 'TemplateNotFound'
  if (kind === 'case') {
    const what = `${verb} names ${name}, and the project has ${file}: Linux tells capital letters from small ones`
    return of === 'template'
      ? `${what}, so that the page is an error (${error})`
      : `${what}, so that the browser, or the manifest of static files, does not find it`
  }
  if (kind === 'left-out' && of === 'static file')
    return `${verb} names ${name}, and ${ignoreFile} leaves ${file} out of the image: the page comes without it, or, with a manifest of static files, not at all`
  if (kind === 'left-out')
    return `${verb} names ${name}, and ${rule ? `${ignoreFile} leaves ${file} out of the image` : `nothing brings ${file} into the image`}: the page is an error (${error})`
  if (of === 'static file')
    return `${verb} names ${name}, and no folder of static files has it: the manifest lacks it, and the page is an error (Missing staticfiles manifest entry)`
  return `${verb} names ${name}, and no folder of templates has it: the page is an error (${error})`
}

function cure({kind, name, file, rule}: Fault): string {
  if (kind === 'case') return `Write the name as the file is called, or rename it: git mv ${file} …`
  if (kind === 'left-out')
    return rule ? `Take it back at the end of that file: !${file}` : `Copy it in the last stage: COPY … for ${file}`
  return `Correct the name, or add and commit ${name}.`
}
