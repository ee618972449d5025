import check from '../../../checks/migrations/ecto-files.ts'
import {testCheck} from '../../harness.ts'

/** Migrations by the names of their files, each with the module that it defines. */
const shop = (modules: Record<string, string>, toml = '[deploy]\nrelease_command = "/app/bin/migrate"\n') => ({
  files: {
    'fly.toml': `app = "shop"\n${toml}`,
    ...Object.fromEntries(
      Object.entries(modules).map(([name, module]) => [
        name.includes('/') ? name : `priv/repo/migrations/${name}`,
        `defmodule ${module} do\n  use Ecto.Migration\nend\n`,
      ]),
    ),
  },
})

/** A migration with a foreign key. */
const keyed = (reference: string) => ({
  files: {
    ...shop({}).files,
    'priv/repo/migrations/1_a.exs': `defmodule Shop.A do\n  use Ecto.Migration\n  def change do\n    alter table(:items) do\n      add :order_id, ${reference}\n    end\n  end\nend\n`,
  },
})

testCheck(check, {
  clean: {
    'what a foreign key may do': keyed('references(:orders, on_delete: :delete_all, on_update: :update_all)'),
    'a comment on a foreign key': keyed('references(:orders) # references(:orders, on_delete: :cascade)'),
    'scripts that mix run starts': {
      files: {
        ...shop({'2_a.exs': 'Shop.A'}).files,
        'priv/repo/migrations/001_make_postgres.exs': 'Base.query("CREATE TABLE a (id int)")\n',
        'priv/repo/migrations/001_make.exs': 'Base.query("CREATE TABLE a (id int)")\n',
      },
    },
    'two of their own': shop({'1_a.exs': 'Shop.A', '2_b.exs': 'Shop.B'}),
    'one version in the lists of two databases': shop({
      'priv/repo/migrations/1_a.exs': 'Shop.A',
      'priv/events/migrations/1_b.exs': 'Shop.B',
    }),
    'a module beside them': shop({'1_a.exs': 'Shop.A', 'lib/shop/1_b.ex': 'Shop.B'}),
    'a file without a number': shop({'1_a.exs': 'Shop.A', 'helpers.exs': 'Shop.Helpers', '.formatter.exs': 'Shop.A'}),
  },
  flagged: {
    'what a foreign key may not do': {
      ...keyed('references(:orders, on_delete: :cascade)'),
      expect: [
        'warning priv/repo/migrations/1_a.exs:5:42 Ecto knows no on_delete: :cascade, and stops at this migration: "unknown :on_delete value"',
      ],
    },
    'one version': {
      ...shop({'20250201_a.exs': 'Shop.A', '20250201_b.exs': 'Shop.B'}),
      expect: [
        'warning priv/repo/migrations/20250201_b.exs another migration has the version 20250201: a database that has run neither stops Ecto with "migration version 20250201 is duplicated"',
      ],
    },
    'one version, in a folder below': {
      ...shop({'priv/repo/migrations/1_a.exs': 'Shop.A', 'priv/repo/migrations/2025/1_b.exs': 'Shop.B'}),
      expect: [
        'warning priv/repo/migrations/2025/1_b.exs another migration has the version 1: a database that has run neither stops Ecto with "migration version 1 is duplicated"',
      ],
    },
    'one name': {
      ...shop({'1_a.exs': 'Shop.A', '2_a.exs': 'Shop.A2'}),
      expect: [
        'warning priv/repo/migrations/2_a.exs another migration is called a: a database that has run neither stops Ecto with "migration name a is duplicated"',
      ],
    },
    'one module': {
      ...shop({'1_a.exs': 'Shop.A', '2_b.exs': 'Shop.A'}, ''),
      expect: [
        'warning priv/repo/migrations/2_b.exs another migration defines Shop.A, too: in a database that has run neither Ecto runs one of them twice, and the other never',
      ],
    },
    'the ending of a module': {
      ...shop({'1_a.exs': 'Shop.A', '2_b.ex': 'Shop.B'}),
      expect: [
        'warning priv/repo/migrations/2_b.ex 2_b.ex ends with .ex: Ecto takes it for no migration, and does not run it',
      ],
    },
  },
})
