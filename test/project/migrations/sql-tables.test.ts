/** What migrations in SQL do to the tables. */
import {describe, expect, it} from 'vitest'
import {TextFile} from '../../../src/project/files/text.ts'
import {tableFaults} from '../../../src/project/migrations/tables/replay-tables.ts'
import {sqlTableSteps} from '../../../src/project/migrations/tables/sql-steps.ts'

/** `file:line:column kind table[.column]` of each fault. */
function told(...texts: string[]): string[] {
  const parts = texts.map((text, index) => {
    const file = new TextFile(`${index + 1}`, '', text)
    return {file, from: 0, to: text.length}
  })
  return tableFaults(sqlTableSteps(parts) ?? []).map(
    ({kind, table, column, at}) =>
      `${at.file}:${at.line}:${at.column} ${kind} ${table}${column === undefined ? '' : `.${column}`}`,
  )
}

const users =
  'CREATE TABLE users (id uuid PRIMARY KEY, "fullName" text, email text NOT NULL UNIQUE, CHECK (email <> \'\'));'

describe('clean', () => {
  it.each([
    [
      'one after the other',
      [users, 'ALTER TABLE users ADD COLUMN age int;', 'CREATE INDEX ON users (age DESC, lower(email));'],
    ],
    ['letters of both sizes', ['CREATE TABLE Users (ID int);', 'CREATE UNIQUE INDEX a ON public."users" (id);']],
    [
      'a column that may be there',
      [users, 'ALTER TABLE users ADD COLUMN IF NOT EXISTS email text, DROP COLUMN IF EXISTS phone;'],
    ],
    [
      'a new name',
      [
        users,
        'ALTER TABLE users RENAME COLUMN email TO mail; ALTER TABLE users RENAME TO people;',
        'UPDATE people SET mail = NULL WHERE id IS NULL;',
      ],
    ],
    ['a table that may be there', [users, 'CREATE TABLE IF NOT EXISTS users (id int, phone text REFERENCES phones);']],
    [
      'a key and what stands behind it',
      [
        users,
        'CREATE TABLE notes (id int, author uuid REFERENCES users (id) ON DELETE CASCADE, parent int REFERENCES notes);',
        'ALTER TABLE notes ADD CONSTRAINT k FOREIGN KEY (author) REFERENCES public.users (id), ENABLE ROW LEVEL SECURITY;',
      ],
    ],
    [
      'a block that may do it',
      [
        users,
        'DO $$ BEGIN IF true THEN ALTER TABLE users ADD COLUMN age int; END IF; END $$;',
        'CREATE INDEX ON users (age);',
      ],
    ],
    [
      'a block that makes a table',
      [users, 'DO $$ BEGIN CREATE TABLE notes (id int); END $$;', 'ALTER TABLE notes ADD a int;'],
    ],
    [
      'a block that puts its text together',
      [
        users,
        "DO $$ BEGIN EXECUTE format('CREATE TABLE %I (id int)', 'a' || 'b'); END $$;",
        'ALTER TABLE ab ADD a int; CREATE INDEX ON users (age);',
      ],
    ],
    [
      'a function that is called',
      [
        users,
        'CREATE FUNCTION grow() RETURNS void AS $$ BEGIN ALTER TABLE users ADD age int; END $$ LANGUAGE plpgsql;\nSELECT grow();',
        'CREATE INDEX ON users (age);',
      ],
    ],
    [
      'the body of a function, which runs another time',
      [users, 'CREATE FUNCTION f() RETURNS int AS $$ SELECT age FROM people $$ LANGUAGE sql;'],
    ],
    [
      'another schema',
      [users, 'CREATE TABLE notes (id uuid REFERENCES auth.users (id)); ALTER TABLE auth.users ADD a int;'],
    ],
    [
      'a view with names of its own',
      [
        users,
        'CREATE VIEW v AS WITH a AS (SELECT u.id, count(*) AS n FROM users u GROUP BY u.id), b (x) AS (SELECT 1) SELECT a.n, b.x, s.y, EXTRACT(day FROM now()), g.d FROM a JOIN b ON b.x = a.n CROSS JOIN LATERAL (SELECT 1 AS y) s, generate_series(1, 2) g WHERE a.n IS DISTINCT FROM b.x;',
        'CREATE OR REPLACE VIEW v AS SELECT 1; CREATE VIEW w AS SELECT v.n FROM v;',
      ],
    ],
    [
      'what a function makes of each row',
      [
        users,
        'UPDATE users AS u SET email = e.value FROM users AS n, LATERAL jsonb_array_elements_text(n.email) AS e(value) WHERE n.id = u.id;',
      ],
    ],
    [
      'one name for two tables',
      [
        users,
        'CREATE TABLE notes (id int, body text);',
        'CREATE VIEW v AS SELECT (SELECT x.body FROM notes x LIMIT 1), (SELECT x.email FROM users x LIMIT 1);',
      ],
    ],
    [
      'rows that are laid in',
      [
        users,
        "INSERT INTO users (id, \"fullName\", email) VALUES (gen_random_uuid(), 'a; b (c', 'd') ON CONFLICT (email) DO UPDATE SET email = EXCLUDED.email;",
      ],
    ],
    [
      'tables of the system',
      [users, 'CREATE VIEW v AS SELECT c.relname FROM pg_class c JOIN information_schema.columns i ON true;'],
    ],
    [
      'a copy, and a child',
      [
        users,
        'CREATE TABLE more (LIKE users); CREATE TABLE kids () INHERITS (users);',
        'CREATE INDEX ON more (email); CREATE INDEX ON kids (email);',
      ],
    ],
    ['a table of the session', [users, 'CREATE TEMP TABLE t (id int) ON COMMIT DROP;\nINSERT INTO t (id) SELECT 1;']],
    [
      'a history that began on a database with tables',
      ['ALTER TABLE users ADD a int;', 'ALTER TABLE users ADD a int;'],
    ],
    ['a way to other tables', [users, 'SET search_path = other;\nALTER TABLE people ADD a int;']],
    ['a table that is dropped and made', [users, 'DROP TABLE IF EXISTS users CASCADE;', users]],
    [
      'comments',
      [
        users,
        "-- ALTER TABLE people ADD a int;\n/* CREATE INDEX ON users (age); */ COMMENT ON TABLE users IS 'ALTER TABLE people';",
      ],
    ],
  ])('%s', (_, texts) => expect(told(...texts)).toEqual([]))
})

describe('told', () => {
  it.each([
    ['a table that none makes', [users, 'ALTER TABLE people\n  ADD a int;'], ['2:1:1 missing people']],
    [
      'a table that is made later',
      ['CREATE TABLE a (id int, b int REFERENCES b);', 'CREATE TABLE b (id int);'],
      ['1:1:31 later b'],
    ],
    [
      'a key to none',
      [users, 'CREATE TABLE notes (id int,\n author uuid REFERENCES user(id));'],
      ['2:2:14 missing user'],
    ],
    ['a column again', [users, 'ALTER TABLE users ADD COLUMN email text;'], ['2:1:30 added users.email']],
    ['a table again', [users, 'CREATE TABLE "users" (id int);'], ['2:1:1 made users']],
    ['an index of none', [users, 'CREATE INDEX a ON users USING btree (id, phone);'], ['2:1:42 no column users.phone']],
    ['letters in quotes', [users, 'CREATE INDEX a ON users (fullName);'], ['2:1:26 no column users.fullname']],
    [
      'rows with another column',
      [users, "INSERT INTO users (id, name) VALUES (1, 'a');"],
      ['2:1:24 no column users.name'],
    ],
    [
      'a value for another column',
      [users, 'UPDATE users SET email = NULL, phone = NULL;'],
      ['2:1:32 no column users.phone'],
    ],
    [
      'a view of none',
      [users, 'CREATE MATERIALIZED VIEW v AS\nSELECT count(*) FROM users u LEFT JOIN people p ON p.id = u.id;'],
      ['2:2:40 missing people'],
    ],
    [
      'a column of a view',
      [users, 'CREATE VIEW v AS\nSELECT u.id, u.phone FROM users AS u;'],
      ['2:2:14 no column users.phone'],
    ],
    [
      'by the name of the table',
      [users, 'CREATE VIEW v AS SELECT users.phone FROM users'],
      ['2:1:25 no column users.phone'],
    ],
    ['a policy', [users, 'CREATE POLICY "only own" ON people FOR SELECT USING (true);'], ['2:1:1 missing people']],
    [
      'a trigger',
      [users, 'CREATE TRIGGER t BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION f();'],
      ['2:1:1 missing people'],
    ],
    [
      'a column that is gone',
      [users, 'ALTER TABLE users DROP COLUMN email;', 'ALTER TABLE users ALTER COLUMN email DROP NOT NULL;'],
      ['3:1:32 no column users.email'],
    ],
    [
      'of the schema that is filled',
      ['CREATE TABLE shop.orders (id int);', 'CREATE INDEX ON shop.orders (note); ALTER TABLE shop.items ADD a int;'],
      ['2:1:30 no column shop.orders.note'],
    ],
    [
      'the first of a file',
      [users, 'ALTER TABLE people ADD a int; ALTER TABLE folk ADD a int;'],
      ['2:1:1 missing people'],
    ],
  ])('%s', (_, texts, expected) => expect(told(...texts)).toEqual(expected))
})
