import check from '../../../checks/migrations/index-expression.ts'
import {testCheck} from '../../harness.ts'
import {file, migration} from './project.ts'
import {drizzle, goMod, numbered, prisma} from './sql-project.ts'

const sql = (text: string) => migration(`op.execute("""${text}""")`)
const at = `error ${file}:8:5`

testCheck(check, {
  clean: {
    'columns, and functions that are IMMUTABLE': sql(
      "CREATE INDEX i ON orders USING gin (to_tsvector('english', coalesce(a, '') || ' ' || lower(b)))",
    ),
    'a configuration with its schema': sql(
      "CREATE INDEX i ON orders USING gin (to_tsvector('pg_catalog.english'::regconfig, a))",
    ),
    'a table and an index that are called so': sql('CREATE INDEX concat ON now (format, "random")'),
    'a function of the project': sql('CREATE INDEX i ON orders (immutable_concat(a, b), shop.concat(a, b))'),
    'the word in quotes': sql("CREATE INDEX i ON orders (a) WHERE b <> 'now()'"),
    'a default may change': sql(
      'CREATE TABLE orders (at timestamptz DEFAULT now(), id uuid DEFAULT gen_random_uuid())',
    ),
    'a constraint that is checked once': sql('ALTER TABLE orders ADD CHECK (at < now())'),
    'a generated column of a sum': sql(
      'CREATE TABLE orders (a int, b int GENERATED ALWAYS AS (a + 1) STORED, c timestamptz DEFAULT now())',
    ),
    'a column that is called so': sql('CREATE INDEX i ON orders ("current_date")'),
    'names of columns': migration('op.create_index("now()", "orders", ["format", "random"])'),
  },
  flagged: {
    'a list that becomes text': {
      ...sql("CREATE INDEX i ON orders USING gin (to_tsvector('english', array_to_string(tags, ' ')))"),
      expect: [`${at} the index on orders has array_to_string(), which is not IMMUTABLE: Postgres refuses it`],
    },
    'the time in a condition': {
      ...sql('CREATE UNIQUE INDEX CONCURRENTLY ON "shop"."orders" (a) WHERE expires > CURRENT_TIMESTAMP'),
      expect: [`${at} the index on orders has CURRENT_TIMESTAMP, which is not IMMUTABLE: Postgres refuses it`],
    },
    'a search by the configuration of the session': {
      ...sql('CREATE INDEX i ON orders USING gin (to_tsvector(coalesce(a, b)))'),
      expect: [
        `${at} the index on orders has to_tsvector() without its configuration, which is not IMMUTABLE: Postgres refuses it`,
      ],
    },
    'a generated column': {
      ...sql("ALTER TABLE orders ADD COLUMN name text GENERATED ALWAYS AS (concat(a, ' ', b)) STORED"),
      expect: [`${at} the generated column has concat(), which is not IMMUTABLE: Postgres refuses it`],
    },
    'one that may be there already: a warning': {
      ...sql('CREATE INDEX IF NOT EXISTS i ON orders (concat(a, b))'),
      expect: [`warning ${file}:8:5 the index on orders has concat(), which is not IMMUTABLE: Postgres refuses it`],
    },
    'by a function of alembic': {
      ...migration('op.create_index("i", "orders", [sa.text("concat(a, b)")])'),
      expect: [`${at} the index on orders has concat(), which is not IMMUTABLE: Postgres refuses it`],
    },
    'the same, which may be there already: a warning': {
      ...migration('op.create_index("i", "orders", [sa.text("concat(a, b)")], if_not_exists=True)'),
      expect: [`warning ${file}:8:5 the index on orders has concat(), which is not IMMUTABLE: Postgres refuses it`],
    },
    'the condition of one': {
      ...migration('op.create_index("i", "orders", ["a"], postgresql_where=sa.text("at > now()"))'),
      expect: [`${at} the index on orders has now(), which is not IMMUTABLE: Postgres refuses it`],
    },
    ...Object.fromEntries(
      [
        "sh -c 'npx prisma migrate resolve --applied 1_a; npx prisma migrate deploy'",
        "sh -c 'npx prisma migrate deploy || true'",
      ].map((release) => [
        `where the migration may not run, or may fail: ${release}: a warning`,
        {
          ...prisma({'1_a': 'CREATE INDEX i ON orders (concat(a, b));'}, {release}),
          expect: [
            'warning prisma/migrations/1_a/migration.sql:1:1 the index on orders has concat(), which is not IMMUTABLE: Postgres refuses it',
          ],
        },
      ]),
    ),
    ...Object.fromEntries(
      [
        'goose -dir db/migrations postgres $DATABASE_URL up-to 1',
        'goose -dir db/migrations postgres $DATABASE_URL up',
      ].map((release) => [
        `goose: ${release}`,
        {
          ...numbered(
            {'2_a.sql': '-- +goose Up\nCREATE INDEX i ON orders (concat(a, b));\n'},
            goMod('github.com/jackc/pgx/v5'),
            release,
          ),
          expect: [
            `${release.endsWith('up') ? 'error' : 'warning'} db/migrations/2_a.sql:2:1 the index on orders has concat(), which is not IMMUTABLE: Postgres refuses it`,
          ],
        },
      ]),
    ),
    'a file of SQL': {
      ...drizzle({'0000_a': 'SELECT 1;\nCREATE INDEX "i" ON "orders" USING btree (to_char("at", \'YYYY\'));'}),
      expect: [
        'error drizzle/0000_a.sql:2:1 the index on orders has to_char(), which is not IMMUTABLE: Postgres refuses it',
      ],
    },
  },
})
