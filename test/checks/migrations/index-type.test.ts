import check from '../../../checks/migrations/index-type.ts'
import {testCheck} from '../../harness.ts'
import {file, followed, migration} from './project.ts'
import {prisma} from './sql-project.ts'

const table =
  'op.create_table("docs", sa.Column("id", sa.Integer, primary_key=True), sa.Column("body", sa.Text()), sa.Column("data", sa.JSON()), sa.Column("more", postgresql.JSONB()), sa.Column("tags", postgresql.ARRAY(sa.Text())), sa.Column("emb", Vector(3072)))'
/** What a second migration does. */
const then = (lines: string) => followed(table, lines)
const sql = (text: string) => `op.execute("${text}")`
const next = 'alembic/versions/bbbb.py'
const refused = (column: string, method: string, type: string) =>
  `the ${method} index is of ${column}, whose type is ${type}: Postgres refuses it (data type ${type} has no default operator class for access method "${method}")`

testCheck(check, {
  clean: {
    'indexes that Postgres has': then(
      'op.create_index("a", "docs", ["body"])\nop.create_index("b", "docs", ["more"], postgresql_using="gin")\nop.create_index("c", "docs", ["tags"], postgresql_using="gin")\nop.create_index("d", "docs", ["more"])',
    ),
    'a class that is named': then(
      `op.create_index("a", "docs", ["body"], postgresql_using="gin", postgresql_ops={"body": "gin_trgm_ops"})\n${sql('CREATE INDEX b ON docs USING gin (body gin_trgm_ops)')}`,
    ),
    'an extension that has the class': then(
      `${sql('CREATE EXTENSION IF NOT EXISTS btree_gin')}\nop.create_index("a", "docs", ["body"], postgresql_using="gin")`,
    ),
    'an index of an expression': then(
      `${sql("CREATE INDEX a ON docs USING gin (to_tsvector('english', body)); CREATE INDEX b ON docs ((data->>'a')); CREATE INDEX c ON docs USING hnsw ((emb::halfvec(3072)) halfvec_cosine_ops)")}`,
    ),
    'a type that has changed': then(
      'op.alter_column("docs", "data", type_=postgresql.JSONB())\nop.create_index("a", "docs", ["data"], postgresql_using="gin")',
    ),
    'a vector that is short enough': migration(
      `op.create_table("docs", sa.Column("emb", Vector(1536)))\n${sql('CREATE INDEX a ON docs USING hnsw (emb vector_cosine_ops)')}`,
    ),
  },
  flagged: {
    'gin of text, and of json': {
      ...then(
        `op.create_index("a", "docs", ["body"], postgresql_using="gin")\n${sql('CREATE INDEX b ON docs USING gin (data)')}\nop.create_index("c", "docs", ["data"])`,
      ),
      expect: [
        `error ${next}:7:5 ${refused('docs.body', 'gin', 'text')}`,
        `error ${next}:8:5 ${refused('docs.data', 'gin', 'json')}`,
        `error ${next}:9:5 ${refused('docs.data', 'btree', 'json')}`,
      ],
    },
    'a column of json with an index': {
      ...migration('op.create_table("docs", sa.Column("data", sa.JSON(), index=True))'),
      expect: [`error ${file}:8:29 ${refused('docs.data', 'btree', 'json')}`],
    },
    'a vector that is too long': {
      ...then(sql('CREATE INDEX IF NOT EXISTS a ON docs USING hnsw (emb vector_cosine_ops)')),
      expect: [
        `warning ${next}:7:5 the hnsw index is of docs.emb, a vector of 3072 numbers: pgvector refuses it (column cannot have more than 2000 dimensions for hnsw index)`,
      ],
    },
    'in files of SQL': {
      ...prisma({
        '1_a': 'CREATE TABLE a (id uuid, body text);',
        '2_b': 'CREATE INDEX b ON a USING gist (id);',
      }),
      expect: [`error prisma/migrations/2_b/migration.sql:1:1 ${refused('a.id', 'gist', 'uuid')}`],
    },
  },
})
