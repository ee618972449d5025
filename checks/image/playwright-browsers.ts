import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/playwright-browsers',
  title: "the image has the browsers of the project's Playwright",
  why: 'Each version of Playwright starts builds of the browsers that no other one has: with those of another version none is found, and so it is where they stay in another stage.',
  // A browser can be started from another place, or only at a request.
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['foreignBrowsers'],
  uses: ['buildsElse', 'lostBrowsers'],
  *run({foreignBrowsers, buildsElse, lostBrowsers = []}) {
    if (buildsElse) return
    for (const {at, folder, final, launch} of lostBrowsers) {
      yield {
        message: `playwright install lays the browsers into ${folder} of this stage, and the last stage takes none of them: no browser is found when one is launched ("Executable doesn't exist")`,
        at,
        related: [final, launch],
        hint: 'Run playwright install --with-deps chromium in the last stage, or begin it with the image of Playwright.',
      }
    }
    for (const {image, browsers, at, name, version, isLeast, file} of foreignBrowsers) {
      yield {
        message: `${image} has the browsers of Playwright ${browsers}, and the project has ${name} ${version}${isLeast ? ' or later' : ''}: no browser is found when one is launched ("Executable doesn't exist")`,
        at,
        related: [file],
        hint: `Take the image of that version: FROM ${image.replace(browsers, isLeast ? 'VERSION' : version)}; or pin ${name} to ${browsers}, and change both together from then on.`,
      }
    }
  },
})
