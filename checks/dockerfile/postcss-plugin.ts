import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/postcss-plugin',
  title: 'PostCSS gets the plugin of Tailwind CSS by its own name',
  why: 'From version 4 on tailwindcss is no plugin of PostCSS any more: the build ends at the first style.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['movedPlugins'],
  uses: ['buildsElse'],
  *run({movedPlugins, buildsElse}) {
    for (const {program, by, version, at, command, sure} of movedPlugins) {
      yield {
        message: `${by ? `${program}, which ${by} runs,` : program} stops: tailwindcss ${version} is no plugin of PostCSS, that is @tailwindcss/postcss now`,
        at,
        related: [command],
        hint: `Install @tailwindcss/postcss and write "@tailwindcss/postcss" in its place (and @import "tailwindcss" in the styles), or stay with tailwindcss 3.`,
        ...((!sure || buildsElse) && {severity: 'warning'}),
      }
    }
  },
})
