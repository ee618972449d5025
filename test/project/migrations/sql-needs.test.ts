/** Keys, defaults, and what something else needs, in migrations of SQL. */
import {describe, expect, it} from 'vitest'
import {TextFile} from '../../../src/project/files/text.ts'
import {tableFaults} from '../../../src/project/migrations/tables/replay-tables.ts'
import {sqlTableSteps} from '../../../src/project/migrations/tables/sql-steps.ts'

/** `file:line:column kind table[.column] [what]` of each fault. */
function told(...texts: string[]): string[] {
  const parts = texts.map((text, index) => {
    const file = new TextFile(`${index + 1}`, '', text)
    return {file, from: 0, to: text.length}
  })
  return tableFaults(sqlTableSteps(parts) ?? []).map(({kind, table, column, at, what, kinds}) =>
    [`${at.file}:${at.line}:${at.column} ${kind} ${table}${column === undefined ? '' : `.${column}`}`, what, kinds]
      .flat()
      .filter((each) => each !== undefined)
      .join(' | '),
  )
}

const users = 'CREATE TABLE users (id uuid PRIMARY KEY, org int, email text NOT NULL UNIQUE, age int);'
const status = "CREATE TYPE status AS ENUM ('open', 'done');"
const orders = `${status} CREATE TABLE orders (id int PRIMARY KEY, state status NOT NULL DEFAULT 'open', total text DEFAULT '0');`

describe('clean', () => {
  it.each([
    [
      'a column that a block may have taken away, and other keys',
      [
        users,
        'DO $$ BEGIN IF f() THEN ALTER TABLE users DROP COLUMN age; END IF; END $$; ALTER TABLE users ADD COLUMN age text, DROP COLUMN phone;',
      ],
    ],
    [
      'a block that takes a table away',
      [
        users,
        'DO $$ BEGIN DROP TABLE users; END $$; CREATE TABLE users (id int); ALTER TABLE users ADD COLUMN age int;',
      ],
    ],
    ['a key of one column', [users, 'CREATE TABLE a (u uuid REFERENCES users (id), e text REFERENCES users (email));']],
    ['the primary key without its name', [users, 'CREATE TABLE a (u uuid REFERENCES users);']],
    [
      'a key of several, in another order',
      [
        users,
        'ALTER TABLE users ADD CONSTRAINT k UNIQUE (org, id); CREATE TABLE a (o int, u uuid, FOREIGN KEY (u, o) REFERENCES users (id, org));',
      ],
    ],
    [
      'an index that is unique',
      [users, 'CREATE UNIQUE INDEX k ON users (age); CREATE TABLE a (x int REFERENCES users (age));'],
    ],
    [
      'an index that becomes a constraint',
      [
        users,
        'ALTER TABLE users ADD CONSTRAINT k UNIQUE USING INDEX k; CREATE TABLE a (x int REFERENCES users (age));',
      ],
    ],
    [
      'a column with its key',
      [users, 'ALTER TABLE users ADD COLUMN nick text UNIQUE; CREATE TABLE a (n text REFERENCES users (nick));'],
    ],
    [
      'a key under its new name',
      [users, 'ALTER TABLE users RENAME COLUMN id TO key; CREATE TABLE a (u uuid REFERENCES users (key));'],
    ],
    [
      'numbers of another size',
      [users.replace('uuid', 'bigserial'), 'CREATE TABLE a (u integer REFERENCES users (id));'],
    ],
    [
      'texts of another length',
      [users.replace('uuid', 'text'), 'CREATE TABLE a (u varchar(36) REFERENCES users (id));'],
    ],
    ['a type that is not known', [users, 'CREATE TABLE a (u my_id REFERENCES users (id));']],
    [
      'a table that is not known whole',
      ['CREATE TABLE users (LIKE people);', 'CREATE TABLE a (u int REFERENCES users (id));'],
    ],
    [
      'a block that may make the key',
      [
        users,
        'DO $$ BEGIN IF true THEN ALTER TABLE users ADD UNIQUE (age); END IF; END $$; CREATE TABLE a (x int REFERENCES users (age));',
      ],
    ],
    ['to itself', ['CREATE TABLE a (id int PRIMARY KEY, parent int REFERENCES a (id));']],
    [
      'a default that goes before',
      [
        orders,
        "CREATE TYPE s2 AS ENUM ('open'); ALTER TABLE orders ALTER COLUMN state DROP DEFAULT; ALTER TABLE orders ALTER COLUMN state TYPE s2 USING state::text::s2;",
      ],
    ],
    [
      'a default that goes in the same statement, behind',
      [
        orders,
        "CREATE TYPE s2 AS ENUM ('open'); ALTER TABLE orders ALTER COLUMN state TYPE s2 USING state::text::s2, ALTER COLUMN state DROP DEFAULT, ALTER COLUMN state SET DEFAULT 'open';",
      ],
    ],
    [
      'a default of the new type, as drizzle sets it',
      [
        orders,
        "ALTER TABLE orders ALTER COLUMN state SET DATA TYPE text; DROP TYPE status; CREATE TYPE status AS ENUM ('open'); ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'open'::status; ALTER TABLE orders ALTER COLUMN state TYPE status USING state::status;",
      ],
    ],
    ['a default that becomes text', [orders, 'ALTER TABLE orders ALTER COLUMN state TYPE text USING state::text;']],
    [
      'a default that is worked out',
      [
        users,
        'ALTER TABLE users ADD COLUMN at text DEFAULT current_user; ALTER TABLE users ALTER COLUMN at TYPE int USING 1;',
      ],
    ],
    ['no default', [users, 'ALTER TABLE users ALTER COLUMN org TYPE text USING org::text;']],
    [
      'a number of another size',
      ['CREATE TABLE a (n int DEFAULT 0);', 'ALTER TABLE a ALTER COLUMN n TYPE numeric(8,2);'],
    ],
    ['a domain', [orders, 'ALTER TABLE orders ALTER COLUMN total TYPE money_amount USING total::money_amount;']],
    [
      'a view that goes before',
      [
        users,
        'CREATE VIEW v AS SELECT age FROM users;',
        'DROP VIEW v; ALTER TABLE users ALTER COLUMN age TYPE bigint;',
      ],
    ],
    [
      'a view of another column',
      [users, 'CREATE VIEW v AS SELECT id FROM users;', 'ALTER TABLE users ALTER COLUMN age TYPE bigint;'],
    ],
    [
      'a view that may name another table',
      [
        users,
        'CREATE TABLE b (age int); CREATE VIEW v AS SELECT age FROM users, b;',
        'ALTER TABLE users DROP COLUMN age;',
      ],
    ],
    [
      'a column beside, in brackets',
      [
        users,
        'CREATE TABLE b (id uuid PRIMARY KEY, age int); CREATE POLICY p ON b USING (id IN (SELECT id FROM users WHERE age > 1));',
        'ALTER TABLE b ALTER COLUMN age TYPE bigint;',
      ],
    ],
    [
      'a column of what stands around',
      [
        users,
        'CREATE TABLE b (id uuid PRIMARY KEY, owner uuid); CREATE POLICY p ON b USING (EXISTS (SELECT 1 FROM users u WHERE u.id = b.owner));',
        'ALTER TABLE users DROP COLUMN age;',
      ],
    ],
    [
      'a name in a text or a cast',
      [users, "CREATE POLICY p ON users USING (email::age = 'age');", 'ALTER TABLE users DROP COLUMN age;'],
    ],
    [
      'a policy that goes',
      [
        users,
        'CREATE POLICY p ON users USING (age > 1);',
        'DROP POLICY p ON users; ALTER TABLE users DROP COLUMN age;',
      ],
    ],
    ['a policy that goes with its table', [users, 'CREATE POLICY p ON users USING (age > 1);', 'DROP TABLE users;']],
    ['CASCADE', [users, 'CREATE TABLE a (u uuid REFERENCES users (id));', 'DROP TABLE users CASCADE;']],
    [
      'CASCADE of a function',
      [
        users,
        'CREATE POLICY p ON users USING (own(age));',
        'DROP FUNCTION own CASCADE; ALTER TABLE users DROP COLUMN age;',
      ],
    ],
    [
      'the tables in their order',
      [users, 'CREATE TABLE a (u uuid REFERENCES users (id));', 'DROP TABLE a; DROP TABLE users;'],
    ],
    ['both at once', [users, 'CREATE TABLE a (u uuid REFERENCES users (id));', 'DROP TABLE IF EXISTS users, a;']],
    [
      'the key before',
      [
        users,
        'CREATE TABLE a (u uuid, CONSTRAINT k FOREIGN KEY (u) REFERENCES users (id));',
        'ALTER TABLE a DROP CONSTRAINT k; DROP TABLE users;',
      ],
    ],
    [
      'the column before',
      [
        users,
        'CREATE TABLE a (u uuid REFERENCES users (id), n int);',
        'ALTER TABLE a DROP COLUMN u; DROP TABLE users;',
      ],
    ],
    ['a type that no column has any more', [orders, 'ALTER TABLE orders DROP COLUMN state; DROP TYPE status;']],
    [
      'a type under its new name',
      [
        orders,
        "ALTER TYPE status RENAME TO old; CREATE TYPE status AS ENUM ('open'); ALTER TABLE orders ALTER state DROP DEFAULT, ALTER state TYPE status USING state::text::status; DROP TYPE old;",
      ],
    ],
    [
      'a type of drizzle, made in a block',
      [
        'DO $$ BEGIN\n CREATE TYPE "public"."role" AS ENUM(\'a\');\nEXCEPTION\n WHEN duplicate_object THEN null;\nEND $$;',
        'CREATE TABLE t (r "role" DEFAULT \'a\' NOT NULL);',
        'ALTER TABLE t DROP COLUMN r; DROP TYPE "role";',
      ],
    ],
  ])('%s', (_, texts) => expect(told(...texts)).toEqual([]))
})

describe('flagged', () => {
  it.each([
    [
      'a default that a block does not name',
      [
        orders,
        "DO $$ BEGIN IF f() THEN ALTER TABLE orders ALTER total DROP DEFAULT; END IF; END $$; CREATE TYPE s2 AS ENUM ('open');",
        'ALTER TABLE orders ALTER total TYPE int USING total::int; ALTER TABLE orders ALTER state TYPE s2 USING state::text::s2;',
      ],
      ["3:1:84 default orders.state | 'open' | enum | enum"],
    ],
    [
      'a policy that CASCADE of a function leaves, deep in brackets',
      [
        users,
        "CREATE POLICY p ON users USING (id IN (SELECT id FROM users WHERE org::text = coalesce(current_setting('a', true), '')));",
        'DROP FUNCTION own CASCADE; ALTER TABLE users ALTER COLUMN org TYPE bigint;',
      ],
      ['3:1:59 held users.org | the policy p'],
    ],
    [
      'a key that comes behind',
      [
        users,
        'CREATE TABLE a (o int, u uuid);\nALTER TABLE a ADD CONSTRAINT f FOREIGN KEY (o, u) REFERENCES users (org, id);\nALTER TABLE users ADD UNIQUE (org, id);',
      ],
      ['2:2:51 no key users.org, id'],
    ],
    [
      'an index of some rows',
      [users, 'CREATE UNIQUE INDEX k ON users (age) WHERE age > 1; CREATE TABLE a (x int REFERENCES users (age));'],
      ['2:1:75 no key users.age'],
    ],
    ['a column that is no key', [users, 'CREATE TABLE a (x int REFERENCES users (org));'], ['2:1:23 no key users.org']],
    [
      'a column that is not there',
      [users, 'CREATE TABLE a (x int REFERENCES users (nick));'],
      ['2:1:23 no column users.nick'],
    ],
    [
      'another kind',
      [users, 'CREATE TABLE a (u integer REFERENCES users (id));'],
      ['2:1:27 other kind users.id | number | uuid'],
    ],
    [
      'another kind than the primary key',
      [users, 'CREATE TABLE a (u varchar(36) REFERENCES users);'],
      ['2:1:31 other kind users.id | text | uuid'],
    ],
    [
      'added with its key',
      [users, 'CREATE TABLE a (n int); ALTER TABLE a ADD COLUMN u bigint REFERENCES users (id) ON DELETE CASCADE;'],
      ['2:1:59 other kind users.id | number | uuid'],
    ],
    [
      'in a block of drizzle',
      [
        users,
        'CREATE TABLE a (u text);',
        'DO $$ BEGIN\n ALTER TABLE "a" ADD CONSTRAINT "k" FOREIGN KEY ("u") REFERENCES "public"."users"("id") ON DELETE no action;\nEXCEPTION\n WHEN duplicate_object THEN null;\nEND $$;\n',
      ],
      ['3:2:55 other kind users.id | text | uuid'],
    ],
    [
      'the default of an enum',
      [
        orders,
        "CREATE TYPE s2 AS ENUM ('open');\nALTER TABLE orders ALTER COLUMN state TYPE s2 USING state::text::s2;\nALTER TABLE orders ALTER COLUMN state SET DEFAULT 'open';",
      ],
      ["2:2:33 default orders.state | 'open' | enum | enum"],
    ],
    [
      'the same enum made anew',
      [
        orders,
        "ALTER TYPE status RENAME TO old; CREATE TYPE status AS ENUM ('open');\nALTER TABLE orders ALTER COLUMN state TYPE status USING state::text::status;",
      ],
      ["2:2:33 default orders.state | 'open' | enum | enum"],
    ],
    [
      'a text that becomes a number',
      [orders, 'ALTER TABLE orders ALTER total TYPE integer USING total::integer;'],
      ["2:1:26 default orders.total | '0' | text | number"],
    ],
    [
      'a truth that becomes a number',
      ['CREATE TABLE a (b boolean NOT NULL DEFAULT false);', 'ALTER TABLE a ALTER COLUMN b TYPE int USING b::int;'],
      ['2:1:28 default a.b | false | boolean | number'],
    ],
    [
      'a default that is set later',
      [
        users,
        "ALTER TABLE users ALTER COLUMN email SET DEFAULT 'a'; ALTER TABLE users ALTER COLUMN email TYPE jsonb USING to_jsonb(email);",
      ],
      ["2:1:86 default users.email | 'a' | text | json"],
    ],
    [
      'a view',
      [users, 'CREATE VIEW v AS SELECT u.age FROM users u;', 'ALTER TABLE users ALTER COLUMN age TYPE bigint;'],
      ['3:1:32 held users.age | the view v'],
    ],
    [
      'all columns',
      [users, 'CREATE VIEW v AS SELECT * FROM users;', 'ALTER TABLE users DROP COLUMN age;'],
      ['3:1:31 held users.age | the view v'],
    ],
    [
      'a policy',
      [
        users,
        'CREATE POLICY "own" ON users FOR SELECT TO people USING (age > 1);',
        'ALTER TABLE users DROP COLUMN age;',
      ],
      ['3:1:31 held users.age | the policy own'],
    ],
    [
      'a policy of another table',
      [
        users,
        'CREATE TABLE b (id uuid PRIMARY KEY); CREATE POLICY p ON b USING (id IN (SELECT id FROM users WHERE org::text = f(1)));',
        'ALTER TABLE users ALTER COLUMN org TYPE bigint USING org::bigint;',
      ],
      ['3:1:32 held users.org | the policy p'],
    ],
    [
      'a key of another table',
      [users, 'CREATE TABLE a (u uuid REFERENCES users (id));', 'DROP TABLE users;'],
      ['3:1:1 held users | a foreign key of a'],
    ],
    [
      'a view of a table',
      [users, 'CREATE VIEW v AS SELECT id FROM users;', 'DROP TABLE IF EXISTS users;'],
      ['3:1:1 held users | the view v'],
    ],
    ['a type', [orders, 'DROP TYPE status;'], ['2:1:1 held status | the column state of orders']],
  ])('%s', (_, texts, expected) => expect(told(...texts)).toEqual(expected))
})
