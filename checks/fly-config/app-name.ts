import {defineCheck, type Finding, quote} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/app-name',
  title: 'an app is named that Fly.io can have',
  why: 'Without the name of an app flyctl does not know what to deploy, and stops at once.',
  severity: 'error',
  failsAt: 'gate',
  since: '0.1.0',
  needs: [],
  examines: ['appName'],
  *run({appName}) {
    if (appName.state !== 'ok') {
      if (appName.problem) yield appName.problem
      return
    }
    const {name, at, passed, assumed} = appName.value
    const wrong = at && problemOf(name)
    // With -a in its command the project's own deploy works.
    if (wrong) {
      yield {
        ...wrong,
        at,
        ...((passed || assumed) && {severity: 'warning' as const}),
        ...(passed && {related: [passed]}),
      }
    }
  },
})

/** Nobody's name, but what stands for one: `shop-CHANGEME`, `YOUR_APP_NAME`, `<app>`. */
const placeholder = /[<>{}[\]$%]|(?:change|replace)[_-]?(?:me|this|it)|your[_-]|placeholder|fixme|todo|x{3}/i

/** What Fly.io's API says to a new app: "Name may only contain numbers, lowercase letters and dashes". */
function problemOf(name: string): Omit<Finding, 'at'> | undefined {
  const lower = name.toLowerCase()
  const instead = lower.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')
  const isPlaceholder = placeholder.test(name) || instead === ''
  const fillIn = 'Write the name of the app, or pass it: flyctl deploy -a NAME. flyctl apps list shows those there are.'
  if (/[^a-z0-9-]/.test(lower)) {
    return {
      message: `the app is called ${quote(name)}, but no app of Fly.io can be: names are lower-case letters, digits and dashes`,
      hint: isPlaceholder ? fillIn : `Is ${quote(instead)} meant? flyctl apps list shows your apps.`,
    }
  }
  // Whether such a name finds an app nevertheless is not documented.
  if (name !== lower) {
    return {
      message: `the app is called ${quote(name)}, but names of apps have no upper-case letters`,
      hint: isPlaceholder ? fillIn : `Write ${quote(lower)}.`,
      severity: 'warning',
    }
  }
  if (name.length > 63 || /^-|-$/.test(name)) {
    return {
      message: `the app is called ${quote(name)}, which can be no part of a host name such as ${name.slice(0, 20)}….fly.dev`,
      hint: 'Names have at most 63 characters, and no dash at either end: flyctl apps list shows yours.',
      severity: 'warning',
    }
  }
  return undefined
}
