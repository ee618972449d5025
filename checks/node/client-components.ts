import {defineCheck, type Facts} from '../../src/check.ts'

type LayerFault = Facts['layerFaults'][number]

export default defineCheck({
  id: 'node/client-components',
  title: 'modules of server and browser keep apart',
  why: 'next build stops at a module of the server that imports what the browser alone has, and the other way round.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['layerFaults'],
  uses: ['buildsElse'],
  *run({layerFaults, buildsElse}) {
    for (const fault of layerFaults) {
      const {at, entry, by, command, isCertain} = fault
      yield {
        message: `${by} ${isCertain ? 'stops' : 'may stop'}: ${describe(fault)}`,
        at,
        related: [...(entry === at.file ? [] : [{file: entry}]), command],
        hint: cures[fault.kind],
        ...((buildsElse || !isCertain) && {severity: 'warning' as const}),
      }
    }
  },
})

function describe({kind, what, at, entry}: LayerFault): string {
  const by = entry === at.file ? '' : `, by ${entry}`
  switch (kind) {
    case 'hook':
    case 'browser module':
      return `${what} is for the browser, and this is a Server Component${by}`
    case 'server module':
      return `${what} is for the server, and this is a Client Component${by}`
    case 'error file':
      return 'what shows an error must be a Client Component, and this is none'
    case 'ssr':
      return 'ssr: false of next/dynamic is for Client Components, and this is a Server Component'
    case 'pages':
      return `${what} is of the pages folder, and not supported in app`
    case 'both':
      return 'metadata and generateMetadata are exported, and one of them alone may be'
    case 'metadata':
      return `${what} is for the server, and "use client" makes this a Client Component`
    case 'directive':
      return '"use client" stands behind other code, where it says nothing'
    case 'node module':
      return `${what} is for Node.js, and this is for the browser${by}`
    case 'event':
      return `${what} has a function, and this is a Server Component${by}`
    case 'sync':
      return `${what} is not async, and "use server" makes it a function that the browser calls`
    case 'export':
      return `${what} is exported, and a file with "use server" may export async functions alone`
    case 'inline':
      return `${what} has "use server" in it, and this is a Client Component${by}`
  }
}

const cures: Readonly<Record<LayerFault['kind'], string>> = {
  hook: 'Write "use client" at the top of the file that uses it, or move that part into a file of its own.',
  'browser module':
    'Write "use client" at the top of the file that uses it; in app, useRouter is imported from next/navigation.',
  'server module':
    'Let a Server Component ask for it and hand the result on, or move what Client Components need into another file.',
  'error file': 'Write "use client" at the top of the file.',
  ssr: 'Move the call into a file with "use client".',
  pages: 'Fetch in the component itself, which may be async.',
  both: 'Keep one of them.',
  metadata: 'Take "use client" away, and move what needs it into a file of its own.',
  directive: 'Move it to the first line.',
  'node module':
    'Let a Server Component or a function with "use server" do it, and keep what Client Components import in another file.',
  event: 'Write "use client" at the top of the file, or move the element into a file of its own that begins with it.',
  sync: 'Write async in front of it; what the browser does not call belongs in a file without "use server".',
  export: 'Move it into a file without "use server", and import it from there.',
  inline: 'Move the function into a file of its own that begins with "use server", and import it.',
}
