import check from '../../../checks/node/prisma-models.ts'
import {testCheck} from '../../harness.ts'

const project = (schema: string, run = 'RUN npx prisma generate\n', more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22\nWORKDIR /app\nCOPY . .\n${run}CMD ["node", "server.js"]\n`,
    'server.js': '',
    'prisma/schema.prisma': schema,
    ...more,
  },
})
const user = 'model User {\n  id Int @id\n}\n'
const order = (...fields: string[]) => `model Order {\n  id Int @id\n  userId Int\n  ${fields.join('\n  ')}\n}\n`
const relation = 'user User @relation(fields: [userId], references: [id])'
const both = 'model User {\n  id Int @id\n  orders Order[]\n}\n'

testCheck(check, {
  clean: {
    'a field on both sides': project(both + order(relation)),
    'named relations, each way of writing': project(
      `model User {\n  id Int @id\n  made Order[] @relation("made")\n  got Order[] @relation(name: "got")\n}\n${order(
        'otherId Int',
        'maker User @relation("made", fields: [userId], references: [id], map: "fk")',
        'taker User @relation(fields: [otherId], references: [id], name: "got")',
      )}`,
    ),
    'a relation to itself': project(
      'model Node {\n  id Int @id\n  parentId Int?\n  parent Node? @relation("tree", fields: [parentId], references: [id])\n  children Node[] @relation("tree")\n}\n',
    ),
    'over several lines': project(
      `${both}model Order {\n  id Int @id\n  userId Int\n  user User @relation(\n    fields: [userId],\n    references: [id]\n  )\n  @@unique([\n    id,\n    userId(sort: Desc)\n  ])\n}\n`,
    ),
    'enums, composite types, views and what Prisma does not support': project(
      `enum Role {\n  ADMIN\n  OTHER @map("other")\n}\ntype Place {\n  city String\n}\nview Sum {\n  id Int @unique\n  user User?\n}\nmodel User {\n  id Int @id\n  role Role @default(ADMIN)\n  roles Role[] @default([ADMIN])\n  place Place\n  point Unsupported("point")?\n  at DateTime @default(now())\n  @@index([place.city])\n}\n`,
    ),
    'models of other files of the folder': project(order(relation), undefined, {'prisma/models/user.prisma': both}),
    'files elsewhere, which may be put together': project(order(relation), undefined, {'db/user.prisma': user}),
    'names that stand twice are told by another check': project(user + user + order(relation)),
    'in comments and texts': project(`${user}// user User\n/// order Order\n${order('note String @default("User")')}`),
  },
  flagged: {
    'no field back': {
      ...project(user + order(relation)),
      expect: [
        'error prisma/schema.prisma:7:3 User has no field that leads back to Order.user: Prisma does not read the schema (P1012)',
      ],
    },
    'no field back under this name': {
      ...project(both + order(relation.replace('(', '("made", '))),
      expect: [
        'error prisma/schema.prisma:3:3 Order has no field that leads back to User.orders (and 1 more like that): Prisma does not read the schema (P1012)',
      ],
    },
    'a list without the other side': {
      ...project(both + order('note String')),
      expect: [
        'error prisma/schema.prisma:3:3 Order has no field that leads back to User.orders: Prisma does not read the schema (P1012)',
      ],
    },
    'a type that is not there': {
      ...project(order('status Status')),
      expect: [
        'error prisma/schema.prisma:4:3 Order.status is of the type Status, which the schema does not have: Prisma does not read the schema (P1012)',
      ],
    },
    'a field that the relation names': {
      ...project(both + order('user User @relation(fields: [ownerId], references: [id])')),
      expect: [
        'error prisma/schema.prisma:8:3 Order.user names the field ownerId, which Order does not have: Prisma does not read the schema (P1012)',
      ],
    },
    'a field that an index names': {
      ...project(order('@@index([userId, status])')),
      expect: [
        'error prisma/schema.prisma:4:3 Order names the field status, which Order does not have: Prisma does not read the schema (P1012)',
      ],
    },
    'a value that the enum has not': {
      ...project(`enum Role {\n  ADMIN\n}\n${order('role Role @default(USER)')}`),
      expect: [
        'error prisma/schema.prisma:7:3 Order.role begins as USER, which the enum Role does not have: Prisma does not read the schema (P1012)',
      ],
    },
    'two relations without names': {
      ...project(both + order('otherId Int', relation, 'other User @relation(fields: [otherId], references: [id])')),
      expect: [
        'error prisma/schema.prisma:10:3 Order.other and user both lead to User, without names that tell the relations apart: Prisma does not read the schema (P1012)',
      ],
    },
    'no build is seen to read it': {
      ...project(user + order(relation), ''),
      expect: [
        'warning prisma/schema.prisma:7:3 User has no field that leads back to Order.user: Prisma does not read the schema (P1012)',
      ],
    },
  },
})
