import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/linked-modules',
  title: 'copied packages have what their links lead to',
  why: 'In a workspace of pnpm the packages of a member are links into one store at its top: copied without it, they lead nowhere.',
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['linkedModules'],
  uses: ['lostMembers'],
  *run({linkedModules, lostMembers = []}) {
    for (const {at, install, source, root, from, place, manager} of linkedModules) {
      const member = source.replace(/\/node_modules\/?$/, '')
      yield {
        message: `the packages in ${source} are links into ${root}/node_modules/.${manager}, and lead to ${place} here, which nothing brings: they are not found`,
        at,
        related: [install],
        hint: `Keep the folders as they are: COPY --from=${from} ${root}/node_modules ${root}/node_modules, and ${member} to ${member}.${
          manager === 'pnpm' ? ' Or copy a folder without such links, which pnpm deploy makes.' : ''
        }`,
      }
    }
    for (const {at, by, command, name, imported, source, from, place, member} of lostMembers) {
      yield {
        message: `${by} imports ${name}, and what ${source} has of it is a link, which leads to ${place} here: nothing brings that folder, and node stops there`,
        at,
        related: [imported, command],
        hint: `Bring the member, too, as it is built: COPY --from=${from} ${member} ${place}. Or bundle the app with it (esbuild, tsup with noExternal).`,
      }
    }
  },
})
