import check from '../../../checks/migrations/schema-drift.ts'
import {testCheck} from '../../harness.ts'

const init = 'CREATE TABLE "Customer" (\n  "id" INTEGER NOT NULL,\n  "email" TEXT NOT NULL,\n  PRIMARY KEY ("id")\n);\n'
const project = (fields: string, sql = '', more: Record<string, string> = {}, toml = 'npx prisma migrate deploy') => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "${toml}"\n`,
    Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n',
    'prisma/schema.prisma': `model Customer {\n  id Int @id\n  email String\n${fields}`,
    'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
    'prisma/migrations/1_init/migration.sql': init,
    'prisma/migrations/2_more/migration.sql': sql,
    ...more,
  },
})
const order = '}\nmodel Order {\n  id Int @id\n  total Decimal\n  @@map("orders")\n}\n'
const phone =
  'warning prisma/schema.prisma:4:3 no migration makes phone of Customer: each query of it ends with P2022, the column does not exist'

const drizzleTable = 'CREATE TABLE "orders" (\n\t"id" serial PRIMARY KEY NOT NULL,\n\t"shipped_at" timestamp\n);\n'
const drizzle = (
  columns: string,
  {command = 'npx drizzle-kit migrate', sql = drizzleTable, kind = 'pg', ...more}: Record<string, string> = {},
) => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "${command}"\n`,
    Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "server.js"]\n',
    'package.json': JSON.stringify({
      scripts: {'db:push': 'drizzle-kit push'},
      dependencies: {'drizzle-kit': '1', 'drizzle-orm': '1'},
    }),
    'drizzle.config.ts': `export default {dialect: 'postgresql', schema: './src/schema.ts', out: './drizzle'}\n`,
    'drizzle/meta/_journal.json': '{"entries": [{"idx": 0, "when": 1, "tag": "0000_init"}]}',
    'drizzle/0000_init.sql': sql,
    'src/schema.ts': `import {${kind}Table as table, serial, text, timestamp} from 'drizzle-orm/${kind}-core'\n\nexport const orders = table('orders', {\n  id: serial('id').primaryKey(),\n${columns}})\n`,
    ...more,
  },
})

testCheck(check, {
  clean: {
    'Drizzle: all columns are made, by their own names or by what casing makes of their keys': drizzle(
      "  shippedAt: timestamp(),\n  shipped: timestamp('shipped_at').defaultNow(),\n",
    ),
    'Drizzle: push makes the tables': drizzle("  note: text('note'),\n", {command: 'npx drizzle-kit push'}),
    'Drizzle: a script of the workflow pushes': drizzle("  note: text('note'),\n", {
      '.github/workflows/deploy.yml': 'jobs:\n  a:\n    steps:\n      - run: npm run db:push\n',
    }),
    'Drizzle: nothing of the deploy runs the migrations': drizzle("  note: text('note'),\n", {command: 'node seed.js'}),
    'Drizzle: the build makes the migrations': drizzle("  note: text('note'),\n", {
      Dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci && npx drizzle-kit generate\nCMD ["node", "server.js"]\n',
    }),
    'Drizzle: what a helper of the project names, and what is spread': drizzle('  note: label(),\n  ...times,\n'),
    'Drizzle: a table that is not exported': drizzle('', {
      'src/schema.ts':
        "import {pgTable, text} from 'drizzle-orm/pg-core'\nconst other = pgTable('other', {a: text('a')})\nexport const orders = pgTable('orders', {a: text('id')})\n",
    }),
    'Drizzle: tables of somebody else': drizzle("  note: text('note'),\n", {
      'drizzle.config.ts': "export default {schema: './src/schema.ts', tablesFilter: ['shop_*']}\n",
    }),
    'Drizzle: a schema that the configuration does not name': drizzle('', {
      'src/old.ts':
        "import {pgTable, text} from 'drizzle-orm/pg-core'\nexport const old = pgTable('old', {a: text('a')})\n",
    }),
    'each field has its column': project('  phone String?\n}\n', 'ALTER TABLE "Customer" ADD COLUMN "phone" TEXT;\n'),
    'a relation has none': project(
      `  orders Order[]\n}\nmodel Order {\n  id Int @id\n  buyer Customer @relation(fields: [buyerId], references: [id])\n  buyerId Int\n}\n`,
      'CREATE TABLE "Order" ("id" INTEGER, "buyerId" INTEGER);\nALTER TABLE "Order" ADD CONSTRAINT c FOREIGN KEY ("buyerId") REFERENCES "Customer"("id");\n',
    ),
    'names of their own': project(
      `  phone String? @map("phone_number") // e.g. "+49"\n  /// old String\n  // older String\n${order}`,
      'ALTER TABLE "Customer" ADD COLUMN "phone_number" TEXT;\nCREATE TABLE orders (id INT, total DECIMAL);\n',
    ),
    'what Prisma is to ignore': project('  phone String? @ignore\n}\nmodel Old {\n  id Int @id\n  @@ignore\n}\n'),
    'SQLite makes the table anew': project(
      '  phone String?\n}\n',
      'CREATE TABLE "new_Customer" ("id" INTEGER, "email" TEXT, "phone" TEXT);\nDROP TABLE "Customer";\nALTER TABLE "new_Customer" RENAME TO "Customer";\n',
    ),
    'a table that is called otherwise now': project(
      '  phone String?\n}\n',
      'CREATE TABLE "Client" ("id" INTEGER, "email" TEXT, "phone" TEXT);\nALTER TABLE "Client" RENAME TO "Customer";\n',
    ),
    'a statement that is put together': project(
      '  phone String?\n}\n',
      `DO $$ BEGIN EXECUTE format('ALTER TABLE %I ADD COLUMN phone TEXT', t); END $$;\n`,
    ),
    'a statement within a block': project(
      '  phone String?\n}\n',
      'DO $$ BEGIN ALTER TABLE "Customer" ADD COLUMN "phone" TEXT; EXCEPTION WHEN duplicate_column THEN null; END $$;\n',
    ),
    'a table of a platform': project('}\nmodel users {\n  id Int @id\n  @@schema("auth")\n}\n'),
    'most tables are made in another way': project(
      `${order}model Item {\n  id Int @id\n}\nmodel Tag {\n  id Int @id\n}\n`,
    ),
    'db push makes them': project('  phone String?\n}\n', '', {}, 'npx prisma db push'),
    'or does so where the migrations fail': project(
      '  phone String?\n}\n',
      '',
      {'start.sh': 'npx prisma migrate deploy || npx prisma db push\n'},
      'sh start.sh',
    ),
    'SQL of its own makes them': project(
      '  phone String?\n}\n',
      '',
      {'start.sh': 'npx prisma migrate deploy\npsql $DATABASE_URL -f more.sql\n'},
      'sh start.sh',
    ),
    'a schema of another database beside it': project('}\n', '', {
      'prisma/log.prisma': 'datasource db {\n  provider = "mongodb"\n}\nmodel Log {\n  id Int @id\n}\n',
    }),
    'a view of all columns': project(
      '}\nmodel Active {\n  id Int @id\n  email String\n}\n',
      'CREATE VIEW "Active" AS SELECT * FROM "Customer";\n',
    ),
    'a semicolon and dashes in a text': project(
      '  sep String\n  phone String?\n}\n',
      `ALTER TABLE "Customer" ADD COLUMN "sep" TEXT DEFAULT '--', ADD COLUMN "end" TEXT DEFAULT ';', ADD COLUMN "phone" TEXT;\n`,
    ),
    'a model in a comment, and a name in one': project(
      '  // @@map("clients")\n}\n/*\nmodel Old {\n  id Int @id\n}\n*/\n',
    ),
    "Prisma's own table, and that of PostGIS": project(
      '}\nmodel Done {\n  id String @id\n  @@map("_prisma_migrations")\n}\nmodel spatial_ref_sys {\n  srid Int @id\n}\n',
    ),
    'a table that MySQL calls otherwise now': project(
      '  phone String?\n}\n',
      'CREATE TABLE `Client` (`id` INT, `email` TEXT, `phone` TEXT);\nRENAME TABLE `Client` TO `Customer`;\n',
    ),
    'a view of a query in parentheses': project(
      '}\nmodel Active {\n  id Int @id\n  email String\n}\n',
      'CREATE VIEW "Active" AS (SELECT * FROM "Customer");\n',
    ),
    'a file beside the schema that is not read': project('}\n', '', {
      'prisma/later.prisma': 'model Later {\n  id Int @id\n}\n',
    }),
    'code that the script starts adds it': project(
      '  phone String?\n}\n',
      '',
      {
        'start.sh': 'npx prisma migrate deploy\nnode scripts/columns.mjs\n',
        'scripts/columns.mjs': 'await sql(`ALTER TABLE "Customer" ADD COLUMN "phone" TEXT`)\n',
      },
      'sh start.sh',
    ),
    'the migrations are in another folder': project('  phone String?\n}\n', '', {
      'prisma.config.ts': `export default {migrations: {path: 'prisma/pg'}}\n`,
    }),
    'another schema is named': project(
      '  phone String?\n}\n',
      '',
      {},
      'npx prisma migrate deploy --schema db/schema.prisma',
    ),
    'db push before the deploy': project('  phone String?\n}\n', '', {
      Makefile: 'deploy:\n\tnpx prisma db push\n\tfly deploy\n',
    }),
    'an attribute on more lines': project(
      '  phone String? @map(\n    "phone_number"\n  )\n}\n',
      'ALTER TABLE "Customer" ADD COLUMN "phone_number" TEXT;\n',
    ),
    'nothing runs the migrations': project('  phone String?\n}\n', '', {}, 'node seed.js'),
    'a column that a comment speaks of, and a statement makes': project(
      '  kind Kind\n}\nenum Kind {\n  SHOP\n}\n',
      '-- the kind;\nCREATE TYPE "Kind" AS ENUM (\'SHOP\');\nALTER TABLE "Customer" ADD COLUMN "kind" "Kind";\n',
    ),
  },
  flagged: {
    'Drizzle: a column that push made on one computer': {
      ...drizzle("  note: text('note'),\n  paidAt: timestamp(),\n"),
      expect: [
        'warning src/schema.ts:5:3 no migration adds note and paidAt to orders: each query of it ends with "column … does not exist"',
      ],
    },
    'Drizzle: a table, by a program of its own for SQLite': {
      ...drizzle('', {
        command: 'node migrate.js',
        kind: 'sqlite',
        'migrate.js':
          "import {migrate} from 'drizzle-orm/better-sqlite3/migrator'\nmigrate(db, {migrationsFolder: 'drizzle'})\n",
        'src/schema.ts':
          "import {sqliteTable, text} from 'drizzle-orm/sqlite-core'\nexport const orders = sqliteTable('orders', {id: text()})\nexport const users = sqliteTable('users', {id: text()})\n",
      }),
      expect: ['warning src/schema.ts:3:34 no migration makes users: each query of it ends with no such table: users'],
    },
    'the folder is named by an option': {
      ...project('  phone String?\n}\n', '', {}, 'npx prisma migrate deploy --schema=./prisma/schema.prisma'),
      expect: [phone],
    },
    'a field that no migration makes': {...project('  phone String?\n}\n'), expect: [phone]},
    'a field whose word another table has': {
      ...project('  phone String?\n}\n', 'CREATE TABLE "Shop" ("id" INTEGER, "phone" TEXT);\n'),
      expect: [phone],
    },
    'a script of package.json runs the migrations': {
      ...project(
        '  phone String?\n}\n',
        '',
        {
          'package.json': '{"scripts": {"start": "npm run setup && node server.js", "setup": "prisma migrate deploy"}}',
        },
        'npm run start',
      ),
      expect: [phone],
    },
    'a comment makes nothing': {
      ...project('  phone String?\n}\n', '-- ALTER TABLE "Customer" ADD COLUMN "phone" TEXT;\n'),
      expect: [phone],
    },
    'fields, an enum and a list among them': {
      ...project(
        '  kind Kind @default(SHOP)\n  tags String[]\n  born DateTime @map("born_at")\n}\nenum Kind {\n  SHOP\n}\n',
      ),
      expect: [
        'warning prisma/schema.prisma:4:3 no migration makes kind, tags and born_at of Customer: each query of it ends with P2022, the column does not exist',
      ],
    },
    'several of them, which have one cause': {
      ...project(
        `${order}${order.slice(2).replace('Order', 'Invoice').replace('orders', 'invoices')}model Address {\n  id Int @id\n}\n`,
        'CREATE TABLE "Address" ("id" INTEGER NOT NULL);\n',
      ),
      expect: [
        'warning prisma/schema.prisma:5:1 no migration makes orders, the table of Order, and 1 more table: each query of it ends with P2021, the table does not exist',
      ],
    },
    'a model whose table no migration makes': {
      ...project(order),
      expect: [
        'warning prisma/schema.prisma:5:1 no migration makes orders, the table of Order: each query of it ends with P2021, the table does not exist',
      ],
    },
  },
})
