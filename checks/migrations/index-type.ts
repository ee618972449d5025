import {defineCheck, type Facts} from '../../src/check.ts'

type IndexFault = Facts['stateFaults']['indexes'][number]

export default defineCheck({
  id: 'migrations/index-type',
  title: 'indexes are of a kind that their columns can have',
  why: 'Postgres has no way to compare, or to take apart, each type in each kind of index: the migration ends there.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['stateFaults'],
  *run({stateFaults: {indexes}}) {
    for (const fault of indexes) {
      yield {
        message: describe(fault),
        at: fault.at,
        hint: cure(fault),
        ...(!fault.isSure && {severity: 'warning' as const}),
      }
    }
  },
})

function describe({table, column, method, type, dimensions}: IndexFault): string {
  const of = `the ${method} index is of ${table}.${column}`
  return dimensions === undefined
    ? `${of}, whose type is ${type}: Postgres refuses it (data type ${type} has no default operator class for access method "${method}")`
    : `${of}, a ${type} of ${dimensions} numbers: pgvector refuses it (column cannot have more than ${type === 'vector' ? 2000 : 4000} dimensions for ${method} index)`
}

function cure({column, method, type, dimensions}: IndexFault): string {
  if (dimensions !== undefined)
    return dimensions <= 4000
      ? `Index it as halfvec: USING ${method} ((${column}::halfvec(${dimensions})) halfvec_cosine_ops); or store shorter vectors.`
      : 'Store shorter vectors, or leave the index out.'
  if (type === 'json')
    return 'Make the column JSONB (postgresql.JSONB), which has such an index, or leave the index out.'
  return type === 'text' && method === 'gin'
    ? `For LIKE, CREATE EXTENSION pg_trgm and write ${column} gin_trgm_ops (postgresql_ops={"${column}": "gin_trgm_ops"}); for words, index to_tsvector('english', ${column}).`
    : `Leave USING ${method} out, or CREATE EXTENSION btree_${method} before.`
}
