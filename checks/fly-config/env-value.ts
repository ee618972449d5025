import {defineCheck, escapePattern} from '../../src/check.ts'

/** A value that is nothing but a reference to another: $X, ${X}, ${{ secrets.X }}, {{ X }}, secret:X. */
const reference = /^(?:\$[A-Z_][A-Z0-9_]*|\$\{\w+\}|\$?\{\{.*\}\}|secrets?:[A-Z_][A-Z0-9_]*|<%=.*%>)$/

/** What a shell alone makes of a variable, anywhere in a text: ${X#postgres://}, ${X%/}, ${X/a/b}, ${X,,}. */
const shellsOwn = /\$\{[A-Z_][A-Z0-9_]*(?:[#%/]|\^\^?\}|,,?\})/

/** Names of settings of these frameworks, whose sources may be elsewhere: an image may be all that is deployed. */
const ofFramework = /^(?:spring|management|server|quarkus|micronaut|logging)[._]\w|\w\.\w/i

/** Hosts of Fly.io itself. */
const flysOwn = /^(?:api|www|ui|docs|community|status|registry|flaps|dash|sql|logs|app|cdn|debug|sprites)$/

export default defineCheck({
  id: 'fly-config/env-value',
  title: 'the values of [env] and [build.args] are meant as they are',
  why: 'flyctl hands each text on as it is: the app gets the reference, not what it refers to.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['flyConfig'],
  uses: ['files', 'deployCommands', 'processes'],
  *run({flyConfig, files, deployCommands, processes}) {
    // Spring Boot, Quarkus and Micronaut fill in ${X} also within what a variable of the environment says.
    const isOfJava = (files?.named('pom.xml', 'build.gradle', 'build.gradle.kts').length ?? 0) > 0
    const fillsIn = (name: string) => isOfJava || ofFramework.test(name)
    const {app, build, env} = flyConfig.config
    const host =
      app && !flysOwn.test(app) ? new RegExp(`(?:^|//|@)${escapePattern(app)}\\.fly\\.io(?![\\w.-])`, 'i') : undefined
    for (const [path, values] of [
      [['env'], env],
      [['build', 'args'], build?.args],
    ] as const) {
      for (const [name, value] of Object.entries(values ?? {})) {
        if (!host?.test(value)) continue
        yield {
          message: `${name} has the host ${app}.fly.io, and apps are at fly.dev: under that name nobody answers`,
          at: flyConfig.valueAt(...path, name),
          hint: `Write ${app}.fly.dev`,
        }
      }
    }
    for (const [name, value] of Object.entries(build?.args ?? {})) {
      // Where the command of the deploy names it, that value counts.
      if (!reference.test(value.trim()) || deployCommands?.rewritten || deployCommands?.passing(name)) continue
      yield {
        message: `the build argument ${name} refers to another value, but flyctl fills nothing in: the build gets the text as it stands`,
        at: flyConfig.valueAt('build', 'args', name),
        hint: `Delete the line, and let the command name it: flyctl deploy --build-arg ${name}=…`,
        failsAt: 'silent',
      }
    }
    for (const [name, value] of Object.entries(env ?? {})) {
      // That Fly.io sets these is told by env-name.
      if (name.startsWith('FLY_')) continue
      const at = flyConfig.valueAt('env', name)
      if (reference.test(value.trim())) {
        // The project's own deploy fills the file in first.
        if (deployCommands?.rewritten || (fillsIn(name) && /^\$\{\w+\}$/.test(value.trim()))) continue
        yield {
          message: `${name} refers to another value, but flyctl fills nothing in: the app gets the text as it stands`,
          at,
          hint: `Delete the line and set a secret, which takes its place: flyctl secrets set ${name}=…`,
        }
      } else if (shellsOwn.test(value)) {
        // A script of the start may give it to a shell.
        const fills = processes?.read.scripts.some(({file}) => /\beval\b/.test(file.text) && file.text.includes(name))
        if (deployCommands?.rewritten || fills) continue
        yield {
          message: `${name} has what only a shell fills in, and flyctl starts none: the app gets the text as it stands`,
          at,
          hint: `Delete the line, and set it in the script that starts the app: export ${name}="…"`,
        }
      } else if (/^map\[.*\]$/s.test(value)) {
        // fmt.Sprintf of Go (internal/appconfig/patches.go, patchEnv).
        yield {
          message: `${name} is a table, which flyctl writes into one text: the app gets map[…]`,
          at,
          hint: `Write its value: ${flyConfig.setting(name, '…')}, or delete the table and set a secret: flyctl secrets set ${name}=…`,
        }
      } else if (/^"[^"]*"$|^'[^']*'$/.test(value)) {
        yield {
          message: `the value of ${name} has quotes around it, which are then part of what the app gets`,
          at,
          hint: 'Write one pair of quotes.',
          severity: 'info',
          failsAt: 'silent',
        }
      }
    }
  },
})
