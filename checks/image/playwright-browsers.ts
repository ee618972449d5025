import {defineCheck, type Facts, type Finding} from '../../src/check.ts'

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
    for (const lost of lostBrowsers) {
      yield {...describe(lost), at: lost.at, related: [lost.final, lost.launch]}
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

function describe({why, folder, user}: Facts['lostBrowsers'][number]): Pick<Finding, 'message' | 'hint'> {
  switch (why) {
    case 'stage':
      return {
        message: `playwright install lays the browsers into ${folder} of this stage, and the last stage takes none of them: no browser is found when one is launched ("Executable doesn't exist")`,
        hint: 'Run playwright install --with-deps chromium in the last stage, or begin it with the image of Playwright.',
      }
    case 'user':
      return {
        message: `playwright install lays the browsers into ${folder}, the home of root, and the machine runs as ${user}, for whom Playwright looks in another one: no browser is found when one is launched ("Executable doesn't exist")`,
        hint: 'Name a folder that both have, before the install: ENV PLAYWRIGHT_BROWSERS_PATH=/ms-playwright; or run playwright install behind USER, and playwright install-deps before it.',
      }
    case 'libraries':
      return {
        message: `playwright install fetches a browser without the libraries that it needs, which a slim image has not: no browser starts when one is launched ("Host system is missing dependencies to run browsers")`,
        hint: 'Write playwright install --with-deps chromium.',
      }
  }
}
