import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'node/prisma-names',
  title: 'each name in the schema of Prisma stands once',
  why: 'Prisma reads no schema in which a value, a field or a model stands twice: prisma generate ends with P1012, and the build with it.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['repeatedNames'],
  uses: ['buildsElse'],
  *run({repeatedNames, buildsElse}) {
    const [one, ...others] = repeatedNames
    if (!one) return
    const {name, inside, at, first, reader} = one
    const more =
      others.length > 0 ? ` (${others.length} more ${others.length > 1 ? 'names stand' : 'name stands'} twice)` : ''
    yield {
      message: `${name} stands twice${inside ? ` in ${inside}` : ''}${more}: Prisma does not read the schema (P1012)`,
      at,
      related: [first, ...(reader ? [reader.at] : [])],
      hint: 'Take one of the two away; npx prisma validate tells whether the schema is good.',
      // Where no step of the build is seen to read it, nothing may.
      ...((!reader || buildsElse) && {severity: 'warning' as const}),
    }
  },
})
