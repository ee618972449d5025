import check from '../../../checks/migrations/still-needed.ts'
import {testCheck} from '../../harness.ts'
import {ecto, ectoFile} from './project.ts'
import {drizzle, prisma} from './sql-project.ts'

const users = 'CREATE TABLE users (id uuid PRIMARY KEY, age int);\n'
const view = 'CREATE VIEW v AS SELECT age FROM users;\n'
const changed = 'ALTER TABLE users ALTER COLUMN age TYPE bigint;\n'
const policy = `create table(:users) do
  add :age, :integer
end
execute """
CREATE POLICY own ON users
  USING (age > 1)
"""`

testCheck(check, {
  clean: {
    'a view that is made anew': drizzle({'0000_a': users + view, '0001_b': `DROP VIEW v;\n${changed}${view}`}),
    'a policy that goes before': ecto([
      policy,
      'execute "DROP POLICY own ON users"\nexecute "ALTER TABLE users ALTER COLUMN age TYPE bigint"',
    ]),
    'a foreign key that goes with its column': ecto([
      'create table(:users)\n',
      'create table(:orders) do\n  add :user_id, references(:users)\nend',
      'alter table(:orders) do\n  remove :user_id\nend\ndrop table(:users)',
    ]),
    'drop with its mode': ecto([
      'create table(:users)\n',
      'create table(:orders) do\n  add :user_id, references(:users)\nend',
      'drop table(:users), mode: :cascade',
    ]),
  },
  flagged: {
    'a view': {
      ...prisma({'1_a': users + view, '2_b': changed}),
      expect: [
        'warning prisma/migrations/2_b/migration.sql:1:32 ALTER TABLE users changes age, which the view v, made in 1_a/migration.sql, names: Postgres refuses it (other objects depend on column age of table users)',
      ],
    },
    'a policy of Ecto': {
      ...ecto([policy, 'execute "ALTER TABLE users ALTER COLUMN age TYPE bigint"']),
      expect: [
        `warning ${ectoFile(2)}:4:45 ALTER TABLE users changes age, which the policy own, made in 1_m.exs, names: Postgres refuses it (other objects depend on column age of table users)`,
      ],
    },
    'a table of Ecto': {
      ...ecto([
        'create table(:users)\n',
        'create table(:orders) do\n  add :user_id, references(:users)\nend',
        'drop table(:users)',
      ]),
      expect: [
        `warning ${ectoFile(3)}:4:5 drop table(:users) meets a foreign key of orders, made in 2_m.exs: Postgres refuses it (cannot drop users because other objects depend on it)`,
      ],
    },
  },
})
