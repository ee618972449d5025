import {defineCheck, type Facts, groupBy, inSeries} from '../../src/check.ts'

type ExportFault = Facts['exportFaults'][number]

export default defineCheck({
  id: 'node/next-exports',
  title: 'files of Next.js export what their names ask for',
  why: 'next build stops at a page without a component, and at a proxy.ts without its function.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['exportFaults'],
  uses: ['buildsElse'],
  *run({exportFaults, buildsElse}) {
    // What is no field of Next.js is mostly exported beside others of its kind: one cause, one cure.
    const groups = groupBy(exportFaults, (fault) => (fault.kind === 'field' ? fault.file : fault))
    for (const [fault, ...others] of groups.values()) {
      if (!fault) continue
      const {kind, by, at, command, isCertain} = fault
      yield {
        message: `${by} ${isCertain ? 'stops' : 'may stop'}: ${describe(fault, others)}`,
        at,
        related: [command, ...others.map((each) => each.at)],
        hint: cures[kind],
        ...((buildsElse || !isCertain) && {severity: 'warning' as const}),
      }
    }
  },
})

function describe({kind, file, what}: ExportFault, others: readonly ExportFault[]): string {
  switch (kind) {
    case 'component':
      return `${file} exports no component as its default, and Next.js asks each ${what} for one`
    case 'metadata':
      return `${file} exports no function as its default, and Next.js makes ${what} of what that hands out`
    case 'pages':
      return `${file} exports no component as its default, and Next.js makes a page of each file in pages`
    case 'middleware':
      return `${file} exports no function of the name ${what}, and none as its default`
    case 'field':
      return `${inSeries([what, ...others.map((each) => each.what)])} ${others.length > 0 ? 'are' : 'is'} exported, and what a page, a layout or a route exports is for Next.js alone`
    case 'handler':
      return `${file} exports no method of HTTP such as GET, and a route must`
  }
}

const cures: Readonly<Record<ExportFault['kind'], string>> = {
  component: 'Write export default before the component.',
  metadata: 'Write export default before the function.',
  pages:
    'Move what is no page into another folder, such as lib or components; or write export default before the component.',
  middleware: 'Call the function as the file is called, or export it as the default.',
  field:
    'Move it into a file of its own and import it from there, or leave export out; a route exports GET, POST and so on.',
  handler: 'Call the function by the method, in capitals: export async function GET(request) {…}',
}
