import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'node/prisma-models',
  title: 'models of Prisma refer to what the schema has',
  why: 'Prisma reads no schema in which a relation has no field back, or a type or a field is named that is not there: prisma generate ends with P1012, and the build with it.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['modelFaults'],
  uses: ['buildsElse'],
  *run({modelFaults, buildsElse}) {
    const [one, ...others] = modelFaults
    if (!one) return
    const {owner, kind, name, inside, there, at, reader} = one
    const called = name ? ` of the relation "${name}"` : ''
    const said = {
      type: [`${owner} is of the type ${name}, which the schema does not have`, `Add the model or the enum ${name}.`],
      opposite: [
        `${inside} has no field${called} that leads back to ${owner}`,
        'npx prisma format adds the field on the other side.',
      ],
      field: [`${owner} names the field ${name}, which ${inside} does not have`, 'Name a field that is there.'],
      default: [`${owner} begins as ${name}, which the enum ${inside} does not have`, 'Name a value that is there.'],
      alike: [
        `${owner} and ${name} both lead to ${inside}, without names that tell the relations apart`,
        'Name each: @relation("…") on both sides.',
      ],
    }[kind]
    const more = others.length > 0 ? ` (and ${others.length} more like that)` : ''
    yield {
      message: `${said[0]}${more}: Prisma does not read the schema (P1012)`,
      at,
      related: [...(there ? [there] : []), ...(reader ? [reader.at] : [])],
      hint: `${said[1]} npx prisma validate tells whether the schema is good.`,
      // Where no step of the build is seen to read it, nothing may.
      ...((!reader || buildsElse) && {severity: 'warning' as const}),
    }
  },
})
